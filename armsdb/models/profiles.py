"""What is known of one entity, as its page tells it: each part is fetched when it is asked for, published rows only."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy

from armsdb.lib.vocab import CompanyRole

from .base import Fact
from .citations import Citation
from .countries import Country
from .equipment import Equipment
from .events import Event
from .figures import Figure
from .ledgers import CompanyPart, Gaps, Partner, companies_in, equipment_in, gaps_in, partners_of
from .organisations import Organisation
from .ownerships import Ownership
from .relations import Relation
from .roles import Role
from .sanctions import Sanction
from .sources import Source
from .transfer_rows import TransferCompany
from .transfers import Transfer, TransferQuerySet
from .years import YearTable, year_tables

#: The most rows that one part of a page has; its list has them all.
MOST = 50
#: How many of them stand open; a few more are not worth a fold.
OPEN, FEW = 10, 2


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


def _ledger(lines: TransferQuerySet) -> Excerpt:
    """The newest of some lines, with what a ledger shows of them."""
    return Excerpt.of(lines.with_parties().with_citations())


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
        citations = Citation.objects.of_facts(*self._facts)
        return list(Source.objects.published().select_related("publisher").used_by(citations))

    @cached_property
    def gaps(self) -> Gaps:
        """What the lines do not tell."""
        return gaps_in(self.lines)

    @cached_property
    def equipment(self) -> list[tuple[Equipment, int]]:
        """The equipment of the lines, with the number of lines."""
        return equipment_in(self.lines)


class CountryProfile(Profile):
    """What a country supplied and received, and what else is told of it.

    Training and lines to recipients that are no government stand apart from the rest.
    """

    @property
    def lines(self) -> TransferQuerySet:
        country = Q(supplier=self.entity) | Q(recipient=self.entity)
        return Transfer.objects.published().filter(country)

    @property
    def _roles(self) -> Any:
        return self._told(Role).there(self.entity)

    @property
    def _supplied(self) -> TransferQuerySet:
        return Transfer.objects.published().supplied_by(self.entity).arms_to_states()

    @property
    def _received(self) -> TransferQuerySet:
        return Transfer.objects.published().received_by(self.entity).arms_to_states()

    @cached_property
    def supplied(self) -> Excerpt:
        return _ledger(self._supplied)

    @cached_property
    def received(self) -> Excerpt:
        return _ledger(self._received)

    @cached_property
    def not_arms(self) -> Excerpt:
        """Training, services and backing, given or received."""
        return _ledger(self.lines.not_arms())

    @cached_property
    def to_others(self) -> Excerpt:
        """Arms to recipients that are no government: from this country, or to groups in it."""
        return _ledger(self.lines.arms_to_others())

    @cached_property
    def years(self) -> list[YearTable]:
        """Lines received and lines supplied, by year."""
        return year_tables(self._received, self._supplied)

    @cached_property
    def suppliers(self) -> list[Partner]:
        return partners_of(self._received, "supplier")

    @cached_property
    def recipients(self) -> list[Partner]:
        return partners_of(self._supplied, "recipient")

    def relation_with(self, other: Country) -> Relation:
        """The two countries in the order of their page."""
        there, back = self._exchange
        return Relation.ordered(self.entity, other, there=there[other.pk], back=back[other.pk])

    @cached_property
    def _exchange(self) -> tuple[Counter[int], Counter[int]]:
        """How many lines go to each other country, and how many come from it."""
        lines, number = Transfer.objects.published().order_by(), Count("pk")
        to = lines.supplied_by(self.entity).values_list("recipient").annotate(number=number)
        of = lines.received_by(self.entity).values_list("supplier").annotate(number=number)
        return Counter(dict(to)), Counter(dict(of))

    @cached_property
    def companies(self) -> list[CompanyPart]:
        """The companies in its lines, on either side."""
        return companies_in(self.lines)

    @cached_property
    def organisations(self) -> Excerpt:
        """The organisations that are its own or seated there."""
        return Excerpt.of(Organisation.objects.published().filter(country=self.entity))

    @cached_property
    def successors(self) -> list[Country]:
        return list(Country.objects.published().succeeding(self.entity))

    @cached_property
    def predecessors(self) -> list[Country]:
        return list(Country.objects.published().preceding(self.entity))


#: What an organisation does in lines, in the words of a heading: what leaves it, then what comes to it.
PARTS = {
    CompanyRole.PRODUCER.value: gettext_lazy("What it makes"),
    CompanyRole.EXPORTER.value: gettext_lazy("What it exports"),
    CompanyRole.SUPPLIER.value: gettext_lazy("What it supplies"),
    CompanyRole.BROKER.value: gettext_lazy("What it brokers"),
    CompanyRole.MAINTAINER.value: gettext_lazy("What it maintains"),
    CompanyRole.BUYER.value: gettext_lazy("What it buys"),
    CompanyRole.CONSIGNEE.value: gettext_lazy("What is sent to it"),
    "recipient": gettext_lazy("What it receives"),
}


@dataclass(frozen=True)
class Part:
    """What an organisation did in some lines: a CompanyRole, or `recipient` where it is no more than that."""

    role: str
    lines: list[Transfer]

    @property
    def label(self) -> str:
        """The part in the words of a heading."""
        return str(PARTS[self.role])


class OrganisationProfile(Profile):
    """What an organisation supplied and received and in which part, whose it is, and what it says."""

    @property
    def lines(self) -> TransferQuerySet:
        return Transfer.objects.published().of_organisation(self.entity)

    @property
    def _roles(self) -> Any:
        return self._told(Role).filter(of_organisation=self.entity)

    @property
    def _ownerships(self) -> Any:
        return self._told(Ownership).filter(Q(parent=self.entity) | Q(child=self.entity))

    @property
    def _facts(self) -> list[QuerySet]:
        return [*super()._facts, self._ownerships]

    @cached_property
    def ledger(self) -> Excerpt:
        own = TransferCompany.objects.filter(company=self.entity)
        return _ledger(self.lines.prefetch_related(Prefetch("company_rows", own, to_attr="own_parts")))

    @cached_property
    def parts(self) -> list[Part]:
        """The newest lines by what the organisation did in them; one with two roles stands under both."""
        found: dict[str, list[Transfer]] = {}
        for line in self.ledger:
            for role in self._roles_in(line):
                found.setdefault(role, []).append(line)
        return [Part(role, found[role]) for role in PARTS if role in found]

    def _roles_in(self, line: Any) -> list[str]:
        sides = (("supplier", line.supplier_organisation), ("recipient", line.recipient_organisation))
        roles = [part.role for part in line.own_parts]
        return list(dict.fromkeys([*roles, *(side for side, body in sides if body == self.entity)]))

    @cached_property
    def years(self) -> list[YearTable]:
        """Lines supplied and lines received, by year."""
        lines = Transfer.objects.published()
        return year_tables(lines.supplied_with(self.entity), lines.received_with(self.entity))

    @cached_property
    def recipients(self) -> list[Partner]:
        """Who got what it supplied."""
        return partners_of(Transfer.objects.published().supplied_with(self.entity), "recipient")

    @cached_property
    def suppliers(self) -> list[Partner]:
        """Who supplied what it got."""
        return partners_of(Transfer.objects.published().received_with(self.entity), "supplier")

    @cached_property
    def owners(self) -> list[Ownership]:
        return [ownership for ownership in self._all_ownerships if ownership.child_id == self.entity.pk]

    @cached_property
    def holdings(self) -> list[Ownership]:
        return [ownership for ownership in self._all_ownerships if ownership.parent_id == self.entity.pk]

    @property
    def own_facts(self) -> list[Fact]:
        return [*super().own_facts, *self._all_ownerships]

    @cached_property
    def _all_ownerships(self) -> list[Ownership]:
        return list(self._ownerships.with_parties().with_citations())

    @cached_property
    def published(self) -> Excerpt:
        """The documents that it published."""
        return Excerpt.of(
            Source.objects.published().filter(publisher=self.entity).select_related("publisher").with_passage_counts()
        )


class PersonProfile(Profile):
    """The public roles of a person, what is told of them, and what they say."""

    @property
    def _roles(self) -> Any:
        return self._told(Role).filter(person=self.entity)

    @property
    def undated_roles(self) -> list[Role]:
        """The roles of which no source tells the time."""
        return [role for role in self.roles if not role.period]


class EquipmentProfile(Profile):
    """Who got a designation from whom; a family has the lines of its members too."""

    @property
    def lines(self) -> TransferQuerySet:
        return Transfer.objects.published().of_equipment(self.entity)

    @property
    def _facts(self) -> list[QuerySet]:
        return [self.lines, self._figures]

    @cached_property
    def members(self) -> Excerpt:
        """The designations of the family."""
        return Excerpt.of(Equipment.objects.published().filter(family=self.entity))

    @cached_property
    def ledger(self) -> Excerpt:
        return _ledger(self.lines)

    @cached_property
    def routes(self) -> list[Partner]:
        """Who has it from whom."""
        return partners_of(self.lines, "supplier", "recipient")

    @cached_property
    def years(self) -> list[YearTable]:
        return year_tables(self.lines)
