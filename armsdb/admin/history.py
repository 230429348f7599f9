"""The history of a record as the desk tells it: who changed what, when and why, with each field before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.actions import PARTS
from armsdb.lib.word_differences import Piece, pieces_of
from armsdb.models import Citation, Fact, Record, Transfer, TransferOverlap
from armsdb.models.changes import PAUSE

from .in_words import InWords


@dataclass(frozen=True)
class Difference:
    """One field of a row, before and after."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The words of a long text that were taken away and put in, among those that stayed."""
        return pieces_of(self.before, self.after)


@dataclass(frozen=True)
class Row:
    """What happened to one row: to the record itself (`part` is empty), or to a row of a part."""

    part: str
    did: str
    differences: list[Difference]

    @property
    def had_nothing(self) -> bool:
        """Whether nothing stood there before."""
        return not any(difference.before for difference in self.differences)


@dataclass(frozen=True)
class Change:
    """What one person did at once, for one reason; `updated` is what the record then had there."""

    when: datetime
    who: str
    why: str
    rows: list[Row]
    updated: datetime | None


@dataclass(frozen=True)
class _Version:
    """A row as one save left it, and as it was before; `part` is empty for the record itself."""

    part: str
    row: Any
    before: Any


def changes_of(record: Record) -> list[Change]:
    """Every change of a record, the newest first; one query for each table, and one for each kind that is named."""
    versions = sorted(_versions(record), key=lambda version: (version.row.history_date, version.row.history_id))
    words = InWords(version.row.instance for version in versions)
    return [_change(together, words, record) for together in reversed(list(_grouped(versions)))]


def changes_since(record: Record, updated: datetime) -> list[Change]:
    """What was changed after the record had this `updated`."""
    return [change for change in changes_of(record) if change.updated is None or change.updated > updated]


def _tables(record: Any) -> Iterator[tuple[str, Any]]:
    """The history of each table that holds a piece of the record, with what the desk calls the piece."""
    kind = type(record)
    yield "", kind.history.filter(id=record.pk)
    for _part, (model, owner) in PARTS.get(kind, {}).items():
        yield str(model._meta.verbose_name), model.history.filter(**{owner: record.pk})  # type: ignore[attr-defined]
    if isinstance(record, Fact):
        yield str(_("citation")), Citation.history.filter(**{kind.TYPE: record.pk})
    if isinstance(record, Transfer):
        either = models.Q(first=record.pk) | models.Q(second=record.pk)
        yield str(_("may overlap")), TransferOverlap.history.filter(either)


def _versions(record: Record) -> Iterator[_Version]:
    for part, rows in _tables(record):
        last: dict[int, Any] = {}
        for row in rows.select_related("history_user").order_by("history_date", "history_id"):
            yield _Version(part, row, last.get(row.id))
            last[row.id] = row


def _grouped(versions: list[_Version]) -> Iterator[list[_Version]]:
    together: list[_Version] = []
    for version in versions:
        if together and not _is_one_change(together[-1].row, version.row):
            yield together
            together = []
        together.append(version)
    if together:
        yield together


def _is_one_change(one: Any, next_: Any) -> bool:
    same_hand = (
        one.history_user_id == next_.history_user_id and one.history_change_reason == next_.history_change_reason
    )
    return bool(same_hand and next_.history_date - one.history_date <= PAUSE)


def _change(together: list[_Version], words: InWords, record: Record) -> Change:
    last = together[-1].row
    return Change(
        when=last.history_date,
        who=str(last.history_user or _("an import or a command")),
        why=last.history_change_reason or "",
        rows=sorted(_rows(together, words, record), key=lambda row: bool(row.part)),
        updated=max((version.row.updated for version in together if not version.part), default=None),
    )


def _rows(together: list[_Version], words: InWords, record: Record) -> Iterator[Row]:
    """What a change did to each row: as it was before its first save, and as the last one left it."""
    saves: dict[tuple[str, int], list[_Version]] = {}
    for version in together:
        saves.setdefault((version.part, version.row.id), []).append(version)
    for first, *_between, last in ((versions[0], *versions) for versions in saves.values()):
        after = None if last.row.history_type == "-" else last.row
        if first.before is None and after is None:
            continue
        old, new = ({} if row is None else words.values(row.instance, record) for row in (first.before, after))
        did = _("added") if first.before is None else _("removed") if after is None else _("changed")
        labels = [label for label in old | new if old.get(label) != new.get(label)]
        if labels:
            part = f"{first.part} {last.row.public_id}" if first.part and hasattr(last.row, "public_id") else first.part
            yield Row(
                capfirst(part), did, [Difference(label, old.get(label, ""), new.get(label, "")) for label in labels]
            )
