"""What stands beside records: deals, and the editions of datasets. They have a history, and no state of their own."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from armsdb.models import DatasetVersion, Deal

from .ids import id_of_fact
from .saving import assign, make_known, save_row


@transaction.atomic
def keep(
    *, row: Deal | DatasetVersion, values: Mapping[str, Any], user: AbstractUser | None = None, reason: str
) -> Deal | DatasetVersion:
    """Bring a deal or an edition to these values; what tells readers of it counts as changed.

    The id of a new deal is made of its dataset and its name, and stays.
    """
    assign(row, values)
    if isinstance(row, Deal) and not row.public_id:
        row.public_id = id_of_fact(dataset=row.dataset, key=row.name)
    save_row(row, user=user, reason=reason)
    telling = row.transfers.all() if isinstance(row, Deal) else [row.dataset]
    make_known(record for record in telling if record.is_published)
    return row
