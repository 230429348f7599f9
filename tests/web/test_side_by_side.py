"""Lines of several datasets that tell of one delivery, on the page of each; nothing of what was rejected."""

from typing import Any

import pytest

from armsdb import actions
from armsdb.lib.vocab import Verdict
from armsdb.models import Transfer, TransferOverlap
from tests import factories

SAME = "The same delivery in other datasets"
PERHAPS = "May be the same as"


@pytest.fixture
def pair(empty: Any) -> tuple[Transfer, Transfer]:
    one = factories.transfer(delivered="2012", quantity_delivered="24", status="delivered")
    other = factories.transfer("T2", dataset=factories.dataset("Other Data"), delivered="2013", quantity_delivered="24")
    return one, other


def decide(pair: Any, verdict: Verdict) -> None:
    actions.decide_overlap(one=pair[0], other=pair[1], verdict=verdict, reason="Compared.")


@pytest.mark.parametrize("place", [0, 1])
def test_confirmed_lines_stand_side_by_side_with_their_places(pair: Any, read: Any, place: int) -> None:
    """Guards the page of either line: each field, a mark and words where they differ, each passage one click away."""
    decide(pair, Verdict.SAME)
    page = read(pair[place].get_absolute_url())
    assert ("h2", SAME) in page.headings
    assert "Told differently: date of delivery." in page.text
    assert "Date of delivery ≠ told differently" in page.text
    assert f"≠ {('2013', '2012')[place]}" in page.text
    assert "Quantity delivered 24 24" in page.text
    assert "Status" in page.text
    links = dict(page.links)
    assert pair[1 - place].get_absolute_url() in links
    assert {citation.get_passage_url() for line in pair for citation in line.citations.all()} <= links.keys()
    assert ("h2", PERHAPS) not in page.headings


def test_what_was_rejected_is_not_shown_and_what_is_open_is_as_before(pair: Any, read: Any, client: Any) -> None:
    actions.keep_overlaps(among=pair, pairs=[pair], reason="May be one.")
    page = read(pair[0].get_absolute_url())
    assert ("h2", PERHAPS) in page.headings
    assert SAME not in page.text
    decide(pair, Verdict.DIFFERENT)
    page = read(pair[0].get_absolute_url())
    assert ("h2", PERHAPS) not in page.headings
    assert SAME not in page.text
    assert pair[1].get_absolute_url() not in dict(page.links)
    assert "different deliveries" not in page.text


def test_what_became_of_a_pair_is_told_in_the_history(pair: Any, read: Any) -> None:
    actions.keep_overlaps(among=pair, pairs=[pair], reason="May be one.")
    decide(pair, Verdict.SAME)
    told = read(f"{pair[0].get_absolute_url()}history/").text
    assert str(pair[1]) in told
    assert "found to be one delivery" in told


def test_a_line_that_was_withdrawn_does_not_stand_beside_another(pair: Any, read: Any) -> None:
    decide(pair, Verdict.SAME)
    actions.withdraw(record=pair[1], reason="Told twice.")
    assert SAME not in read(pair[0].get_absolute_url()).text


def test_the_api_tells_confirmed_and_open_lines_and_no_rejected_one(pair: Any, client: Any) -> None:
    def told() -> list[str]:
        answer = client.get(f"/api/v1/transfers/{pair[0].public_id}/").json()
        return [other["id"] for other in answer["may_overlap"]]

    assert told() == []
    decide(pair, Verdict.SAME)
    assert told() == [pair[1].public_id]
    decide(pair, Verdict.DIFFERENT)
    assert told() == []


def test_totals_never_add_the_two(pair: Any, client: Any) -> None:
    """Guards the sum of registers: a delivery that two tell stands in each of them, never in one total."""
    decide(pair, Verdict.SAME)
    results = client.get("/api/v1/transfers/summary/?group_by=supplier").json()["results"]
    assert [(row["dataset"]["id"], row["transfers"]) for row in results] == [("test-other-data", 1), ("test-tests", 1)]


def test_the_page_needs_as_many_queries_for_twenty_lines_as_for_one(pair: Any, queries: Any) -> None:
    """Guards the lines beside it (1) and their citations (1)."""
    needed = []
    decide(pair, Verdict.SAME)
    for last in (1, 20):
        for number in range(1 if last == 1 else 2, last + 1):
            other = factories.transfer(f"U{number}", dataset=pair[1].dataset)
            TransferOverlap.objects.create(first=pair[0], second=other, verdict=Verdict.SAME)
        needed.append(queries(pair[0].get_absolute_url()))
    assert needed[0] == needed[1]
