"""Where a record went: every kind of page and API record leads on, or tells why it is gone; so do filter values."""

import pytest
from django.utils.dateformat import format as format_date

from armsdb import actions
from armsdb.models import Citation, Country, Equipment, Organisation, Ownership, Person, Record, Role, Source, Transfer
from armsdb.models.changes import withdrawn_on
from tests import factories

#: Kinds that have no page of their own: they live on another's.
WITHOUT_PAGE = (Ownership, Role, Citation)
REASON = "Entered twice, by <b>mistake</b>."


def _citation() -> Citation:
    return factories.cite(factories.transfer("T9"), locator="9")


def _alone(kind: type[Record]) -> Record:
    """A record that nothing leans on."""
    if kind is Citation:
        return _citation()
    if kind in (Country, Organisation, Person, Equipment, Source):
        return factories.MAKERS[kind]("Test alone")
    return factories.MAKERS[kind]()


def _other(record: Record) -> Record:
    """Another record of the kind, to merge into."""
    if isinstance(record, Citation):
        return record.fact.citations.exclude(pk=record.pk).get()
    kind = type(record)
    name = "Another" if kind in (Country, Organisation, Person, Equipment, Source) else "X2"
    return factories.MAKERS[kind](name)


KINDS = [*(kind for kind in factories.MAKERS if kind.TYPE != "dataset"), Citation]


def addresses(record: Record) -> dict[str, str]:
    """The addresses of a record: in the API, and where it has a page that page and its history."""
    own = {"api": record.get_api_url()}
    if not isinstance(record, WITHOUT_PAGE):
        own |= {"page": record.get_absolute_url(), "history": f"{record.get_absolute_url()}history/"}
    return own


@pytest.mark.parametrize("kind", [*KINDS, *(k for k in factories.MAKERS if k.TYPE == "dataset")])
def test_a_withdrawn_record_of_every_kind_tells_why_and_since_when(kind, seeded, client, read):
    """The page has a title, one heading, the reason, the day and ways on; the API a problem with reason and day."""
    record = _alone(kind)
    own = addresses(record)
    actions.withdraw(record=record, reason=REASON)
    day = format_date(withdrawn_on(record), "j F Y")
    answer = client.get(own.pop("api"))
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert answer.json()["detail"] == f"Withdrawn on {day}: {REASON}"
    for address in own.values():
        page = read(address, 410)
        assert page.title == "Withdrawn · ArmsDB"
        assert [words for level, words in page.headings if level == "h1"] == ["This record was withdrawn"]
        assert REASON in page.text
        assert f"Withdrawn on {day}." in page.text
        assert page.meta["robots"] == "noindex"
        assert {"/", "/search/", "/about/#corrections"} <= {href for href, _words in page.links} | {"/search/"}
        assert str(record) not in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_merged_record_of_every_kind_leads_to_the_other(kind, seeded, client):
    record = _alone(kind)
    other, old = _other(record), addresses(record)
    actions.merge(record=record, into=other, reason="The same.")
    for what, address in addresses(other).items():
        answer = client.get(f"{old[what]}?fields=id" if what == "api" else f"{old[what]}?from=afar")
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (308, address)
        assert answer["Location"].partition("?")[2] == ("fields=id" if what == "api" else "from=afar")
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_renamed_record_of_every_kind_leads_on_twice_over(kind, seeded, client):
    """From its first id and from its second, straight to its third; a citation goes with its fact."""
    record = _alone(kind)
    renamed = record.fact if isinstance(record, Citation) else record
    olds = []
    for public_id in ("test-second", "test-third"):
        olds.append(addresses(record))
        actions.rename(record=renamed, public_id=public_id, reason="A better id.")
        record.refresh_from_db()
    for what, address in addresses(record).items():
        for old in olds:
            answer = client.get(old[what])
            assert (answer.status_code, answer["Location"]) == (308, address)


@pytest.mark.parametrize("kind", ["country", "transfer"])
def test_an_id_that_only_a_draft_had_leads_nowhere(kind, seeded, client):
    """Readers never saw it, so it was never theirs to follow; it tells what an editor once called the record."""
    draft = (
        factories.country("Draft Land", published=False) if kind == "country" else factories.transfer(published=False)
    )
    former = addresses(draft)
    actions.rename(record=draft, public_id="test-better", reason="A better id.")
    actions.publish(record=draft, reason="Ready.")
    assert [client.get(address).status_code for address in former.values()] == [404] * len(former)
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_what_was_merged_into_a_withdrawn_record_tells_that_ones_reason(seeded, client):
    one, other = factories.person("One"), factories.person("Other")
    actions.merge(record=one, into=other, reason="The same.")
    actions.withdraw(record=other, reason=REASON)
    assert client.get("/people/test-one/").status_code == 410
    assert REASON in client.get("/api/v1/people/test-one/").json()["detail"]


def test_a_draft_or_what_was_merged_into_one_is_nowhere(seeded, client):
    one, other = factories.person("One"), factories.person("Other")
    actions.rename(record=one, public_id="test-uno", reason="Renamed.")
    actions.merge(record=one, into=other, reason="The same.")
    Person.objects.filter(pk=other.pk).update(state="draft")
    for public_id in ("test-one", "test-uno", "test-other"):
        for address in (f"/people/{public_id}/", f"/people/{public_id}/history/", f"/api/v1/people/{public_id}/"):
            assert client.get(address).status_code == 404


#: Parameters that name a record, with the list that they are asked of.
NAMING = [
    ("transfers", "supplier", Country),
    ("transfers", "country", Country),
    ("transfers", "organisation", Organisation),
    ("transfers", "company", Organisation),
    ("transfers", "equipment", Equipment),
    ("transfers", "source", Source),
    ("events", "person", Person),
    ("citations", "fact", Transfer),
]


@pytest.mark.parametrize(("collection", "parameter", "kind"), NAMING)
def test_a_former_id_is_understood_as_a_filter_value(collection, parameter, kind, seeded, client):
    """Of a renamed record and of a merged one; the answer is that for the id of today."""
    record, other = _alone(kind), None
    former = record.public_id
    actions.rename(record=record, public_id="test-renamed", reason="Renamed.")
    other = _other(record)

    def answer(value):
        response = client.get(f"/api/v1/{collection}/?{parameter}={value}")
        assert response.status_code == 200, response.content
        return [row["id"] for row in response.json()["results"]], response.json()["meta"]["left_out"]

    assert answer(former) == answer("test-renamed")
    actions.merge(record=record, into=other, reason="The same.")
    assert answer(former) == answer("test-renamed") == answer(other.public_id)


def test_the_page_of_two_countries_leads_on_from_a_former_id(seeded, client):
    actions.rename(record=Country.objects.get(public_id="myanmar"), public_id="burma-today", reason="Renamed.")
    for root in ("/relations", "/api/v1/relations"):
        answer = client.get(f"{root}/russia/myanmar/")
        assert answer.status_code == 308
        assert "myanmar" not in answer["Location"]
        assert client.get(answer["Location"]).status_code == 200


def test_a_list_of_pages_of_a_history_refuses_what_is_no_page(seeded, client):
    for page, status in (("1", 200), ("2", 404), ("0", 400), ("abc", 400)):
        assert client.get(f"/countries/russia/history/?page={page}").status_code == status
