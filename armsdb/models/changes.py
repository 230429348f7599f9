"""What readers may know of how a record came to be what it is: each change since it was first published.

Told from the history tables. A change is told by what readers saw before it and after it, so what was a draft
meanwhile, or only while the record was not shown, is never told; nor is who made it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from armsdb.lib.reasons import for_readers
from armsdb.lib.vocab import State

from .base import Record
from .citations import CITABLE, Citation
from .ownerships import Ownership
from .roles import Role
from .saves import Version, as_imported, tables_of_page
from .transfers import Transfer
from .values import groups_of

#: Saves by one hand and for one reason that lie no further apart are one change.
PAUSE = timedelta(seconds=10)
#: Columns that are told by what happened, that lead nowhere, or that follow from others.
_UNTOLD = {"state", "state_reason", "merged_into", "key", "unmatched"}
_DERIVED: dict[type[models.Model], set[str]] = {
    Transfer: {"name"},
    Ownership: {"name"},
    Role: {"name"},
    Citation: {"public_id", *CITABLE},
}


class Did(StrEnum):
    """What a change did to a row, as readers see it."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RETURNED = "returned"


@dataclass(frozen=True)
class Step:
    """What a change did to one row: to a record (`part` is empty), or to a row of one of its parts.

    `owner` is the record as it is after the change. Rows are as they were, never to be saved; `fields` are those in
    which they differ. What a row refers to is joined, but for records that were only ever drafts.
    """

    owner: Any
    part: str
    did: Did
    before: Any = None
    after: Any = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What one action, or one run, did to what readers see of a record."""

    when: datetime
    why: str
    steps: list[Step]


class _Owner:
    """A record with its parts and citations: what they are now, and what readers last saw of them."""

    def __init__(self, kind: type[Record], pk: int) -> None:
        self.own = ("", pk)
        self.kind = kind
        self.rows: dict[tuple[str, int], Version] = {}
        self.seen: dict[tuple[str, int], Version] = {}
        self.is_seen = False

    def look(self) -> Iterator[Step]:
        """What readers see otherwise than when they last looked."""
        if self.own not in self.rows or not self.rows[self.own].is_shown:
            if self.is_seen:
                self.is_seen = False
                yield self._step("", Did.REMOVED, before=self.seen[self.own])
            return
        before, was_seen = self.seen, self.is_seen
        self.seen = {key: version for key, version in self.rows.items() if version.is_shown}
        self.is_seen = True
        if not before:
            yield self._step("", Did.ADDED, after=self.seen[self.own])
            return
        if not was_seen:
            yield self._step("", Did.RETURNED, after=self.seen[self.own])
        for key in [*before, *(key for key in self.seen if key not in before)]:
            yield from self._compare(key[0], before.get(key), self.seen.get(key))

    def _compare(self, part: str, before: Version | None, after: Version | None) -> Iterator[Step]:
        if before is after:
            return
        if before is None or after is None:
            yield self._step(part, Did.ADDED if before is None else Did.REMOVED, before, after)
        else:
            step = self._step(part, Did.CHANGED, before, after)
            if step.fields:
                yield step

    def _step(self, part: str, did: Did, before: Version | None = None, after: Version | None = None) -> Step:
        old, new = (version.row.instance if version else None for version in (before, after))
        fields = _differing(old, new) if did is Did.CHANGED else ()
        return Step(self.seen[self.own].row.instance, part, did, old, new, fields)


def changes_of(record: Record) -> list[Change]:
    """Every change that readers can know of, the newest first; the last one is that the record was first shown.

    Costs one query for each table whose rows are part of the record or have no page but its own, and one for each
    kind of record that changes name, however many changes there are.
    """
    tables = list(tables_of_page(record))
    read = [version for table in tables for version in table.read()]
    versions = sorted([*as_imported(record, tables, {version.key for version in read}), *read], key=_when)
    page = _Owner(type(record), record.pk)
    owners: dict[tuple[type[Record], int], _Owner] = {(type(record), record.pk): page}
    changes = []
    for together in _grouped(versions):
        for version in together:
            owner = _owner_of(version, owners)
            owner.rows[version.key] = version
        entered = not page.seen
        looks = [list(owner.look()) for owner in owners.values()]
        steps = looks[0] if entered else [step for look in looks for step in look]
        if steps:
            last = together[-1].row
            changes.append(Change(last.history_date, for_readers(last.history_change_reason or ""), steps))
    _join([step for change in changes for step in change.steps])
    told = [Change(change.when, change.why, [step for step in change.steps if _is_told(step)]) for change in changes]
    return [change for change in reversed(told) if change.steps]


def withdrawn_on(record: Record) -> datetime:
    """When a withdrawn record was withdrawn; one query."""
    since = record.updated
    for state, when in type(record).history.filter(id=record.pk).values_list("state", "history_date"):  # type: ignore[attr-defined]
        if state != State.WITHDRAWN:
            break
        since = when
    return since


@cache
def told_fields(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a record, and its groups of columns by one name, whose changes are told."""
    groups = groups_of(model)
    untold = {column for group in groups.values() for column in group.column_names()}
    untold |= _UNTOLD | _DERIVED.get(model, set())
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]
    kept = [field.name for field in columns if field.editable or field.name == "evidence"]
    return (*(name for name in kept if name not in untold), *groups)


def _owner_of(version: Version, owners: dict[tuple[type[Record], int], _Owner]) -> _Owner:
    """The record that a row belongs to; the first row that tells of a record makes its entry."""
    kind = version.table.kind
    keys = [(kind, getattr(version.row, column)) for column in version.table.owners]
    known = next((key for key in keys if key in owners), keys[0])
    return owners.setdefault(known, _Owner(*known))


def _when(version: Version) -> datetime:
    when: datetime = version.row.history_date
    return when


def _grouped(versions: list[Version]) -> Iterator[list[Version]]:
    """The saves that are one change: by one hand, for one reason, one shortly after the other."""
    together: list[Version] = []
    hand = attrgetter("row.history_user_id", "row.history_change_reason")
    for version in versions:
        if together and (hand(version) != hand(together[-1]) or _when(version) - _when(together[-1]) > PAUSE):
            yield together
            together = []
        together.append(version)
    if together:
        yield together


def _differing(before: Any, after: Any) -> tuple[str, ...]:
    columns = {field.name: field.attname for field in before._meta.concrete_fields}
    if isinstance(before, Record):
        fields: Iterable[str] = told_fields(type(before))
    else:
        fields = columns
    names = {field: columns.get(field, field) for field in fields}
    return tuple(field for field, name in names.items() if getattr(before, name) != getattr(after, name))


# --- what rows refer to


def _join(steps: list[Step]) -> None:
    """Set what readers are told of, from one query a kind; what was withdrawn since has no name any more."""
    told = [(row, field) for step in steps for row in (step.before, step.after) for field in _references(step, row)]
    wanted: dict[type[models.Model], set[int]] = {}
    for row, field in told:
        wanted.setdefault(field.related_model, set()).add(getattr(row, field.attname))
    found = {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()}
    for row, field in told:
        record = found[field.related_model].get(getattr(row, field.attname))
        field.set_cached_value(row, _shown(field.related_model, record))


def _references(step: Step, row: Any) -> list[Any]:
    """The references of a row, as far as they are set and the step tells of them."""
    if row is None:
        return []
    named: set[str] = set(step.fields)
    if step.part == "citations":
        named.add("source")
    elif step.part:
        named = {field.name for field in row._meta.concrete_fields}
    return [field for field in row._meta.concrete_fields if field.is_relation and _is_set(field, row, named)]


def _is_set(field: Any, row: Any, named: set[str]) -> bool:
    return field.name in named and getattr(row, field.attname) is not None


def _shown(model: type[models.Model], record: Any) -> Any:
    """A record that is referred to, nameless where it was taken away; None where readers never saw it."""
    state = getattr(record, "state", State.PUBLISHED) if record else State.WITHDRAWN
    if state == State.DRAFT:
        return None
    return record if state == State.PUBLISHED else model(name=_("a record that is not shown any more"))


def _is_told(step: Step) -> bool:
    """Whether a row of a part, or a citation, names nothing that readers never saw."""
    row = step.after if step.after is not None else step.before
    return not step.part or all(field.get_cached_value(row) is not None for field in _references(step, row))
