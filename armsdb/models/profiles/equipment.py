"""What is known of one designation, or of a family of them."""

from functools import cached_property

from django.db.models import QuerySet

from armsdb.models.equipment import Equipment
from armsdb.models.ledgers import Partner, partners_of
from armsdb.models.transfer_queries import TransferQuerySet
from armsdb.models.transfers import Transfer
from armsdb.models.years import YearTable, year_tables

from .base import Excerpt, Profile, ledger_of


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
        return ledger_of(self.lines)

    @cached_property
    def routes(self) -> list[Partner]:
        """Who has it from whom."""
        return partners_of(self.lines, "supplier", "recipient")

    @cached_property
    def years(self) -> list[YearTable]:
        return year_tables(self.lines)
