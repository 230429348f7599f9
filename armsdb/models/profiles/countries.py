"""What is known of one country."""

from collections import Counter
from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from armsdb.models.columns import columns
from armsdb.models.company_parts import CompanyTotal, company_totals
from armsdb.models.countries import Country
from armsdb.models.gaps import Gaps, gaps_of
from armsdb.models.ledgers import Partner, partners_of
from armsdb.models.organisations import Organisation
from armsdb.models.relations import Relation
from armsdb.models.roles import Role
from armsdb.models.transfer_queries import TransferQuerySet
from armsdb.models.transfers import Transfer
from armsdb.models.years import YearTable, year_tables

from .base import Excerpt, Profile, ledger_of


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
        return ledger_of(self._supplied)

    @cached_property
    def received(self) -> Excerpt:
        return ledger_of(self._received)

    @cached_property
    def not_arms(self) -> Excerpt:
        """Training, services and backing, given or received."""
        return ledger_of(self.lines.not_arms())

    @cached_property
    def to_others(self) -> Excerpt:
        """Arms to recipients that are no government: from this country, or to groups in it."""
        return ledger_of(self.lines.arms_to_others())

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
    def gaps(self) -> Gaps:
        lines, country = columns(), [self.entity.pk]
        return gaps_of([lines.having("supplier", country) | lines.having("recipient", country)])

    @cached_property
    def companies(self) -> list[CompanyTotal]:
        """The companies in its lines, on either side."""
        return company_totals(self.lines)

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
