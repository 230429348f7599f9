"""What is found, and why: the contract of both engines. These tests run on the engine of the database in use."""

import itertools

import pytest

from armsdb import search
from armsdb.lib.terms import QueryError
from armsdb.lib.vocab import AliasKind
from armsdb.models import Citation, Company, Country, Equipment, Organisation, Transfer

from .builders import entity, fact


def ids(q, **options):
    return [hit.public_id for hit in search.search(q, **options).hits]


FIRST = {
    "Myanmar": ("myanmar", "name", None),
    "burma": ("myanmar", "other-name", "former"),
    "BÜRMA": ("myanmar", "other-name", "former"),
    "mmr": ("myanmar", "other-name", None),
    "rosoboroneksport": ("rosoboronexport", "other-name", "transliteration"),
    "Рособоронэкспорт": ("rosoboronexport", "other-name", "native"),
    "rosoboron export": ("rosoboronexport", "name", None),
    "almaz antey": ("almaz-antey", "name", None),
    "almaz-antey": ("almaz-antey", "name", None),
    "AlmazAntey": ("almaz-antey", "name", None),
    "СУ-30": ("su-30", "other-name", "native"),
    "su30": ("su-30", "name", None),
    "Су 30": ("su-30", "name", None),
    "sukhoi su30": ("su-30", "other-name", "other"),
    "mig29": ("mig-29", "name", None),
    "MiG 29": ("mig-29", "name", None),
    "Tactiles Missiles": ("tactical-missiles-corporation", "other-name", "misspelling"),
    "uralvagonsavod": ("uralvagonzavod", "other-name", "misspelling"),
    "tacticalmissilescorporation": ("tactical-missiles-corporation", "name", None),
    "aljazeera": ("al-jazeera", "name", None),
    "буданов кирилл": ("kirill-budanov", "name", None),
    "Кирилл Буданов": ("kirill-budanov", "other-name", "native"),
}


def test_a_name_leads_to_its_entity_first(world):
    """Every spelling that is known, or differs only in script, case, accents, hyphens or spaces, comes first."""
    first = {q: search.search(q).hits[0] for q in FIRST}
    assert {q: (hit.public_id, hit.matched, hit.matched_kind) for q, hit in first.items()} == FIRST


ANSWERING = {
    "burma": {"T39", "T44"},
    "rosoboroneksport": {"T44"},
    "su30": set(),
    "mig29": {"T39"},
    "uralvagonsavod": {"T44"},
    "ural vagon zavod": {"T44"},
    "tanks": set(),
    "tank": {"T44"},
    "sight": {"T44"},
    "armoured": {"T44"},
    "tan": set(),
    "fighter russia": {"T39"},
    "thousands": {"T44"},
    "generals": {"T44"},
    "weekend": {"T39", "T44"},
    "jazeera": {"T39", "T44"},
    "videos": {"T44"},
    "буданов": {"T44"},
    "clerk": {"T39"},
    "myanmar -mig29": {"T44"},
    "myanmar -tank": {"T39"},
    "myanmar -sight": {"T39"},
    'myanmar -"tank sights"': {"T39"},
    '"tank sights"': {"T44"},
    '"sights tank"': set(),
    '"to russia"': {"T44"},
    '"russia to myanmar"': {"T39"},
    '"myanmar burma"': set(),
    "russia nowhere": set(),
    "myanmar OR nowhere": set(),
}


def test_a_list_keeps_the_rows_that_answer(world):
    """All words, prefixes from four letters, phrases within one text, exclusions, over all that a transfer names."""
    found = {q: Transfer.objects.filter(pk__in=search.matching(Transfer, q)) for q in ANSWERING}
    assert {q: set(rows.values_list("key", flat=True)) for q, rows in found.items()} == ANSWERING


HELD = [
    ("figure", "large sum"),
    ("figure", "burma paid"),
    ("sanction", "weekend programme"),
    ("sanction", "dealers india"),
    ("sanction", "буданов measures"),
    ("event", "vladivostok"),
    ("event", "россия forum"),
    ("event", "vko met"),
    ("ownership", "owner almaz"),
    ("ownership", "vko rosoboroneksport"),
    ("role", "кирилл india"),
    ("role", "jazeera head"),
    ("article", "jane doe"),
    ("article", "machine jazeera"),
    ("footage", "videos weekend"),
    ("dataset", "closely jazeera"),
    ("rosoboronexport", "exporter russia"),
    ("sights", "vehicles"),
    ("budanov", "intelligence"),
]


def test_every_kind_is_found_by_what_it_holds(world):
    """Each kind has in the index its own words, the names of what it names, and the documents that it draws on."""
    for name, q in HELD:
        row = getattr(world, name)
        assert search.matching(type(row), q).filter(record_id=row.pk).exists(), (name, q)


def test_lists_compose(world):
    """The rows that answer go on to be filtered, counted, ordered and cut like any others; proxies too."""
    rows = Transfer.objects.filter(pk__in=search.matching(Transfer, "burma"), supplier=world.russia)
    assert rows.count() == 1
    assert [row.key for row in rows.order_by("-key")[:5]] == ["T39"]
    assert Transfer.objects.exclude(pk__in=search.matching(Transfer, "mig29")).get() == world.sent_back
    both = Transfer.objects.filter(pk__in=search.matching(Transfer, "burma")).filter(
        pk__in=search.matching(Transfer, "tank")
    )
    assert both.get() == world.sent_back
    companies = Company.objects.filter(pk__in=search.matching(Company, "russia"))
    assert companies.count() == 4
    assert not Citation.objects.filter(pk__in=search.matching(Citation, "weekend"))


def test_best_first(world):
    """Whole names, then whole other names, words in names, in other names, in text, and facts after all of them."""
    whole_other = entity(Organisation, "Ministry of something", ("Rostov", AliasKind.OTHER), kind="government-body")
    in_long_name = entity(Organisation, "Rostov Brigade", kind="armed-force")
    in_longer_name = entity(Organisation, "Brigade of the city of Rostov", kind="armed-force")
    in_other = entity(Organisation, "Plant 7", "Works of Rostov", kind="plant")
    in_text = entity(Organisation, "Some plant", kind="plant", summary="It stands in Rostov.")
    whole = entity(Country, "Rostov")
    of_name = fact(Transfer, "T90", world.dataset, supplier=whole, recipient=world.india, equipment=world.su30)
    of_text = fact(
        Transfer,
        "T91",
        world.dataset,
        supplier=world.russia,
        recipient=world.india,
        equipment=world.su30,
        comment="Rostov.",
    )
    expected = [whole, whole_other, in_long_name, in_longer_name, in_other, in_text, of_name, of_text]
    search.index(reversed(expected))
    hits = search.search("rostov").hits
    assert [hit.public_id for hit in hits] == [row.public_id for row in expected]
    assert [hit.matched for hit in hits] == [
        *("name", "other-name", "name", "name", "other-name", "text"),
        *("name", "text"),
    ]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 7


def test_ties_have_one_order(empty):
    """Names of one length go by code point, equal names by id: pages of one hit give every row once, in one order."""
    rows = [
        entity(Country, name, public_id=public_id)
        for name, public_id in [
            ("Ab Éa", "z"),
            ("Ab Ea", "y"),
            ("Ab Ea", "x"),
            ("Ab ea", "w"),
            ("Ab Za", "b-a"),
            ("Ab Za", "a.a"),
        ]
    ]
    search.index(rows)
    in_order = ["x", "y", "a.a", "b-a", "w", "z"]
    assert ids("ab") == in_order
    assert [hit for at in range(len(rows)) for hit in ids("ab", offset=at, limit=1)] == in_order


def test_lists_by_relevance(world):
    """A list can be ordered like the search: whole name, other name, words in the name, in another one, the rest."""
    rows = [
        entity(Equipment, "Kite", public_id="e1"),
        entity(Equipment, "Drone", "Kite", public_id="e2"),
        entity(Equipment, "Kite two", public_id="e3"),
        entity(Equipment, "Jet", "Old kite", public_id="e4"),
        entity(Equipment, "Balloon", public_id="e5", summary="Like a kite."),
    ]
    search.index(rows)
    found = Equipment.objects.filter(pk__in=search.matching(Equipment, "kite")).order_by("-pk")
    assert list(search.by_relevance(found, "kite")) == rows
    assert list(search.by_relevance(found, "kite").values_list("pk", flat=True)[:2]) == [row.pk for row in rows[:2]]
    assert list(search.by_relevance(found, "kite -drone")[:1]) == [rows[0]]


def test_counts_and_types(world):
    """The counts by type are of the whole query; the count and the page are of the types asked for."""
    everything = search.search("burma")
    assert everything.types == {"transfer": 2, "country": 1, "figure": 1}
    assert list(everything.types) == ["transfer", "country", "figure"]
    assert everything.count == len(everything.hits) == 4
    some = search.search("burma", types=["transfer", "figure"], limit=1)
    assert (some.count, some.types, len(some.hits)) == (3, everything.types, 1)
    assert search.search("burma", types=[]).count == 0
    past = search.search("burma", offset=4)
    assert (past.count, past.hits) == (4, [])


def test_a_hit_tells_why(world):
    """Which name answered, or the line in which the word stands, with the name by which the record knows the thing."""
    hit = search.search("burma", types=["country"]).hits[0]
    assert (hit.type, hit.record_id, hit.name, hit.matched_name) == ("country", world.myanmar.pk, "Myanmar", "Burma")
    assert hit.snippet == "A state in South-East Asia."
    jets = next(hit for hit in search.search("burma").hits if hit.public_id == "articles-t39")
    assert (jets.matched, jets.matched_name, jets.snippet) == ("text", None, "Myanmar (Burma)")
    sent_back = search.search("thousands way").hits[0]
    assert sent_back.snippet == "Thousands were on their way."
    part = search.search("tactile").hits[0]
    assert (part.matched, part.matched_name, part.matched_kind) == ("other-name", "Tactiles Missiles", "misspelling")
    spread = search.search("vko almaz").hits[0]
    assert (spread.public_id, spread.matched, spread.matched_name) == ("almaz-antey", "name", "Almaz-Antey")
    code = search.search("MM").hits[0]
    assert (code.matched, code.matched_name, code.matched_kind) == ("other-name", "MM", None)


def test_a_long_text_is_cut_around_the_word(world):
    """A snippet is short, cut between words, and holds the word that was found."""
    long = entity(Country, "Utopia", summary="word " * 100 + "needle " + "more " * 100)
    search.index([long])
    snippet = search.search("needle").hits[0].snippet
    assert " needle more" in snippet
    assert len(snippet) <= 204
    assert (snippet[:7], snippet[-6:]) == ("… word ", "more …")
    beginning = search.search("utopia").hits[0].snippet
    assert beginning == "word " * 39 + "word …"


@pytest.mark.parametrize(
    "q", ["", "  ", '"', "!?*()%_\\", "-burma", '-"tank sights" -burma', "😀", "\u200f\u202e", "\x00"]
)
def test_nothing_to_look_for_finds_nothing(world, q):
    """Without a word to look for nothing is found, neither everything nor an error."""
    assert search.search(q) == search.Results(0, {}, [])
    assert not Transfer.objects.filter(pk__in=search.matching(Transfer, q))
    assert list(search.by_relevance(Transfer.objects.none(), q)) == []


HOSTILE = [
    *(
        '"',
        "'",
        "*",
        "(",
        ")",
        "^",
        ":",
        "!",
        "&",
        "|",
        "+",
        "%",
        "_",
        "\\",
        "\\'",
        "ж",
        "ﷺ",
        "😀",
        "\n",
        "\x00",
        "a\x00b",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "NEAR/2",
        "<->",
        "<2>",
        ":*",
        ":A",
        "{names}: ",
        "'; DROP TABLE x; --",
        "the of and",
    ),
    *("\ud800", "\udfff\ud800", "\u200f\u202e", "1e9a", "1e5", "0x1f", "a" * 480, "1" * 480, "я" * 250, "a.a-" * 120),
]


FRAMES = ["{}", "burma {}", '"{}"', '"burma {}', "-{}", "burma -{}", "{}*", "({}", "name:{}"]


def test_no_query_reaches_an_engine_as_syntax(world):
    """Marks, operators and what no database can store: a search for the words in it, never an engine's error."""
    for frame, hostile in itertools.product(FRAMES, HOSTILE):
        q = frame.format(hostile)
        try:
            count = search.search(q).count
        except QueryError:  # a row of 240 letters is too many words: told in a sentence
            continue
        assert 0 <= count <= len(world.all), q
        assert Transfer.objects.filter(pk__in=search.matching(Transfer, q)).count() <= 2, q
        assert len(search.by_relevance(Transfer.objects.all(), q)) == 2, q


@pytest.mark.parametrize("q", ["a" * 501, "burma " * 2_000, "\ud800" * 10_000, '"' * 10_000])
def test_too_long_is_refused_in_a_sentence(empty, q):
    """More than 500 characters never get to an engine."""
    for ask in (
        search.search,
        lambda q: search.matching(Transfer, q),
        lambda q: search.by_relevance(Transfer.objects.all(), q),
    ):
        with pytest.raises(QueryError, match="at most 500"):
            ask(q)


def test_queries_do_not_grow_with_the_hits(world, django_assert_num_queries):
    """Three queries: the counts by type, the entries of the page, the names of those that answer by name.

    Two where nobody answers by a name; where nothing is found one, and one for the words that are like those asked for.
    A list asks nothing of its own.
    """
    search.index([entity(Country, f"Newland {number}", "Nova") for number in range(20)])
    with django_assert_num_queries(3):
        assert len(search.search("Rosoboronexport").hits) == 3
    with django_assert_num_queries(3):
        assert len(search.search("nova").hits) == 20
    with django_assert_num_queries(2):
        assert search.search("thousands").count == 1
    with django_assert_num_queries(2):
        assert search.search("nowhere").count == 0
    with django_assert_num_queries(1):
        assert search.search("nil").count == 0
    with django_assert_num_queries(1):
        assert len(Country.objects.filter(pk__in=search.matching(Country, "nova"))) == 20
    with django_assert_num_queries(1):
        assert len(search.by_relevance(Country.objects.filter(pk__in=search.matching(Country, "nova")), "nova")) == 20
    with django_assert_num_queries(0):
        assert search.search("!?").count == 0
