"""Writes over several transfers."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from armsdb.lib.vocab import Verdict
from armsdb.models import Transfer, TransferOverlap

from .saving import delete_row, make_known, refusal, save_row


@transaction.atomic
def keep_overlaps(
    *,
    among: Iterable[Transfer],
    pairs: Iterable[tuple[Transfer, Transfer]],
    user: AbstractUser | None = None,
    reason: str,
) -> int:
    """Let exactly these pairs of transfers be known as lines that may tell of one shipment; return the changes.

    Pairs with a transfer outside `among` are not touched, nor those that an editor has decided on.
    """
    transfers = {transfer.pk: transfer for transfer in among}
    wanted = {tuple(sorted((one.pk, other.pk))) for one, other in pairs if {one.pk, other.pk} <= transfers.keys()}
    known = TransferOverlap.objects.filter(first__in=transfers, second__in=transfers)
    wanted -= set(known.decided().values_list("first", "second"))
    rows: dict[Any, TransferOverlap] = {
        (row.first_id, row.second_id): row for row in known.filter(verdict=Verdict.OPEN)
    }
    for pair in rows.keys() - wanted:
        delete_row(rows[pair], user=user, reason=reason)
    for first, second in sorted(wanted - rows.keys()):
        save_row(TransferOverlap(first_id=first, second_id=second), user=user, reason=reason)
    changed = rows.keys() ^ wanted
    touched = {pk for pair in changed for pk in pair}
    if touched:
        make_known([transfers[pk] for pk in sorted(touched) if transfers[pk].is_published])
    return len(changed)


@transaction.atomic
def keep_overlaps_of(
    *, transfer: Transfer, others: Iterable[Transfer], user: AbstractUser | None = None, reason: str
) -> int:
    """Let exactly these be the lines that may tell of the same shipment as one transfer; return the changes."""
    now, wanted = set(Transfer.objects.perhaps_overlapping(transfer)), set(others)
    if transfer in wanted:
        raise refusal(_("A transfer does not overlap itself."), "may_overlap")
    decided = TransferOverlap.objects.decided().select_related("first", "second")
    for row in decided.filter(Q(first=transfer, second__in=wanted) | Q(second=transfer, first__in=wanted)):
        told = {"pair": str(row), "verdict": row.get_verdict_display()}
        raise refusal(_("An editor decided on %(pair)s: %(verdict)s. Take that back first.") % told, "may_overlap")
    among = {transfer.pk, *(other.pk for other in now | wanted)}
    kept = (
        TransferOverlap.objects.filter(first__in=among, second__in=among)
        .exclude(first=transfer)
        .exclude(second=transfer)
    )
    pairs = [(row.first, row.second) for row in kept.select_related("first", "second")]
    pairs += [(transfer, other) for other in wanted]
    return keep_overlaps(among=[transfer, *(now | wanted)], pairs=pairs, user=user, reason=reason)
