"""The public data version: one number that grows with every change that readers can see."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

#: Where a kind would stand: the version that counts all kinds together.
OF_ALL = "all"


class DataVersion(models.Model):
    """The version at which the public records of one kind last changed; drafts never move it."""

    type = models.CharField(max_length=12, unique=True, help_text=_("The kind of record, as in the API."))
    number = models.PositiveBigIntegerField(help_text=_("The data version at its last change."))
    changed = models.DateTimeField(help_text=_("When it last changed, in UTC."))

    class Meta:
        ordering = ["type"]

    def __str__(self) -> str:
        return f"{self.type} {self.number}"


def versions() -> dict[str, tuple[int, Any]]:
    """The version of each kind and when it came, by TYPE; one query, put together here since every answer asks it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, number, changed FROM armsdb_dataversion")
        return {kind: (number, changed) for kind, number, changed in cursor.fetchall()}


def newest_version(types: Iterable[str]) -> int:
    """The newest version among these kinds; 0 where none was ever published."""
    known = versions()
    return max((known[kind][0] for kind in types if kind in known), default=0)


class TransferMoveQuerySet(models.QuerySet):
    def moved_between(self, before: int, now: int) -> set[int] | None:
        """The keys of the transfers that moved after one data version, until another; None where that is not known.

        It is not known where the log does not reach back so far, or where so many moved that they were not told.
        """
        told = list(self.filter(number__gte=before, number__lte=now).values_list("number", "transfer_id"))
        reaches_back = any(number == before for number, _key in told)
        keys = {key for number, key in told if number > before}
        return None if not reaches_back or None in keys else keys


class TransferMove(models.Model):
    """That a transfer came, changed or went with a data version; without a key, that many did."""

    #: So many are told one by one; and so many data versions are kept.
    MOST, KEPT = 500, 2_000

    number = models.PositiveBigIntegerField(db_index=True, help_text=_("The data version."))
    transfer_id = models.PositiveBigIntegerField(
        null=True, help_text=_("The key of the transfer; none where many moved.")
    )

    objects = TransferMoveQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number}: {self.transfer_id}"
