"""Rows that belong to a transfer: the companies in it, its deliveries, and which other line may tell of the same."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import CompanyRole, Verdict

from .base import kept_history
from .values import DateGroup, NumberGroup, date_checks, number_checks


class TransferCompany(models.Model):
    """A company that takes part in a transfer, and how."""

    transfer = models.ForeignKey(
        "armsdb.Transfer", on_delete=models.CASCADE, related_name="company_rows", help_text=_("The transfer.")
    )
    company = models.ForeignKey(
        "armsdb.Organisation", on_delete=models.PROTECT, related_name="transfer_rows", help_text=_("Who takes part.")
    )
    role = models.CharField(max_length=10, choices=CompanyRole, help_text=_("What it does in the transfer."))

    history = kept_history()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = _("transfer companies")
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "company", "role"],
                name="transfercompany_once",
                violation_error_message=_("The company has this role in the transfer already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.company}, {self.get_role_display()}"


class TransferOverlapQuerySet(models.QuerySet):
    def told(self) -> Self:
        """Keep what readers see: pairs that an editor found to be different deliveries are none."""
        return self.exclude(verdict=Verdict.DIFFERENT)

    def decided(self) -> Self:
        """Keep what an editor has compared."""
        return self.exclude(verdict=Verdict.OPEN)


class TransferOverlap(models.Model):
    """Two lines that may tell of the same shipment, with what an editor found; they stay two, never added up."""

    first = models.ForeignKey(
        "armsdb.Transfer", on_delete=models.CASCADE, related_name="overlap_rows_as_first", help_text=_("One line.")
    )
    second = models.ForeignKey(
        "armsdb.Transfer",
        on_delete=models.CASCADE,
        related_name="overlap_rows_as_second",
        help_text=_("The other line."),
    )
    verdict = models.CharField(
        max_length=9, choices=Verdict, default=Verdict.OPEN, help_text=_("Whether they tell of one delivery.")
    )

    objects: ClassVar[Any] = TransferOverlapQuerySet.as_manager()
    history = kept_history()

    class Meta:
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="transferoverlap_once"),
            models.CheckConstraint(
                name="transferoverlap_order",
                condition=Q(first__lt=F("second")),
                violation_error_message=_("Two different lines may overlap, the older row first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"

    def was_open(self) -> bool:
        """Whether somebody said that the two may overlap before they were compared; one query."""
        return bool(self.history.filter(verdict=Verdict.OPEN).exists())


class Delivery(models.Model):
    """A part of a transfer with its own date and number, where a register tells the parts apart."""

    transfer = models.ForeignKey(
        "armsdb.Transfer",
        on_delete=models.CASCADE,
        related_name="deliveries",
        help_text=_("The transfer that it is part of."),
    )
    date = DateGroup(_("When this part was delivered."))
    quantity = NumberGroup(_("How many this part had, in words."))
    tiv = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("SIPRI TIV of this part, in millions.")
    )

    history = kept_history()

    class Meta:
        ordering = ["transfer", "date_earliest", "id"]
        verbose_name_plural = _("deliveries")
        constraints = [*date_checks("delivery", "date"), *number_checks("delivery", "quantity")]

    def __str__(self) -> str:
        return f"{self.transfer}: {self.date.edtf if self.date else ''}"
