"""The pages on which lines of different datasets are compared, and an editor decides."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armsdb import actions
from armsdb.admin import overlaps
from armsdb.lib.vocab import Verdict
from armsdb.models import Dataset, Transfer, TransferOverlap
from tests import factories
from tests.accounts import account
from tests.web.reading import Reading

pytestmark = pytest.mark.django_db
PROPOSED = reverse("admin:armsdb_transferoverlap_proposed")
PAIR = reverse("admin:armsdb_transferoverlap_pair")
LIST = reverse("admin:armsdb_transferoverlap_changelist")


def pair_of(number: int = 1) -> tuple[Transfer, Transfer]:
    """The same line in two datasets, told with another number."""
    other = Dataset.objects.filter(name="Other Data").first() or factories.dataset("Other Data")
    supplier = factories.country(f"Land {number}")
    told = {"supplier": supplier, "ordered": "2010", "delivered": "2012"}
    one = factories.transfer(f"A{number}", quantity_delivered="24", **told)
    return one, factories.transfer(f"B{number}", quantity_delivered="30", dataset=other, **told)


def address(pair: Any) -> str:
    return f"{PAIR}?first={pair[0].pk}&second={pair[1].pk}"


@pytest.fixture
def pair(empty: Any) -> tuple[Transfer, Transfer]:
    return pair_of()


def test_an_editor_confirms_a_likely_pair(pair: Any, editing: Client) -> None:
    listed = Reading(editing.get(PROPOSED).content.decode())
    assert address(pair) in dict(listed.links)
    page = Reading(editing.get(address(pair)).content.decode())
    for words in ("Told differently: quantity delivered.", "≠ 30", "One delivery: confirm"):
        assert words in page.text
    assert {citation.get_passage_url() for line in pair for citation in line.citations.all()} <= dict(page.links).keys()
    answer = editing.post(address(pair), {"verdict": "same", "reason": "Same contract."}, follow=True)
    assert answer.redirect_chain == [(PROPOSED, 302)]
    assert "Confirmed" in answer.content.decode()
    assert address(pair) not in dict(Reading(answer.content.decode()).links)
    row = TransferOverlap.objects.get()
    assert row.verdict == "same"
    told = Reading(editing.get(reverse("admin:armsdb_transferoverlap_change", args=[row.pk])).content.decode()).text
    for words in ("edith: one delivery", "Same contract.", "Take the decision back"):
        assert words in told
    assert "One delivery: confirm" not in told


def test_what_is_rejected_is_not_proposed_again_until_it_is_taken_back(pair: Any, editing: Client) -> None:
    editing.post(address(pair), {"verdict": "different", "reason": "Two contracts."})
    assert address(pair) not in dict(Reading(editing.get(PROPOSED).content.decode()).links)
    known = Reading(editing.get(LIST).content.decode())
    assert "different deliveries" in known.text
    assert known.link("Likely pairs") == PROPOSED
    editing.post(address(pair), {"verdict": "open", "reason": "Looked again."})
    assert not TransferOverlap.objects.exists()
    assert address(pair) in dict(Reading(editing.get(PROPOSED).content.decode()).links)
    assert "taken back" in Reading(editing.get(address(pair)).content.decode()).text


def test_a_decision_needs_a_reason_and_is_one_of_three(pair: Any, editing: Client) -> None:
    for sent in ({"verdict": "same", "reason": ""}, {"verdict": "perhaps", "reason": "So."}, {}):
        answer = editing.post(address(pair), sent)
        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode()
    beside = factories.transfer("A9")
    refused = editing.post(address((pair[0], beside)), {"verdict": "same", "reason": "So."})
    assert "only lines of different datasets are compared" in refused.content.decode()
    assert not TransferOverlap.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["?first=1", "?first=x&second=y", "?first=1&second=" + "9" * 30, "?first=0&second=0"],
)
def test_pairs_that_are_none_are_not_found(query: str, pair: Any, editing: Client) -> None:
    assert editing.get(PAIR + query).status_code == 404


@pytest.mark.parametrize("after", ["", "1", "x-y", "1-" + "9" * 30, "-"])
def test_the_list_does_not_go_on_behind_what_is_no_pair(after: str, pair: Any, editing: Client) -> None:
    assert editing.get(PROPOSED, {"after": after}).status_code == 404


def test_the_list_goes_on_page_by_page(empty: Any, editing: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(overlaps, "MOST", 2)
    pairs = [pair_of(number) for number in range(3)]
    page = Reading(editing.get(PROPOSED).content.decode())
    assert [address(pair) in dict(page.links) for pair in pairs] == [True, True, False]
    rest = Reading(editing.get(PROPOSED + page.link("More pairs")).content.decode())
    assert [address(pair) in dict(rest.links) for pair in pairs] == [False, False, True]


def test_staff_without_a_group_decides_nothing(pair: Any, client: Client) -> None:
    client.force_login(account("staff"))
    for path in (PROPOSED, address(pair), LIST):
        assert client.get(path).status_code == 403
    assert client.post(address(pair), {"verdict": "same", "reason": "So."}).status_code == 403
    assert not TransferOverlap.objects.exists()


def test_each_page_needs_as_many_queries_for_twenty_pairs_as_for_one(empty: Any, editing: Client) -> None:
    """Guards the lists of likely and of known pairs, and the page of a pair with its history."""
    needed = []
    for last in (1, 20):
        for number in range(1 if last == 1 else 2, last + 1):
            known, other = pair_of(number), pair_of(number + 100)
            actions.decide_overlap(one=known[0], other=known[1], verdict=Verdict.SAME, reason="So.")
            actions.decide_overlap(one=known[0], other=known[1], verdict=Verdict.DIFFERENT, reason="No.")
        counts = []
        for path in (PROPOSED, LIST, address(known)):
            with CaptureQueriesContext(connection) as asked:
                assert editing.get(path).status_code == 200
            counts.append(len(asked))
        needed.append(counts)
        for number in range(3 if last == 1 else 0):  # a longer history of the first
            verdict = (Verdict.SAME, Verdict.DIFFERENT)[number % 2]
            actions.decide_overlap(one=other[0], other=other[1], verdict=verdict, reason="So.")
            actions.decide_overlap(one=other[0], other=other[1], verdict=Verdict.OPEN, reason="So.")
    assert needed[0] == needed[1]
