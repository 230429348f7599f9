"""Writing the index: what is published is in it, as it is now, and nothing else."""

import io

from django.core.management import call_command
from django.db import connection

from armsdb import search
from armsdb.lib.vocab import State
from armsdb.models import Citation, Company, Country, Organisation, Rank, SearchEntry, SearchName, Transfer

from .builders import add_alias, cite, entity, fact, record


def rows() -> list[tuple]:
    columns = ("type", "record_id", "public_id", "name", "is_fact", "names", "text", "readable")
    return [*SearchEntry.objects.order_by("type", "record_id").values_list(*columns), *name_rows()]


def name_rows() -> list[tuple]:
    return list(SearchName.objects.order_by("entry__type", "entry__record_id", "id").values_list("key", "name", "kind"))


def test_only_published_records_are_in_the_index(empty):
    """A draft never gets in; what is withdrawn or goes back to a draft gets out, with its names."""
    draft, seen = entity(Country, "Hidden", state=State.DRAFT), entity(Country, "Seen", "Visible")
    search.index([draft, seen])
    assert search.search("hidden").count == 0
    assert search.search("visible").count == 1
    seen.state, seen.state_reason = State.WITHDRAWN, "Wrong."
    seen.save()
    search.index([draft, seen])
    assert rows() == []


def test_drafts_of_citations_are_not_in_the_index(world):
    """A source cited by an unpublished citation alone is not a way to the fact."""
    leaked = record(type(world.article), "leak", name="Unseen paper", publisher=None, kind="statement")
    cite(world.jets, leaked, state=State.DRAFT, attributed_to="Somebody secret")
    search.index([world.jets])
    assert search.search("unseen").count == 0
    assert search.search("secret").count == 0


def test_indexing_again_changes_nothing(world):
    """The same records twice, several times in one call, or in another order: the same index."""
    before = rows()
    search.index([*reversed(world.all), *world.all])
    assert rows() == before
    search.index([])
    assert rows() == before


def test_a_changed_record_is_found_anew_and_no_longer_as_before(world):
    """New names and words come in, old ones go."""
    world.almaz.name = "Newname"
    world.almaz.save()
    world.almaz.aliases.all().delete()
    add_alias(world.almaz, "Novoye")
    world.sent_back.comment = "Otherwise"
    world.sent_back.save()
    search.index([world.almaz, world.sent_back])
    assert [hit.public_id for hit in search.search("novoye").hits] == ["almaz-antey"]
    assert search.search("vko", types=["organisation"]).count == 0
    assert search.search("thousands").count == 0
    assert search.search("otherwise").count == 1


def test_names_are_kept_whole(world):
    """Every name has its row, the record's own first; a code or the id has one where no name says the same."""
    of_su30 = list(SearchName.objects.whole().filter(entry__public_id="su-30").values_list("key", "name", "kind"))
    assert of_su30 == [("su30", "Su-30", ""), ("sukhoisu30", "Sukhoi Su-30", "other"), ("su30", "Су-30", "native")]
    of_myanmar = list(SearchName.objects.filter(entry__public_id="myanmar").values_list("key", "kind"))
    assert of_myanmar == [("myanmar", ""), ("burma", "former"), ("mm", "code"), ("mmr", "code")]


def test_names_are_kept_from_each_of_their_words_on(world):
    """Once, unless it begins with a small word or stands in a title; a compound has its joined word, too.

    A word that can be mistyped stands at one row of the entity.
    """
    forum = entity(Organisation, "Forum of the Ural Works", "Ural-Werk", kind="ngo")
    search.index([forum])
    rows = SearchName.objects.filter(entry__public_id=forum.public_id).exclude(rank=Rank.CODE)
    assert list(rows.values_list("rank", "key", "name", "word")) == [
        (Rank.NAME, "forumoftheuralworks", "Forum of the Ural Works", "forum"),
        (Rank.OTHER, "uralwerk", "Ural-Werk", ""),
        (Rank.WORD, "uralworks", "Forum of the Ural Works", "ural"),
        (Rank.WORD, "works", "Forum of the Ural Works", "works"),
        (Rank.WORD, "werk", "Ural-Werk", "werk"),
        (Rank.JOINED, "uralwerk", "Ural-Werk", "uralwerk"),
    ]
    joined = SearchName.objects.get(entry__public_id="almaz-antey", rank=Rank.JOINED)
    assert (joined.word, joined.head, joined.middle, joined.tail) == ("almazantey", "10alm", "10azan", "10tey")
    of_title = SearchName.objects.filter(entry__public_id="article-a")
    assert list(of_title.values_list("rank", "key", "word")) == [(Rank.DOCUMENT, "weekendreport", "")]


def test_facts_and_companies_and_citations(world):
    """A company goes in as the organisation that it is; a citation is no entry; facts have no whole names."""
    search.index([Company.objects.get(pk=world.almaz.pk), Citation.objects.all()[0]])
    assert set(SearchEntry.objects.values_list("type", flat=True)) == {
        *("country", "organisation", "person", "equipment", "source", "dataset"),
        *("transfer", "figure", "sanction", "event", "ownership", "role"),
    }
    assert SearchEntry.objects.filter(type="organisation", public_id="almaz-antey").count() == 1
    assert not SearchName.objects.filter(entry__is_fact=True)


def test_rebuilding_gives_the_same_index(world):
    """What indexing wrote step by step is what a rebuild writes; strangers and stale rows go."""
    before = rows()
    SearchEntry.objects.filter(type="transfer").delete()
    SearchEntry.objects.update(names="wrong", text="wrong", readable="wrong")
    SearchName.objects.all().delete()
    SearchEntry.objects.create(type="country", record_id=10**9, public_id="gone", name="Gone", is_fact=False)
    SearchEntry.objects.create(type="stranger", record_id=1, public_id="odd", name="Odd", is_fact=False)
    entity(Country, "Draft", state=State.DRAFT)
    assert search.rebuild() == len(world.all)
    assert rows() == before
    assert search.search("burma").count == 4
    assert search.search("wrong").count == 0


def test_rebuilding_mends_the_engine(world):
    """An engine that has lost its words, as after a copy gone wrong, gets them back."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO armsdb_searchentry_fts(armsdb_searchentry_fts) VALUES ('delete-all')")
        assert search.search("burma").count == 0
    search.rebuild()
    assert search.search("burma").count == 4


def test_the_command_tells_how_many_entries(world):
    """`manage.py rebuild` makes the index anew and says how large it is."""
    SearchEntry.objects.all().delete()
    out = io.StringIO()
    call_command("rebuild", stdout=out)
    assert out.getvalue() == f"Search index: {len(world.all)} entries.\n"
    assert SearchEntry.objects.count() == len(world.all)


def test_queries_do_not_grow_with_the_rows(world, django_assert_num_queries):
    """The queries of one batch, at 1 row and at 20; each stands between a savepoint and its release.

    Entities: the records, their aliases, the entries, their old names gone, their names written.
    Transfers: the records with parties and equipment, other names (supplier, recipient, organisation of the recipient,
    equipment), rows of companies, companies, their other names, citations with documents and tellers, the entries.
    """
    countries = [entity(Country, f"Newland {number}", "Nova", public_id=f"newland-{number}") for number in range(20)]
    transfers = []
    for number, country in enumerate(countries):
        transfer = fact(
            Transfer,
            f"N{number}",
            world.dataset,
            supplier=country,
            recipient=world.myanmar,
            recipient_organisation=world.uralvagonzavod,
            equipment=world.su30,
        )
        transfer.company_rows.create(company=world.almaz, role="producer")
        cite(transfer, world.article)
        transfers.append(transfer)
    for records, queries in ((countries, 5), (transfers, 10)):
        for few in (records[:1], records):
            with django_assert_num_queries(queries + 2):
                search.index(few)
    assert Organisation.objects.filter(pk__in=search.matching(Organisation, "vko")).count() == 1
