"""What is known of one organisation, a company among them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy

from armsdb.lib.vocab import CompanyRole
from armsdb.models.facts import Fact
from armsdb.models.ledgers import Partner, partners_of
from armsdb.models.ownerships import Ownership
from armsdb.models.roles import Role
from armsdb.models.sources import Source
from armsdb.models.transfer_queries import TransferQuerySet
from armsdb.models.transfer_rows import TransferCompany
from armsdb.models.transfers import Transfer
from armsdb.models.years import YearTable, year_tables

from .base import Excerpt, Profile, ledger_of

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
        return ledger_of(self.lines.prefetch_related(Prefetch("company_rows", own, to_attr="own_parts")))

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
