"""Names that are mistyped: found where nothing is found as it is written, and said to be only like it."""

import pytest
from django.db import connection

from armsdb import search
from armsdb.lib.terms import QueryError
from armsdb.lib.vocab import State
from armsdb.models import Country, Equipment, Organisation, Transfer
from armsdb.search import likeness

from .builders import entity, fact


def ids(q: str, **options) -> list[str]:
    return [hit.public_id for hit in search.search(q, **options).hits]


MISTYPED = {
    "mynamar": ("myanmar", "Myanmar", None),
    "Burna": ("myanmar", "Burma", "former"),
    "russsia": ("russia", "Russia", None),
    "rosoboronexprt": ("rosoboronexport", "Rosoboronexport", None),
    "rosobornexprt": ("rosoboronexport", "Rosoboronexport", None),
    "rosoboronksport": ("rosoboronexport", "Rosoboroneksport", "transliteration"),
    "Рособронэкспорт": ("rosoboronexport", "Rosoboroneksport", "transliteration"),
    "rosoboron exprot": ("rosoboronexport", "Rosoboronexport", None),
    "almazantoy": ("almaz-antey", "Almaz-Antey", None),
    "almaz-antoy": ("almaz-antey", "Almaz-Antey", None),
    "antoy": ("almaz-antey", "Almaz-Antey", None),
    "tactical misiles": ("tactical-missiles-corporation", "Tactical Missiles Corporation", None),
    '"tactical misiles"': ("tactical-missiles-corporation", "Tactical Missiles Corporation", None),
    "tactcal misiles corporatoin": ("tactical-missiles-corporation", "Tactical Missiles Corporation", None),
    "kiril budanow": ("kirill-budanov", "Kirill Budanov", None),
    "sukhoy su30": ("su-30", "Sukhoi Su-30", "other"),
}


@pytest.mark.parametrize("q", MISTYPED)
def test_a_mistyped_name_leads_to_its_entity_first(q, world):
    """One error in a word of five letters or more, two in one of nine; the other words as they are."""
    hit = search.search(q).hits[0]
    assert (hit.public_id, hit.matched_name, hit.matched_kind) == MISTYPED[q]
    assert hit.matched == "like"
    assert hit.score <= 0.5


NOTHING = ["tnak", "mgi29", "mig28", "burrrma", "rssa", "rosobrnxprt", "zeppelin", "qwertz", "russsia zeppelin"]


@pytest.mark.parametrize("q", NOTHING)
def test_what_is_no_name_finds_nothing(q, world):
    """Short words and numbers are what they are, more errors are too many, and every word has to be found."""
    assert search.search(q).hits == []
    assert not Transfer.objects.filter(pk__in=search.matching(Transfer, search.understood(Transfer, q)))


def test_what_is_found_as_written_is_all_that_is_found(world):
    search.index([entity(Organisation, "Rossia", kind="company")])
    assert ids("russia")[0] == "russia"
    assert "rossia" not in ids("russia")
    assert ids("rossia") == ["rossia"]
    assert search.search("rossia").likes == {}
    assert ids("ruzsia", types=["country", "organisation"])[0] == "russia"


def test_the_nearest_words_are_meant(world):
    """Two errors are looked for only where one finds nothing."""
    rows = [entity(Organisation, name, kind="company") for name in ("Kalashnikov", "Kalashnivok", "Kalaschnikow")]
    search.index(rows)
    assert set(ids("kalashnikow")) == {"kalashnikov", "kalaschnikow"}
    assert search.search("kalashnikow").likes == {"kalashnikow": ("kalaschnikow", "kalashnikov")}
    assert ids("kalachnikoff") == []


def test_exact_finds_words_only_as_they_are_written(world):
    assert search.search("rosoboronexprt", exact=True) == search.Results(0, {}, [])
    assert ids("rosoboronexport", exact=True)[0] == "rosoboronexport"


def test_facts_answer_by_the_names_that_they_tell(world):
    """A list of facts and the search find them, after the entities; the words that are like are told."""
    understood = search.understood(Transfer, "uralvagonzawod")
    assert understood.likes == (("uralvagonzawod", ("uralvagonzavod",)),)
    rows = Transfer.objects.filter(pk__in=search.matching(Transfer, understood))
    assert [row.key for row in search.by_relevance(rows, understood)] == ["T44"]
    hits = search.search("uralvagonzawod").hits
    assert [hit.public_id for hit in hits] == ["uralvagonzavod", "articles-t44"]
    assert (hits[1].matched, hits[1].matched_name) == ("like", "Uralvagonzavod")


def test_a_list_is_asked_as_written_where_one_of_its_rows_answers_so(world):
    """A word that another kind has is not there for this one, and is not taken for mistyped either."""
    search.index(
        [
            fact(
                Transfer,
                "T91",
                world.dataset,
                supplier=world.russia,
                recipient=world.india,
                equipment=world.su30,
                comment="Rosya.",
            )
        ]
    )
    assert search.understood(Transfer, "rosya").likes == ()
    assert search.understood(Transfer, "budanov").likes == ()
    assert search.understood(Equipment, "almaz").likes == ()
    assert search.understood(Transfer, "rosoboronexprt", exact=True).likes == ()


def test_what_is_excluded_is_taken_as_written(world):
    assert ids("rosoboronexprt -weekend") == ["rosoboronexport"]
    assert "articles-t44" in ids("rosoboronexprt -weekand")


def test_words_of_drafts_are_like_nothing(world):
    hidden = entity(Country, "Hiddenland", state=State.DRAFT)
    search.index([hidden])
    assert ids("hidenland") == []
    world.almaz.state, world.almaz.state_reason = State.WITHDRAWN, "Wrong."
    world.almaz.save()
    search.index([world.almaz])
    assert ids("antoy") == []


def test_whole_names_that_are_like_come_first(world):
    rows = [
        entity(Equipment, "Kestrel Mk II", public_id="longer"),
        entity(Equipment, "Falcon", "Kestrel", public_id="other"),
        entity(Equipment, "Kestrel", public_id="whole"),
        entity(Equipment, "Hawk", summary="Like a kestrel.", public_id="text"),
    ]
    search.index(rows)
    assert ids("kestral") == ["whole", "other", "longer", "text"]
    found = Equipment.objects.filter(
        pk__in=search.matching(Equipment, understood := search.understood(Equipment, "kestral"))
    )
    assert [row.public_id for row in search.by_relevance(found, understood)] == ["whole", "other", "longer", "text"]


def test_how_many_queries_a_likeness_takes(world, django_assert_num_queries):
    """A search: how many of each kind; the words that are like; again how many, once or twice; the page, its names.

    A list: whether one has it as written; the words that are like; whether one has those, with one error or two.
    """
    search.index([entity(Country, f"Newland {number}", "Novaria") for number in range(20)])
    with django_assert_num_queries(5):
        assert len(search.search("novoria").hits) == 20
    with django_assert_num_queries(5):
        assert len(search.search("rosobornexprt").hits) > 1
    with django_assert_num_queries(6):
        assert len(search.search("tactcal misiles corproatoin").hits) == 1
    with django_assert_num_queries(2):
        assert search.search("zeppelin").count == 0
    with django_assert_num_queries(1):
        assert search.search("zeppelin", exact=True).count == 0
    with django_assert_num_queries(3):
        assert search.understood(Country, "novoria").likes
    with django_assert_num_queries(1):
        assert not search.understood(Country, "novaria").likes
    with django_assert_num_queries(0):
        assert not search.understood(Country, "mig29").likes


@pytest.mark.parametrize(
    "q", ["abcdefghij " * 32, "a" * 500, "ж" * 200, "-rosoboronexprt", '"', "%%%%%", "\x00", "ab\ud800cdefgh"]
)
def test_likeness_takes_bounded_work_whatever_is_asked(q, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        try:
            assert search.search(q).count == 0
        except QueryError:  # too many words: told in a sentence
            pass


def test_pieces_are_looked_up_in_their_indexes(world):
    """No table of names is read whole, however many there are."""
    search.index(
        [entity(Country, f"{chr(97 + n // 26)}{chr(97 + n % 26)}nova{chr(97 + n % 7)}land") for n in range(300)]
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE armsdb_searchname")
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows are read whole in any case
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[connection.vendor]
    plan: list[str] = []

    def explained(execute, sql, params, many, context):
        with connection.cursor() as cursor:
            cursor.cursor.execute(
                explain + (sql if connection.vendor == "postgresql" else sql.replace("%s", "?")), params
            )
            plan.extend(str(row[-1]) for row in cursor.cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        likeness._known(likeness.Wanted.of(["rosoboronexprt"]))
    told = "\n".join(plan)
    for piece in ("head", "middle", "tail"):
        assert f"searchname_{piece}" in told
    assert "Seq Scan" not in told
    assert "SCAN armsdb_searchname" not in told
