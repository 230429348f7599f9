"""Facets: each count is that of the list to which it leads, and every write that readers see moves it."""

from typing import Any

import pytest
from django.test import Client

from armsdb import actions
from armsdb.filters.facets import FACETS
from armsdb.models import Transfer
from tests import factories

from .asking import ROOT, Api

pytestmark = pytest.mark.usefixtures("registers")

REASON = "For a test."


@pytest.fixture
def api(db) -> Api:
    return Api(Client())


QUESTIONS = [
    "q=aircarft",
    "q=aircarft&exact=1",
    "",
    "supplier=russia",
    "supplier=russia&supplier=unknown&recipient=myanmar",
    "country=russia&category=unknown&category=combat-aircraft",
    "year_from=1980&year_to=1989",
    "year_from=2020&undated=include&dataset=articles",
    "undated=only",
    "undated=exclude&status=unknown",
    "q=aircraft&evidence=reported",
    "company=rosoboronexport",
    "company=unknown&dataset=articles",
    "source=article-a&nature=sale",
    "equipment=su-30&person=min-aung-hlaing",
    "arms=false&government=unknown&government=true",
    "currency=USD&value_min=1000",
    "supplier=japan&year_to=1970",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_count_is_that_of_the_list_to_which_it_leads(api: Api, question: str) -> None:
    answer = api.json(f"transfers/facets/?{question}")
    wanted = api.json(f"transfers/?{question}&page_size=1")
    assert answer["count"] == wanted["count"]
    assert {**wanted["meta"], **answer["meta"]} == wanted["meta"]
    assert list(answer["facets"]) == list(FACETS)
    for values in answer["facets"].values():
        for value in [*values[:2], *values[2:][-1:]]:
            listed = api.json(value["url"].partition(ROOT)[2] + "&page_size=1")
            assert (value["value"], value["count"]) == (value["value"], listed["count"])
            assert value["count"] > 0


@pytest.mark.parametrize("name", [name for name in FACETS if name != "decade"])
def test_a_facet_counts_each_row_of_the_question_once(api: Api, name: str) -> None:
    """Guards rows without a value against being left out silently."""
    answer = api.json("transfers/facets/")
    assert sum(value["count"] for value in answer["facets"][name]) == answer["count"]


def test_its_own_condition_does_not_count_in_a_facet(api: Api) -> None:
    every, asked = (api.json(f"transfers/facets/?{question}")["facets"] for question in ("", "supplier=russia"))
    assert [value["count"] for value in asked["supplier"]] == [value["count"] for value in every["supplier"]]
    assert {value["value"] for value in asked["recipient"]} < {value["value"] for value in every["recipient"]}


def test_the_most_frequent_comes_first_and_what_is_not_known_last(api: Api) -> None:
    values = api.json("transfers/facets/?dataset=sipri-17")["facets"]["supplier"]
    known = [value["count"] for value in values[:-1]]
    assert known == sorted(known, reverse=True)
    assert (values[-1]["value"], values[-1]["label"]) == ("unknown", "not known")


def test_decades_stand_in_their_order(api: Api) -> None:
    values = [value["value"] for value in api.json("transfers/facets/")["facets"]["decade"]]
    assert values == [*sorted(values[:-1]), "unknown"]


def test_the_word_unknown_of_a_vocabulary_is_no_missing_value(api: Api) -> None:
    """Guards the status “unknown”, which many lines of registers have, against meaning an empty one."""
    rows = api.rows("transfers/?status=unknown&dataset=articles&page_size=500")
    assert rows
    assert {row["status"] for row in rows} == {"unknown"}


def test_what_readers_see_changes_is_counted_at_once(api: Api) -> None:
    """Guards the columns in memory: made, published, changed, and withdrawn are all seen by the next question."""
    draft = factories.transfer("T1", published=False)
    dataset = draft.dataset.public_id
    other = factories.country("Thirdland")

    def counts() -> dict[str, int]:
        found = api.json(f"transfers/facets/?dataset={dataset}")["facets"]["supplier"]
        return {value["value"]: value["count"] for value in found}

    assert counts() == {}
    actions.publish(record=draft, reason=REASON)
    assert counts() == {"test-testland": 1}
    second = factories.transfer("T2")
    assert counts() == {"test-testland": 2}
    actions.put(model=Transfer, public_id=second.public_id, values={"supplier": other}, reason=REASON)
    assert counts() == {"test-testland": 1, "test-thirdland": 1}
    actions.withdraw(record=Transfer.objects.get(pk=second.pk), reason=REASON)
    assert counts() == {"test-testland": 1}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("suplier=x", "suplier"),
        ("page=2", "page"),
        ("ordering=name", "ordering"),
        ("supplier=atlantis", "supplier"),
        ("year_from=2020&year_to=2010", "year_from"),
        ("q=" + "a" * 10_000, "q"),
        ("q=-", "q"),
        ("undated=only&undated=only", "undated"),
    ],
)
def test_what_is_not_understood_is_refused(api: Api, query: str, parameter: str) -> None:
    status = 414 if len(query) > 4096 else 400
    problem = api.problem(f"transfers/facets/?{query}", status)
    assert status == 414 or problem["errors"][0]["parameter"] == parameter


def test_the_number_of_queries_does_not_grow(api: Api, django_assert_num_queries: Any) -> None:
    """The data version, the columns (tests read them anew); the names of suppliers, recipients and datasets."""
    api.json("transfers/facets/")
    with django_assert_num_queries(5):
        api.json("transfers/facets/")
    for number in range(20):
        factories.transfer(f"T{number}", supplier=factories.country(f"Land {number}"))
    api.json("transfers/facets/")
    with django_assert_num_queries(5):
        api.json("transfers/facets/")
