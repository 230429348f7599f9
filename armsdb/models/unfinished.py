"""What the desk has in hand, over all kinds of record: drafts, and disputed facts that were lately changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Subquery, Value

from armsdb.lib.vocab import State

from .base import Record, kinds
from .citations import Citation
from .facts import Fact
from .proposals import Proposal


@dataclass(frozen=True)
class Line:
    """A record in a list of several kinds: enough to name it and to lead to it; one query fetches a whole list."""

    type: str
    pk: int
    public_id: str
    name: str
    updated: datetime
    #: Whether it has what its publication takes: of a fact, a passage that supports it.
    ready: bool
    #: The account that changed it last; None where it was none.
    by: str | None

    @property
    def kind(self) -> Any:
        """The kind of record that it is."""
        return kinds()[self.type]

    @property
    def kind_in_words(self) -> str:
        return str(self.kind._meta.verbose_name)


def drafts_of(user: Any, most: int) -> list[Line]:
    """The drafts that this person began, those worked on last first."""
    return _lines(_all_kinds(), lambda rows: rows.filter(state=State.DRAFT).filter(_begun_by(rows, user)), most)


def drafts_of_others(user: Any, most: int, *, ready: bool | None = None) -> list[Line]:
    """The drafts that others began: all, or those that nobody has proposed though they are ready, or the unready."""

    def kept(rows: QuerySet) -> QuerySet:
        rows = rows.filter(state=State.DRAFT).exclude(_begun_by(rows, user))
        if ready is None:
            return rows
        return rows.filter(ready=True).exclude(_proposed(rows)) if ready else rows.filter(ready=False)

    return _lines(_all_kinds(), kept, most)


def disputed(most: int) -> list[Line]:
    """The published facts that somebody denies or questions, those changed last first."""
    facts = [kind for kind in kinds().values() if issubclass(kind, Fact)]
    return _lines(facts, lambda rows: rows.published().disputed(), most)


def _all_kinds() -> list[type[Record]]:
    """The kinds with a name of their own; a citation is part of its fact."""
    return [kind for kind in kinds().values() if kind is not Citation]


def _lines(asked: Iterable[type[Record]], keep: Callable[[Any], QuerySet], most: int) -> list[Line]:
    first, *others = [keep(_told(kind)).values_list(*_COLUMNS) for kind in asked]
    rows = first.union(*others, all=True).order_by("-updated", "public_id")[:most]
    return [Line(*row) for row in rows]


_COLUMNS = ("of_kind", "pk", "public_id", "name", "updated", "ready", "last_by")


def _told(kind: Any) -> QuerySet:
    ready: Any = Value(True, output_field=BooleanField())
    if issubclass(kind, Fact):
        ready = Exists(Citation.objects.published().supporting().filter(**{kind.TYPE: OuterRef("pk")}))
    last = kind.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    return kind._default_manager.order_by().annotate(
        of_kind=Value(kind.TYPE),
        ready=ready,
        last_by=Subquery(last.values("history_user__username")[:1]),
    )


def _proposed(rows: QuerySet) -> Q:
    kind: Any = rows.model
    return Q(Exists(Proposal.objects.waiting().filter(type=kind.TYPE, record_id=OuterRef("public_id"))))


def _begun_by(rows: QuerySet, user: Any) -> Q:
    kind: Any = rows.model
    return Q(Exists(kind.history.filter(id=OuterRef("pk"), history_type="+", history_user=user)))
