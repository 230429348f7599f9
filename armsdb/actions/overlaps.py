"""Deciding whether two lines tell of one delivery, and taking that back."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from armsdb.lib.vocab import Verdict
from armsdb.models import Transfer, TransferOverlap

from .saving import delete_row, make_known, refusal, save_row


@transaction.atomic
def decide_overlap(
    *, one: Transfer, other: Transfer, verdict: Verdict, user: AbstractUser | None = None, reason: str
) -> None:
    """Say that two lines of different datasets tell of one delivery, or of two.

    `Verdict.OPEN` takes back what was decided: the pair is as it was before anybody compared it.
    """
    if not reason.strip():
        raise refusal(_("Say why: the history keeps it."))
    if one.dataset_id == other.dataset_id:
        raise refusal(_("What one dataset tells in two lines is two; only lines of different datasets are compared."))
    first, second = sorted((one, other), key=lambda transfer: transfer.pk)
    row = TransferOverlap.objects.select_for_update().filter(first=first, second=second).first()
    if row is not None and verdict == row.verdict:
        return
    if verdict == Verdict.OPEN:
        wanted = Verdict.OPEN if row is not None and row.was_open() else None
    else:
        if not (first.is_published and second.is_published):
            raise refusal(_("Only published lines are compared."))
        wanted = verdict
    set_overlap(first=first, second=second, verdict=wanted, user=user, reason=reason)


@transaction.atomic
def set_overlap(
    *, first: Transfer, second: Transfer, verdict: Verdict | None, user: AbstractUser | None = None, reason: str
) -> None:
    """Let a pair have this verdict, or none: then nothing is known of it."""
    row = TransferOverlap.objects.filter(first=first, second=second).first()
    if verdict is None:
        if row is None:
            return
        delete_row(row, user=user, reason=reason)
    else:
        row = row or TransferOverlap(first=first, second=second)
        row.verdict = verdict
        save_row(row, user=user, reason=reason)
    make_known(transfer for transfer in (first, second) if transfer.is_published)
