"""What is not published is nowhere, and nothing leads to it."""

from typing import Any

import pytest

from armsdb import actions, search
from armsdb.lib.vocab import State
from armsdb.models import (
    Alias,
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    EventParticipant,
    Figure,
    FigureSubject,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    SanctionTarget,
    Source,
    Succession,
    Transfer,
    TransferOverlap,
)

from .asking import COLLECTIONS, FACTS, Api
from .builders import draft

MARK = "Zzyzx"
#: One record of each kind that the drafts are made after.
LIKE: dict[type[Record], str] = {
    Country: "myanmar",
    Organisation: "rosoboronexport",
    Person: "min-aung-hlaing",
    Equipment: "su-30",
    Dataset: "articles",
    Source: "article-a",
    Transfer: "articles-t44",
    Figure: "articles-f01",
    Sanction: "articles-s01",
    Event: "articles-e11",
    Ownership: "articles-o01",
    Role: "articles-r01",
}
TEXTS = ("name", "summary", "comment", "statement", "evidence_reason", "reliability", "note", "title", "licence")


@pytest.fixture
def drafts(seeded) -> dict[str, Any]:
    """A draft of every kind, and every thread that could lead from published records to it."""
    made: dict[str, Any] = {}
    for model, public_id in LIKE.items():
        columns = {field.name for field in model._meta.fields}
        texts = {name: f"{MARK} {name}" for name in TEXTS if name in columns}
        made[model.TYPE] = draft(model.objects.get(public_id=public_id), f"zzyzx-{model.TYPE}", **texts)
    Citation.objects.filter(public_id__startswith="zzyzx").update(note=MARK, attributed_to=MARK)
    _draft_citation(made)
    _threads(made)
    search.index(made.values())
    return made


def _draft_citation(made: dict[str, Any]) -> None:
    """A draft citation of a published fact, of a published source that cites nothing else, told by a person."""
    quiet = Source.objects.create(
        public_id="quiet", name="Quiet", kind="analysis", state=State.PUBLISHED, locator_prefix="Q"
    )
    made["citation"] = Citation.objects.create(
        public_id="articles-t44-c99",
        transfer=Transfer.objects.get(public_id="articles-t44"),
        source=quiet,
        quotes=Source.objects.get(public_id="zzyzx-source"),
        locator="Q1",
        attributed_to_person=Person.objects.get(public_id="u-nu"),
        basis="reporting",
        note=MARK,
        state=State.DRAFT,
    )


def _threads(made: dict[str, Any]) -> None:
    """Rows that name a draft beside a published record, as no action would let them."""
    transfer = Transfer.objects.get(public_id="articles-t44")
    Transfer.objects.filter(public_id="zzyzx-transfer").update(returns=transfer)
    Transfer.objects.filter(public_id="articles-t31").update(returns=made["transfer"])
    TransferOverlap.objects.create(first=transfer, second=made["transfer"])
    Succession.objects.create(country=Country.objects.get(public_id="russia"), successor=made["country"])
    FigureSubject.objects.create(figure=Figure.objects.get(public_id="articles-f01"), country=made["country"])
    SanctionTarget.objects.create(sanction=Sanction.objects.get(public_id="articles-s01"), person=made["person"])
    EventParticipant.objects.create(
        event=Event.objects.get(public_id="articles-e11"), organisation=made["organisation"]
    )
    Equipment.objects.filter(public_id="mig-29").update(family=made["equipment"])
    Source.objects.filter(public_id="article-b").update(via=made["source"])
    Source.objects.filter(public_id="zzyzx-source").update(via=Source.objects.get(public_id="article-a"))
    Alias.objects.filter(country__public_id="myanmar").update(source=made["source"], locator="A1")


def _paths() -> list[str]:
    lists = [f"{collection}/?page_size=500" for collection in COLLECTIONS]
    return [*lists, "", "schema/", "relations/russia/myanmar/", "relations/myanmar/russia/"]


@pytest.mark.walk
def test_no_list_and_no_record_tells_of_a_draft(api: Api, drafts: dict[str, Any]):
    for path in _paths():
        assert_silent(api, path)
    for collection in COLLECTIONS:
        for row in api.rows(f"{collection}/?page_size=500"):
            assert_silent(api, row["url"].partition("/api/v1/")[2])


def assert_silent(api: Api, path: str) -> None:
    content = api.ask(path).content.decode().lower()
    assert "zzyzx" not in content, path
    assert "articles-t44-c99" not in content, path


def test_a_draft_has_no_address(api: Api, drafts: dict[str, Any]):
    for record in drafts.values():
        problem = api.problem(f"{record.collection}/{record.public_id}/", 404)
        assert MARK not in str(problem)
    for collection in ("companies", "organisations"):
        api.problem(f"{collection}/zzyzx-organisation/", 404)
    api.problem("citations/zzyzx-transfer-c1/", 404)


def test_a_published_citation_of_a_draft_is_as_hidden_as_the_draft(api: Api, drafts: dict[str, Any]):
    Citation.objects.filter(public_id="zzyzx-transfer-c1").update(state=State.PUBLISHED)
    api.problem("citations/zzyzx-transfer-c1/", 404)
    for path in ("citations/?page_size=500", "sources/?page_size=500", "sources/article-b/"):
        assert_silent(api, path)


def test_drafts_are_in_no_count(api: Api, seeded):
    """Counts of lists, of facts of entities, of citations, and what is left out, before and after."""
    before = _counts(api)
    for model, public_id in LIKE.items():
        draft(model.objects.get(public_id=public_id), f"zzyzx-{model.TYPE}")
    assert _counts(api) == before


def _counts(api: Api) -> list[Any]:
    lists = [api.json(f"{collection}/?page_size=500") for collection in COLLECTIONS]
    asked = api.json("transfers/?year_from=2001&currency=USD")
    facts = [(row["id"], row.get("facts"), row.get("citations_count")) for answer in lists for row in answer["results"]]
    return [[answer["count"] for answer in lists], asked["count"], asked["meta"], facts]


def test_no_search_finds_a_draft(api: Api, drafts: dict[str, Any]):
    assert api.json(f"search/?q={MARK}")["count"] == 0
    for collection in COLLECTIONS:
        if collection != "citations":
            assert api.json(f"{collection}/?q={MARK}")["count"] == 0


def test_no_question_can_name_a_draft(api: Api, drafts: dict[str, Any]):
    """The answer is the same as for a name that nobody has, but for the name."""
    for parameter, kind in (
        ("supplier", "country"),
        ("company", "organisation"),
        ("organisation", "organisation"),
        ("person", "person"),
        ("equipment", "equipment"),
        ("source", "source"),
        ("dataset", "dataset"),
    ):
        asked = f"zzyzx-{kind}"
        drafted = api.problem(f"transfers/?{parameter}={asked}", 400)["errors"]
        unknown = api.problem(f"transfers/?{parameter}=qqqqqq", 400)["errors"]
        assert str(drafted).replace(asked, "qqqqqq") == str(unknown)
    api.problem("citations/?fact=zzyzx-transfer", 400)
    api.problem("relations/zzyzx-country/russia/", 404)


@pytest.mark.parametrize("collection", FACTS)
def test_a_draft_citation_answers_no_question(api: Api, drafts: dict[str, Any], collection: str):
    """Neither for its source nor for the person who tells it."""
    assert api.json(f"{collection}/?source=quiet")["count"] == 0
    told = api.ids(f"{collection}/?person=u-nu&page_size=500&fields=id")
    assert "articles-t44" not in told
    assert api.json("people/u-nu/")["facts"][collection]["count"] == len(told)
    assert api.json("citations/?source=quiet")["count"] == 0


def test_what_is_published_then_can_be_seen(api: Api):
    """The same records, published by the action, are there: the tests above look in the right places."""
    made = draft(Country.objects.get(public_id="serbia"), "zzyzx-country", name=f"{MARK} country")
    actions.publish(record=made, reason="A test.")
    assert api.json("countries/zzyzx-country/")["name"] == f"{MARK} country"
    assert [hit["id"] for hit in api.json(f"search/?q={MARK}")["results"]] == ["zzyzx-country"]
