"""What the history tells of one account's changes since a time: what was before, and who changed it since."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from armsdb.models import CITABLE, Ownership, Record, Role, Transfer
from armsdb.models.values import ValueGroup

from .records import PARTS
from .saving import NOT_ASSIGNED, row_values

#: The kinds whose name follows from other columns.
TITLED = (Transfer, Ownership, Role)


@dataclass(frozen=True)
class Before:
    """A field as it was before an account changed it."""

    values: tuple[Any, ...] = ()
    #: Whether the account changed it, and it is not as before again.
    changed: bool = False
    #: Who changed it after the account; empty where nobody did.
    by: str = ""


@dataclass(frozen=True)
class Past:
    """One record that an account touched since a time, with its whole history, the oldest row first."""

    kind: type[Record]
    rows: list[Any]
    account: Any
    since: datetime

    def record(self) -> Any:
        """The record as it is now."""
        return self.kind._default_manager.get(pk=self.rows[-1].id)

    @property
    def label(self) -> str:
        return f"{self.kind.TYPE} {self.rows[-1].public_id}"

    def is_ours(self, row: Any) -> bool:
        """Whether a row of the history is one of the account's, since the time."""
        return bool(row.history_user_id == self.account.pk and row.history_date >= self.since)

    @property
    def made(self) -> bool:
        """Whether the account made the record."""
        return self.rows[0].history_type == "+" and self.is_ours(self.rows[0])

    def before(self, name: str) -> Before:
        """A field before the account changed it; what it changed last goes, down to what somebody else wrote."""
        attnames = columns(self.kind, name)
        values = [tuple(getattr(row, attname) for attname in attnames) for row in self.rows]
        changes = [at for at in range(1, len(values)) if values[at] != values[at - 1]]
        ours = [at for at in changes if self.is_ours(self.rows[at])]
        if not ours:
            return Before()
        if ours[-1] != changes[-1]:
            return Before(changed=values[-1] != values[ours[0] - 1], by=_who(self.rows[changes[-1]]))
        run = len(changes) - 1
        while run and self.is_ours(self.rows[changes[run - 1]]):
            run -= 1
        values_before = values[changes[run] - 1]
        return Before(values_before, changed=values[-1] != values_before)

    @cached_property
    def others(self) -> list[str]:
        """Who else worked on the record or its parts; what only follows from other records is no work on it."""
        found = {
            _who(row)
            for name in ("public_id", "state", *fields(self.kind))
            for earlier, row in zip(self.rows, self.rows[1:], strict=False)
            if not self.is_ours(row) and any(getattr(row, a) != getattr(earlier, a) for a in columns(self.kind, name))
        }
        for model, owner in PARTS.get(self.kind, {}).values():
            rows = model.history.filter(**{f"{owner}_id": self.rows[-1].id})  # type: ignore[attr-defined]
            found |= {_who(row) for row in rows if not self.is_ours(row)}
        return sorted(found)

    def parts_before(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each part that the account changed: as now, without what it added and with what it took away."""
        found = {}
        for name, (model, owner) in PARTS.get(self.kind, {}).items():
            of_record = {f"{owner}_id": self.rows[-1].id}
            history = [row for row in model.history.filter(**of_record) if self.is_ours(row)]  # type: ignore[attr-defined]
            added = {row.id for row in history if row.history_type == "+"}
            now = list(model._default_manager.filter(**of_record).order_by("pk"))
            kept = [row_values(row) for row in now if row.pk not in added]
            taken = [row_values(row.instance) for row in history if row.history_type == "-" and row.id not in added]
            lost = [values for values in taken if values not in map(row_values, now)]
            if lost or len(kept) < len(now):
                found[name] = [*kept, *lost]
        return found


def pasts(kind: type[Record], account: Any, since: datetime) -> Iterator[Past]:
    """The records of one kind, or with parts, that an account touched since a time, and that are still there."""
    ours = Q(history_user=account, history_date__gte=since)
    history: Any = kind.history  # type: ignore[attr-defined]
    touched = set(history.filter(ours).values_list("id", flat=True))
    for model, owner in PARTS.get(kind, {}).values():
        rows = model.history.filter(ours)  # type: ignore[attr-defined]
        touched |= set(rows.values_list(f"{owner}_id", flat=True)) - {None}
    for pk in kind._default_manager.filter(pk__in=touched).order_by("pk").values_list("pk", flat=True):
        yield Past(kind, list(history.filter(id=pk).order_by("history_id")), account, since)


def fields(kind: type[Record]) -> list[str]:
    """What can be written of a kind of record: its groups of columns, and the other columns."""
    groups = _groups(kind)
    inside = {column for name in groups for column in columns(kind, name)}
    derived = {"id", *CITABLE, *NOT_ASSIGNED, *(["name"] if issubclass(kind, TITLED) else [])}
    plain = [field for field in kind._meta.concrete_fields if field.editable and field.attname not in inside]
    return [*groups, *(field.name for field in plain if field.name not in derived)]


def columns(kind: type[Record], name: str) -> tuple[str, ...]:
    """The columns of a field; those of the state tell it whole."""
    if name == "state":
        return "state", "state_reason", "merged_into_id"
    group = _groups(kind).get(name)
    if group is not None:
        return tuple(f"{name}_{part}" for part in group._columns())
    return (kind._meta.get_field(name).attname,)  # type: ignore[union-attr]


def _groups(kind: type[Record]) -> dict[str, ValueGroup]:
    return {name: value for name, value in inspect.getmembers_static(kind) if isinstance(value, ValueGroup)}


def _who(row: Any) -> str:
    return row.history_user.get_username() if row.history_user else _("an import or a command")
