"""Writes over several transfers."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from armsdb.models import Transfer, TransferOverlap

from .saving import delete_row, make_known, save_row


@transaction.atomic
def keep_overlaps(
    *,
    among: Iterable[Transfer],
    pairs: Iterable[tuple[Transfer, Transfer]],
    user: AbstractUser | None = None,
    reason: str,
) -> int:
    """Let exactly these pairs of transfers be known as lines that may tell of one shipment; return the changes.

    Pairs with a transfer outside `among` are not touched.
    """
    transfers = {transfer.pk: transfer for transfer in among}
    wanted = {tuple(sorted((one.pk, other.pk))) for one, other in pairs if {one.pk, other.pk} <= transfers.keys()}
    rows: dict[Any, TransferOverlap] = {
        (row.first_id, row.second_id): row
        for row in TransferOverlap.objects.filter(first__in=transfers, second__in=transfers)
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
