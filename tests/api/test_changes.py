"""What changed is told in order and completely: a copy that follows it stays right."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.utils.http import parse_http_date

from armsdb import actions
from armsdb.models import Country, Equipment, Organisation, RecordMove, Transfer, memory
from tests import factories
from tests.editing import Editor

from .asking import Api

REASON = "For a test."
#: The lists of a copy: each record stands in one of them. Companies are among organisations.
COLLECTIONS = {
    "country": "countries",
    "organisation": "organisations",
    "person": "people",
    "equipment": "equipment",
    "transfer": "transfers",
    "figure": "figures",
    "sanction": "sanctions",
    "event": "events",
    "ownership": "ownerships",
    "role": "roles",
    "source": "sources",
    "citation": "citations",
    "dataset": "datasets",
}
#: What is counted anew when other records change, and lists of what refers to a record: a copy has it from those.
FOLLOWS = {"facts", "citations_count", "returned_by", "page", "url"}
EDITS, ASKED_EVERY = 500, 25
#: What may be passed on or not with its dataset.
WITH_DATASET = ("transfer", "figure", "sanction", "event", "ownership", "role", "citation")


def put(record: Any, **values: Any) -> None:
    actions.put(model=type(record), public_id=record.public_id, values=values, reason=REASON)


def of_one(value: Any) -> Any:
    """An answer as a copy keeps it: references by type and id."""
    if isinstance(value, list):
        return [of_one(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "type" in value and "id" in value:
        return value["type"], value["id"]
    return {key: of_one(one) for key, one in value.items()}


def kept(record: Any) -> Any:
    """A record as a copy keeps it; passages are records of their own."""
    without = FOLLOWS | {"source": {"citations"}, "citation": {"name"}}.get(record["type"], set())
    return {key: of_one(value) for key, value in record.items() if key not in without}


class Copy:
    """A copy of everything, that asks nothing but the API."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.cursor = api.json("changes/")["cursor"]
        self.records: dict[tuple[str, str], Any] = {}
        for kind in COLLECTIONS:
            self.walk(kind)

    def walk(self, kind: str) -> None:
        """Take the list of a kind, of what may be passed on, in place of what there was."""
        self.records = {key: one for key, one in self.records.items() if key[0] != kind}
        path = f"{COLLECTIONS[kind]}/?page_size=500&cursor="
        while path:
            answer = self.api.json(path)
            self.records |= {(kind, one["id"]): kept(one) for one in answer["results"]}
            path = (answer["next"] or "").partition("/api/v1/")[2]

    def follow(self) -> list[Any]:
        """Take over what changed; tell what was told."""
        told: list[Any] = []
        path = f"changes/?since={self.cursor}"
        while path:
            answer = self.api.json(path)
            for change in answer["results"]:
                self._take(change)
            told += answer["results"]
            self.cursor = answer["cursor"]
            path = (answer["next"] or "").partition("/api/v1/")[2]
        return told

    def _take(self, change: Any) -> None:
        kind = change["type"]
        if change["state"] == "many":
            self.walk(kind)
            return
        before = self.records.get((kind, change["id"]))
        for gone in (*change["former"], change["id"]):
            self.records.pop((kind, gone), None)
        if change["state"] == "published":
            answer = self.api.ask(change["url"].partition("/api/v1/")[2])
            if answer.status_code == 200:  # else it is gone again, and told once more
                self.records[kind, change["id"]] = kept(answer.json())
        after = self.records.get((kind, change["id"]))
        if kind == "dataset" and before and after and before["terms"] != after["terms"]:
            for of_it in WITH_DATASET:
                self.walk(of_it)


def differing(one: dict[Any, Any], other: dict[Any, Any]) -> list[Any]:
    """What two copies differ in."""
    return [(key, one.get(key), other.get(key)) for key in {*one, *other} if one.get(key) != other.get(key)][:3]


def told(api: Api, since: str) -> list[tuple[str, str | None, str]]:
    changes = api.json(f"changes/?since={since}")["results"]
    return [(change["type"], change["id"], change["state"]) for change in changes]


@pytest.mark.walk
@pytest.mark.keeps_memory
def test_a_copy_that_follows_500_edits_is_what_a_new_one_is(api: Api):
    editor = Editor(11)
    copy = Copy(api)
    for done in range(1, EDITS + 1):
        while not editor.edit():
            pass
        if done % ASKED_EVERY == 0:
            copy.follow()
    copy.follow()
    assert differing(copy.records, Copy(api).records) == []


def test_a_copy_follows_each_kind_of_change(api: Api):
    equipment, into = factories.equipment("Old Gun"), factories.equipment("New Gun")
    draft = factories.transfer("M1", published=False)
    copy = Copy(api)
    start = copy.cursor
    assert told(api, start) == []
    put(equipment, summary="Another.")
    assert told(api, start) == [("equipment", equipment.public_id, "published")]
    put(draft, comment="Nobody sees it.")
    assert len(told(api, start)) == 1
    actions.publish(record=draft, reason=REASON)
    assert ("transfer", draft.public_id, "published") in told(api, start)
    old = equipment.public_id
    actions.rename(record=equipment, public_id="older-gun", reason=REASON)
    [change] = [one for one in api.json(f"changes/?since={start}")["results"] if one["id"] == "older-gun"]
    assert change["former"] == [old]
    actions.merge(record=equipment, into=into, reason=REASON)
    actions.withdraw(record=draft, reason="Entered twice.")
    changes = {(one["type"], one["id"]): one for one in api.json(f"changes/?since={start}")["results"]}
    assert changes["equipment", "older-gun"]["state"] == "merged"
    assert changes["equipment", "older-gun"]["into"]["id"] == into.public_id
    gone = changes["transfer", draft.public_id]
    assert (gone["state"], gone["reason"]) == ("withdrawn", "Entered twice.")
    assert changes["citation", f"{draft.public_id}-c1"]["reason"] == "Entered twice."
    copy.follow()
    assert differing(copy.records, Copy(api).records) == []


def test_what_may_not_be_passed_on_is_counted_alone(api: Api):
    closed = factories.dataset("Closed", terms="closed", licence="All rights reserved")
    since = api.json("changes/")["cursor"]
    line = factories.transfer("Z1", dataset=closed)
    answer = api.json(f"changes/?since={since}")
    assert line.public_id not in str(answer)
    assert answer["meta"]["left_out"] == {"licence": len([line, *line.citations.all()])}


def test_what_names_a_record_is_told_with_it(api: Api):
    since = api.json("changes/")["cursor"]
    put(Country.objects.get(public_id="myanmar"), name="Burma")
    assert ("transfer", "articles-t44", "published") in told(api, since)


def test_pages_of_changes_are_in_order_and_leave_nothing_out(api: Api, monkeypatch: Any):
    since = api.json("changes/")["cursor"]
    for number in range(4):
        put(Country.objects.get(public_id="china"), summary=f"Summary {number}.")
        put(Equipment.objects.get(public_id="su-30"), summary=f"Summary {number}.")
    whole = api.json(f"changes/?since={since}")
    assert [int(one["version"]) for one in whole["results"]] == sorted(int(one["version"]) for one in whole["results"])
    assert len({(one["type"], one["id"]) for one in whole["results"]}) == len(whole["results"])
    most = max(RecordMove.objects.filter(number=move.number).count() for move in RecordMove.objects.all())
    monkeypatch.setattr("armsdb.api.changes.MOST", most)
    told_by_pages, path = set(), f"changes/?since={since}"
    while path:
        answer = api.json(path)
        told_by_pages |= {(one["type"], one["id"]) for one in answer["results"]}
        path = (answer["next"] or "").partition("/api/v1/")[2]
    assert told_by_pages == {(one["type"], one["id"]) for one in whole["results"]}
    assert answer["cursor"] == whole["cursor"]
    assert whole["cursor"].partition("-")[0] == whole["meta"]["data_version"]


def test_many_changes_at_once_are_told_as_many(api: Api, monkeypatch: Any):
    copy = Copy(api)
    monkeypatch.setattr(RecordMove, "MOST", 3)
    put(Country.objects.get(public_id="myanmar"), name="Burma")
    changes = api.json(f"changes/?since={copy.cursor}")["results"]
    [many] = [one for one in changes if one["type"] == "transfer"]
    assert (many["state"], many["id"]) == ("many", None)
    assert many["url"].endswith("/api/v1/transfers/")
    copy.follow()
    assert differing(copy.records, Copy(api).records) == []


def test_a_cursor_that_is_none_is_refused_and_one_too_old_is_gone(api: Api):
    version = api.json("changes/")["meta"]["data_version"]
    for cursor in ("abc", "-1", "", "1.5", "\u0661", "9" * 30, "1-", "1-xyz", str(int(version) + 1)):
        assert api.problem(f"changes/?since={cursor}", 400)["errors"][0]["parameter"] == "since"
    assert api.problem("changes/?sinse=1", 400)["errors"][0]["parameter"] == "sinse"
    put(Organisation.objects.get(public_id="rostec"), summary="Another.")
    put(Organisation.objects.get(public_id="rostec"), summary="Yet another.")
    RecordMove.objects.filter(number__lte=int(version) + 1).delete()
    assert "anew" in api.problem(f"changes/?since={version}", 410)["detail"]
    assert api.json(f"changes/?since={int(version) + 1}")["results"]


def test_who_follows_a_site_that_was_put_back_is_told_to_begin_anew(api: Api):
    """A backup was restored: first the client is ahead, then new edits pass its cursor under numbers given again."""
    with transaction.atomic():
        put(Country.objects.get(public_id="china"), summary="Lost.")
        put(Country.objects.get(public_id="china"), summary="Lost as well.")
        lost = api.json("changes/")["cursor"]
        transaction.set_rollback(True)
    memory.forget()
    assert "anew" in api.problem(f"changes/?since={lost}", 410)["detail"]
    for number in range(2):
        put(Country.objects.get(public_id="china"), summary=f"Other {number}.")
        memory.forget()
    now = api.json("changes/")["cursor"]
    assert now.partition("-")[0] == lost.partition("-")[0]
    assert "anew" in api.problem(f"changes/?since={lost}", 410)["detail"]
    put(Country.objects.get(public_id="china"), summary="Later.")
    assert "anew" in api.problem(f"changes/?since={lost}", 410)["detail"]
    assert told(api, now) == told(api, now.partition("-")[0]) != []


def test_a_plain_number_for_a_cursor_still_works_and_says_that_it_will_not(api: Api):
    cursor = api.json("changes/")["cursor"]
    old = api.ask(f"changes/?since={cursor.partition('-')[0]}")
    assert old.status_code == 200
    assert re.fullmatch(r"@\d+", old["Deprecation"])
    assert int(old["Deprecation"][1:]) + 365 * 24 * 3600 <= parse_http_date(old["Sunset"])
    assert 'rel="deprecation"' in old["Link"]
    assert 'rel="describedby"' in old["Link"]
    for path in ("changes/", f"changes/?since={cursor}", "changes/?since=0", "transfers/"):
        assert "Deprecation" not in api.ask(path)


def test_no_change_is_told_at_the_cost_of_the_version(api: Api, django_assert_num_queries: Any):
    since = api.json("changes/")["cursor"]
    first = api.ask(f"changes/?since={since}")
    with django_assert_num_queries(1):
        assert api.ask(f"changes/?since={since}", **{"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("number", [1, 20])
def test_changes_take_as_many_queries_for_one_record_as_for_twenty(
    api: Api, django_assert_num_queries: Any, number: int
):
    """The version, moves, whether they reach back; records, one query a kind; former ids; what may not be passed on."""
    since = api.json("changes/")["cursor"]
    for country in Country.objects.published()[:number]:
        put(country, summary="Another summary.")
    kinds = {one["type"] for one in api.json(f"changes/?since={since}")["results"]}
    with django_assert_num_queries(5 + len(kinds)):
        api.json(f"changes/?since={since}")


def test_every_version_has_a_move(seeded: None):
    """Guards the promise that nothing is left out between two cursors."""
    first = RecordMove.objects.order_by("number").first()
    assert first is not None
    put(Transfer.objects.get(public_id="articles-t44"), comment="Another.")
    numbers = set(RecordMove.objects.values_list("number", flat=True))
    assert numbers == set(range(min(numbers), max(numbers) + 1))
