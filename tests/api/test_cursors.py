"""Walking a list by cursor: every row once, in the order of the list, whatever is added or taken away meanwhile."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from armsdb import actions
from armsdb.lib.vocab import Terms
from armsdb.models import Dataset, Transfer
from tests import factories
from tests.importers.reading import kept_while, take_in

from .asking import COLLECTIONS, ROOT, Api

REASON = "For a test."


@pytest.fixture(scope="module", autouse=True)
def registers(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Registers beside the seed, whose terms let nobody pass them on as a whole."""
    with kept_while(django_db_blocker):
        take_in("sipri_17.csv")
        yield


@pytest.fixture
def api(db) -> Api:
    return Api(Client())


def walk(api: Api, path: str) -> list[str]:
    found: list[str] = []
    address = f"{path}&cursor=&fields=id"
    while address:
        answer = api.json(address)
        assert list(answer) == ["next", "previous", "meta", "results"]
        assert answer["results"] or not found
        found += [row["id"] for row in answer["results"]]
        address = (answer["next"] or "").partition(ROOT)[2]
    return found


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_walk_gives_what_the_pages_give(api: Api, collection: str) -> None:
    """But for what may not be passed on: the lines of a register, and what is cited for them."""
    own = "&dataset=articles" if collection == "transfers" else ""
    everything = api.ids(f"{collection}/?page_size=500&fields=id{own}")
    if collection == "citations":
        assert any(citation.startswith("sipri-17-") for citation in everything)
        everything = [citation for citation in everything if not citation.startswith("sipri-17-")]
    assert walk(api, f"{collection}/?page_size=7") == everything


@pytest.mark.parametrize("ordering", ["date", "ordered", "delivered", "value", "name", "updated"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_any_order_is_walked_also_where_there_is_no_value(api: Api, sign: str, ordering: str) -> None:
    """Half of the rows have no date or value: guards ties and nothing against being skipped or told twice."""
    question = f"transfers/?dataset=articles&supplier=russia&ordering={sign}{ordering}"
    assert walk(api, f"{question}&page_size=2") == api.ids(f"{question}&page_size=500&fields=id")


def test_what_changes_meanwhile_moves_no_other_row(api: Api) -> None:
    for number in range(6):
        factories.transfer(f"T{number}", delivered=f"200{number}")
    question = "transfers/?dataset=test-tests&ordering=date&page_size=2"
    wanted = api.ids("transfers/?dataset=test-tests&ordering=date&page_size=500")
    first = api.json(f"{question}&cursor=")
    last: Any = Transfer.objects.get(public_id=first["results"][-1]["id"])
    actions.withdraw(record=last, reason=REASON)
    factories.transfer("T8", delivered="1999")
    factories.transfer("T9", delivered="2010")
    found = [row["id"] for row in first["results"]]
    address = first["next"].partition(ROOT)[2]
    while address:
        answer = api.json(address)
        found += [row["id"] for row in answer["results"]]
        address = (answer["next"] or "").partition(ROOT)[2]
    assert found == [*wanted, "test-t9"]


def test_what_may_not_be_passed_on_is_left_out_and_counted(api: Api) -> None:
    closed = Transfer.objects.published().filter(dataset__public_id="sipri-17").count()
    assert Dataset.objects.get(public_id="sipri-17").terms != Terms.OPEN
    assert closed
    answer = api.json("transfers/?cursor=&page_size=500")
    assert {row["dataset"]["id"] for row in answer["results"]} == {"articles"}
    assert answer["meta"]["left_out"]["licence"] == closed
    assert answer["meta"]["licence"] == "CC BY 4.0"
    assert api.json("transfers/")["meta"]["left_out"]["licence"] == 0


def cursor(*told: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "question",
    [
        "cursor=x",
        "cursor=" + "A" * 2000,
        "cursor=é",
        "cursor=" + cursor(),
        "cursor=" + cursor("-date", "articles-t44"),
        "cursor=" + cursor("-date", "articles-t44", "yesterday", None),
        "cursor=" + cursor("-date", ["articles-t44"], None, None),
        "cursor=" + cursor("-date", "nowhere", None, None),
        "cursor=" + cursor("name", "articles-t44", "Tank sights"),
        "cursor=" + cursor("-date", "articles-t44", None, None, None),
        "cursor=&cursor=",
        "cursor=&page=2",
        "cursor=&q=tank",
    ],
)
def test_no_cursor_is_a_problem_and_no_page(api: Api, question: str) -> None:
    problem = api.problem(f"transfers/?{question}", 400)
    assert problem["errors"][0]["parameter"] in {"cursor", "page"}


def test_words_are_walked_in_a_named_order(api: Api) -> None:
    question = "transfers/?q=tank&ordering=name&dataset=articles"
    assert walk(api, f"{question}&page_size=1") == api.ids(f"{question}&page_size=500")


def test_pages_for_people_have_no_cursor(client: Client, db: None) -> None:
    assert client.get("/transfers/?cursor=").status_code == 400


@pytest.mark.parametrize(
    ("ordering", "value"),
    [
        ("name", "\ud800"),
        ("name", "a\0b"),
        ("name", None),
        ("updated", "9999-12-31T23:59:59-14:00"),
        ("updated", "0001-01-01T00:00:00+14:00"),
        ("updated", None),
    ],
)
@pytest.mark.parametrize("sign", ["", "-"])
def test_what_no_row_can_be_ordered_by_is_refused(api: Api, sign: str, ordering: str, value: Any) -> None:
    """Guards against a failure of the database, and against an answer that looks like the end of the list."""
    forged = cursor(f"{sign}{ordering}", "articles-t47", value)
    problem = api.problem(f"transfers/?ordering={sign}{ordering}&cursor={forged}", 400)
    assert problem["errors"][0]["parameter"] == "cursor"


def test_a_cursor_does_not_tell_whether_there_is_a_draft(api: Api) -> None:
    draft = factories.transfer("T1", published=False)
    asked = [
        api.problem(f"transfers/?ordering=name&cursor={cursor('name', one, 'A')}", 400)
        for one in ("no-such", draft.public_id)
    ]
    assert asked[0] == asked[1]
