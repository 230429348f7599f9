"""The saves of a record, and of what has no page but its own, as the history tables have them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from armsdb.lib.vocab import State, Verdict

from .base import Record
from .citations import Citation
from .countries import Country
from .creations import as_made
from .datasets import Dataset, DatasetVersion
from .facts import Fact
from .organisations import Organisation
from .ownerships import Ownership
from .parts import PARTS
from .people import Person
from .roles import Role
from .transfer_rows import TransferOverlap
from .transfers import Transfer


@dataclass(frozen=True)
class Table:
    """The history of one table, as far as it belongs to the page of a record."""

    versions: QuerySet
    kind: type[Record]
    part: str = ""
    owners: tuple[str, ...] = ("id",)

    def read(self) -> Iterator["Version"]:
        """Its saves, the oldest first; one query."""
        for row in self.versions.order_by("history_date", "history_id"):
            yield Version(self, row)


@dataclass(frozen=True)
class Version:
    """A row as one save left it."""

    table: Table
    row: Any

    @property
    def key(self) -> tuple[str, int]:
        """What all versions of a row have in common."""
        return self.table.part, self.row.id

    @property
    def is_shown(self) -> bool:
        """Whether readers see the row, where they see the record that it belongs to."""
        shown = getattr(self.row, "state", State.PUBLISHED) == State.PUBLISHED
        told = getattr(self.row, "verdict", Verdict.OPEN) != Verdict.DIFFERENT
        return bool(self.row.history_type != "-" and shown and told)


def tables_of_page(record: Record) -> Iterator[Table]:
    """The histories of the record, and of the facts that have no page but its own, with all that belongs to them."""
    yield from tables_of(type(record), [record.pk])
    if isinstance(record, Person):
        yield from tables_of(Role, Role.objects.published().filter(person=record).values("pk"))
    elif isinstance(record, Organisation):
        unnamed = Role.objects.published().filter(person=None)
        yield from tables_of(Role, unnamed.filter(of_organisation=record).values("pk"))
        yield from tables_of(Ownership, Ownership.objects.published().filter(child=record).values("pk"))
    elif isinstance(record, Country):
        unnamed = Role.objects.published().filter(person=None, of_organisation=None)
        yield from tables_of(Role, unnamed.filter(of_country=record).values("pk"))


def tables_of(kind: Any, keys: Any) -> Iterator[Table]:
    """The histories of some records of a kind, with all that belongs to them."""
    yield Table(kind.history.filter(id__in=keys), kind)
    parts: dict[str, tuple[Any, tuple[str, ...]]] = {
        name: (model, (owner,)) for name, (model, owner) in PARTS.get(kind, {}).items()
    }
    if kind is Transfer:
        parts["may_overlap"] = TransferOverlap, ("first", "second")
    if kind is Dataset:
        parts["versions"] = DatasetVersion, ("dataset",)
    if issubclass(kind, Fact):
        parts["citations"] = Citation, (kind.TYPE,)
    for name, (model, owners) in parts.items():
        condition = Q()
        for owner in owners:
            condition |= Q(**{f"{owner}__in": keys})
        yield Table(model.history.filter(condition), kind, name, tuple(f"{owner}_id" for owner in owners))


def as_imported(record: Record, tables: list[Table], have: set[tuple[str, int]]) -> Iterator[Version]:
    """How the rows of an imported fact began that have no history: as they are."""
    run = record.import_run if isinstance(record, Fact) else None
    if run is None:
        return
    for table in tables:
        model = table.versions.model.instance_type
        for owner in table.owners:
            for row in model._base_manager.filter(**{owner: record.pk}):
                if (table.part, row.pk) not in have:
                    yield Version(table, as_made(row, run))
