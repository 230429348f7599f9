"""Deciding whether two lines tell of one delivery, whether two records are one, and taking that back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from armsdb import actions
from armsdb.lib.vocab import Verdict
from armsdb.models import DataVersion, Distinction, Organisation, Transfer, TransferOverlap
from tests import factories
from tests.accounts import editor

pytestmark = pytest.mark.django_db
WHY = "Compared line by line."


@pytest.fixture
def pair(empty: Any) -> tuple[Transfer, Transfer]:
    """A line each of two datasets."""
    return factories.transfer(), factories.transfer("T2", dataset=factories.dataset("Other Data"))


def decide(pair: Any, verdict: Verdict, **more: Any) -> None:
    actions.decide_overlap(one=pair[0], other=pair[1], verdict=verdict, **{"reason": WHY, **more})


def verdicts() -> list[str]:
    return [row.verdict for row in TransferOverlap.objects.order_by("pk")]


def test_a_decision_is_kept_with_who_when_and_why(pair: Any) -> None:
    edith = editor()
    before = DataVersion.objects.get(type="transfer").number
    decide(pair[::-1], Verdict.SAME, user=edith)
    assert list(Transfer.objects.same_delivery_as(pair[0])) == [pair[1]]
    assert list(Transfer.objects.same_delivery_as(pair[1])) == [pair[0]]
    row = TransferOverlap.history.get()
    assert (row.history_user, row.history_change_reason, row.verdict) == (edith, WHY, "same")
    assert row.history_date > timezone.now() - timedelta(minutes=1)
    assert DataVersion.objects.get(type="transfer").number > before
    decide(pair, Verdict.SAME)
    assert TransferOverlap.history.count() == 1


def test_what_is_rejected_is_told_to_no_reader(pair: Any) -> None:
    decide(pair, Verdict.DIFFERENT)
    assert not Transfer.objects.overlapping(pair[0]).exists()
    assert not Transfer.objects.perhaps_overlapping(pair[0]).exists()
    assert list(actions.differences()) == []


@pytest.mark.parametrize("known", [True, False])
def test_taking_a_decision_back_leaves_the_pair_as_it_was(pair: Any, known: bool) -> None:
    """Guards a pair that a register or an editor told of before: it may still overlap; another is forgotten."""
    if known:
        actions.keep_overlaps(among=pair, pairs=[pair], reason=WHY)
    decide(pair, Verdict.SAME)
    decide(pair, Verdict.DIFFERENT)
    decide(pair, Verdict.OPEN)
    assert verdicts() == (["open"] if known else [])
    assert list(actions.differences()) == []


def test_only_published_lines_of_different_datasets_are_decided_on(pair: Any) -> None:
    beside = factories.transfer("T3")
    with pytest.raises(ValidationError, match="one dataset"):
        decide((pair[0], beside), Verdict.SAME)
    draft = factories.transfer("T4", dataset=pair[1].dataset, published=False)
    with pytest.raises(ValidationError, match="published"):
        decide((pair[0], draft), Verdict.SAME)
    with pytest.raises(ValidationError, match="Say why"):
        decide(pair, Verdict.SAME, reason=" ")
    assert verdicts() == []


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.DIFFERENT])
def test_a_register_that_is_read_again_decides_nothing_anew(pair: Any, verdict: Verdict) -> None:
    """Guards what an editor found against imports, which say again which lines may overlap, or no longer."""
    decide(pair, verdict)
    for pairs in ([pair], []):
        assert actions.keep_overlaps(among=pair, pairs=pairs, reason=WHY) == 0
        assert verdicts() == [verdict]
    with pytest.raises(ValidationError, match="Take that back first"):
        actions.keep_overlaps_of(transfer=pair[0], others=[pair[1]], reason=WHY)
    actions.keep_overlaps_of(transfer=pair[0], others=[], reason=WHY)
    assert verdicts() == [verdict]


def test_undo_takes_decisions_back_and_leaves_those_of_others(pair: Any) -> None:
    eve, mya = User.objects.create_user("eve"), User.objects.create_user("mya")
    third = factories.transfer("T3", dataset=pair[1].dataset)
    actions.keep_overlaps(among=pair, pairs=[pair], reason=WHY)
    since = timezone.now()
    decide(pair, Verdict.SAME, user=eve)
    decide((pair[0], third), Verdict.DIFFERENT, user=eve)
    decide((pair[0], third), Verdict.SAME, user=mya)
    told = actions.undo(account=eve, since=since)
    assert "transfers test-t1 / test-t2: overlap as before." in told
    assert "transfers test-t1 / test-t3: whether they overlap stays, mya changed it since." in told
    assert verdicts() == ["open", "same"]
    assert list(actions.differences()) == []


def test_records_are_told_apart_once_and_undo_takes_it_back() -> None:
    one, other = factories.organisation("Kestrel Works"), factories.organisation("Kestrel Works JSC", unmatched=True)
    eve = User.objects.create_user("eve")
    since = timezone.now()
    for record, beside in ((other, one), (one, other)):
        actions.tell_apart(record=record, other=beside, matched=True, user=eve, reason=WHY)
    other.refresh_from_db()
    assert other.unmatched is False
    assert Distinction.objects.get().history.get().history_change_reason == WHY
    assert list(actions.differences()) == []
    with pytest.raises(ValidationError, match="Two different records"):
        actions.tell_apart(record=one, other=one, reason=WHY)
    with pytest.raises(ValidationError, match="Two different records"):
        actions.tell_apart(record=one, other=factories.country(), reason=WHY)
    actions.undo(account=eve, since=since)
    assert Organisation.objects.get(pk=other.pk).unmatched is True
    assert not Distinction.objects.exists()
    assert list(actions.differences()) == []
