"""The public data version: one number that grows with every change that readers can see."""

from collections.abc import Iterable, Mapping
from datetime import datetime
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


def versions() -> dict[str, tuple[int, datetime]]:
    """The version of each kind and when it came, by TYPE; one query."""
    return parsed(stamps())


def stamps() -> list[tuple[str, int, str]]:
    """The versions as the database writes them: every answer asks, and most only whether they are still the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, number, CAST(changed AS text) FROM armsdb_dataversion ORDER BY type")
        return cursor.fetchall()


def parsed(told: Iterable[tuple[str, int, str]]) -> dict[str, tuple[int, datetime]]:
    """What stamps tell: the version of each kind and when it came, by TYPE."""
    return {kind: (number, datetime.fromisoformat(changed)) for kind, number, changed in told}


def newest_of(known: Mapping[str, tuple[int, Any]], types: Iterable[str]) -> int:
    """The newest among the versions of these kinds; 0 where none was ever published."""
    return max((known[kind][0] for kind in types if kind in known), default=0)


class RecordMoveQuerySet(models.QuerySet):
    def moved_between(self, kind: str, before: int, now: int) -> set[int] | None:
        """The keys of the records of a kind that moved after one data version, until another; None where not known.

        It is not known where the log does not reach back so far, or where so many moved that they were not told.
        """
        told = self.filter(type=kind, number__gte=before, number__lte=now).values_list("number", "record_id")
        reaches_back = any(number == before for number, _key in told)
        keys = {key for number, key in told if number > before}
        return None if not reaches_back or None in keys else keys

    def since(self, number: int, most: int) -> list[Any]:
        """So many moves after a data version, in their order; of one data version all or none."""
        found: list[Any] = list(self.filter(number__gt=number).order_by("number", "id")[: most + 1])
        if len(found) > most:
            found = [move for move in found if move.number < found[-1].number]
        return found

    def moments(self, number: int) -> dict[int, Any]:
        """When a data version and the next one came, of those that are known; with neither some moves are forgotten."""
        return dict(self.filter(number__in=(number, number + 1)).values_list("number", "moment"))


def moved_since(kind: str, old: tuple[Any, Any], new: tuple[Any, Any]) -> set[int] | None:
    """The keys of the records of a kind that moved from one version to another, each with its database.

    None where that is not known, or too many.
    """
    (database, before), (other, now) = old, new
    if database != other or before is None or now is None or now[0] <= before[0]:
        return None
    return RecordMove.objects.moved_between(kind, before[0], now[0])


class RecordMove(models.Model):
    """That a record came, changed or went with a data version; without a key, that many of its kind did.

    Every data version has at least one. Who moves the data version holds its row until all is committed, so that no
    number is seen before a smaller one, and none is left out.
    """

    #: So many of one data version are told one by one; and so many data versions are kept.
    MOST, KEPT = 500, 20_000

    number = models.PositiveBigIntegerField(db_index=True, help_text=_("The data version."))
    type = models.CharField(max_length=12, help_text=_("The kind of record, as in the API."))
    record_id = models.PositiveBigIntegerField(null=True, help_text=_("The key of the record; none where many moved."))
    moment = models.DateTimeField(
        null=True, help_text=_("When the data version came: after a backup was restored numbers are given again.")
    )

    objects = RecordMoveQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number}: {self.type} {self.record_id}"
