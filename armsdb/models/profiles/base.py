"""What every kind of entity has on its page: each part is fetched when it is asked for, published rows only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from armsdb.models.citations import Citation
from armsdb.models.events import Event
from armsdb.models.facts import Fact
from armsdb.models.figures import Figure
from armsdb.models.gaps import Gaps, gaps_in
from armsdb.models.ledgers import EquipmentTotals, equipment_in
from armsdb.models.roles import Role
from armsdb.models.sanctions import Sanction
from armsdb.models.sources import Source
from armsdb.models.transfer_queries import TransferQuerySet
from armsdb.models.transfers import Transfer

#: The most rows that one part of a page has; its list has them all.
MOST = 50
#: How many of them stand open; a few more are not worth a fold.
OPEN, FEW = 10, 2
#: The most items of equipment that a page lists.
ITEMS = 25


@dataclass
class Excerpt:
    """The first rows of a list, and whether it has more."""

    rows: list[Any] = field(default_factory=list)
    more: bool = False

    @classmethod
    def of(cls, rows: QuerySet, most: int = MOST) -> "Excerpt":
        found = list(rows[: most + 1])
        return cls(found[:most], len(found) > most)

    @property
    def open(self) -> list[Any]:
        """The rows that stand open on a page."""
        return self.rows[:OPEN] if len(self.rows) > OPEN + FEW else self.rows

    @property
    def folded(self) -> list[Any]:
        """The rows that a page folds below those."""
        return self.rows[len(self.open) :]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)


def ledger_of(lines: TransferQuerySet) -> Excerpt:
    """The newest of some lines, with what a ledger shows of them: first which ones, by narrow rows."""
    keys = list(lines.values_list("pk", flat=True)[: MOST + 1])
    return Excerpt.of(lines.filter(pk__in=keys).with_parties().with_citations())


class Profile:
    """What every kind of entity has: the facts that name it, and where they come from.

    A `draft`, a role or an ownership, is told among what is published: a preview shows how it will stand there.
    """

    def __init__(self, entity: Any, draft: Fact | None = None) -> None:
        self.entity = entity
        self.draft = draft

    def _told(self, kind: Any) -> Any:
        """The facts of a kind that the page tells: those that are published, and the draft."""
        rows = kind.objects.published()
        return rows | kind.objects.filter(pk=self.draft.pk) if isinstance(self.draft, kind) else rows

    @property
    def lines(self) -> TransferQuerySet:
        """The transfers that have to do with the entity."""
        return Transfer.objects.none()

    @property
    def _roles(self) -> Any:
        return Role.objects.none()

    @property
    def _facts(self) -> list[QuerySet]:
        """The facts that the page tells, one queryset a kind."""
        return [self.lines, self._roles, self._figures, self._sanctions, self._events]

    @property
    def _figures(self) -> Any:
        return Figure.objects.published().about(self.entity)

    @property
    def _sanctions(self) -> Any:
        return Sanction.objects.published().concerning(self.entity)

    @property
    def _events(self) -> Any:
        return Event.objects.published().concerning(self.entity)

    @cached_property
    def roles(self) -> Excerpt:
        """Who holds or held which post."""
        return Excerpt.of(self._roles.with_holders().with_citations())

    @property
    def own_facts(self) -> list[Fact]:
        """The facts that have no page but this one, or one like it: roles, and the ownerships of organisations."""
        return list(self.roles)

    @cached_property
    def figures(self) -> Excerpt:
        """What is stated about the entity in numbers."""
        return Excerpt.of(self._figures.with_citations())

    @cached_property
    def sanctions(self) -> Excerpt:
        """The sanctions that it imposed or that are aimed at it."""
        return Excerpt.of(self._sanctions.with_citations())

    @cached_property
    def events(self) -> Excerpt:
        """What it took part in, the newest first."""
        return Excerpt.of(self._events.with_citations())

    @cached_property
    def told(self) -> Excerpt:
        """The passages in which a person or an organisation says something."""
        return Excerpt.of(Citation.objects.told_by(self.entity).with_sources().with_facts().in_reading_order())

    @cached_property
    def sources(self) -> list[Source]:
        """Every document that what the page tells comes from, the most used first."""
        return Source.objects.published().select_related("publisher").used_by(*self._facts)

    @cached_property
    def gaps(self) -> Gaps:
        """What the lines do not tell."""
        return gaps_in(self.lines)

    @cached_property
    def equipment(self) -> EquipmentTotals:
        """The equipment with most of the lines, with the number of lines."""
        return equipment_in(self.lines, ITEMS)
