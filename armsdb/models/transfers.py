"""Transfers: one line of a trade register each."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import (
    NON_STATE_KINDS,
    Category,
    Condition,
    Known,
    Nature,
    OrganisationKind,
    Status,
)

from .base import fit_to_print, kept_history
from .facts import Fact
from .stages import Stage
from .transfer_queries import TransferQuerySet
from .values import DateGroup, MoneyGroup, NumberGroup, date_checks, money_checks, number_checks


class Transfer(Fact):
    """One supplier, one recipient, one designation."""

    TYPE = "transfer"
    COLLECTION = "transfers"
    WHEN = "when"

    supplier = models.ForeignKey(
        "armsdb.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supplies",
        help_text=_("The state that supplied, or where the supplying organisation is."),
    )
    supplier_organisation = models.ForeignKey(
        "armsdb.Organisation",
        null=True,
        blank=True,
        db_index=False,  # a partial one, below
        on_delete=models.PROTECT,
        related_name="supplies",
        help_text=_("The organisation or group of states that supplied, where the source names it."),
    )
    supplier_known = models.CharField(
        max_length=15, choices=Known, default=Known.COUNTRY, help_text=_("What is known of the supplier.")
    )
    supplier_as_stated = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("The source's words for the supplier, where they are not a plain country."),
    )
    recipient = models.ForeignKey(
        "armsdb.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="receipts",
        help_text=_("The state that received, or where the receiving organisation is."),
    )
    recipient_organisation = models.ForeignKey(
        "armsdb.Organisation",
        null=True,
        blank=True,
        db_index=False,  # a partial one, below
        on_delete=models.PROTECT,
        related_name="receipts",
        help_text=_("The organisation or group of states that received, where the source names it."),
    )
    recipient_known = models.CharField(
        max_length=15, choices=Known, default=Known.COUNTRY, help_text=_("What is known of the recipient.")
    )
    recipient_as_stated = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("The source's words for the recipient, where they are not a plain country."),
    )
    to_government = models.BooleanField(
        null=True,
        editable=False,
        help_text=_("False for an armed group or another recipient that is no state, empty where it is not known."),
    )
    equipment = models.ForeignKey(
        "armsdb.Equipment", on_delete=models.PROTECT, related_name="transfers", help_text=_("What was supplied.")
    )
    category = models.CharField(
        max_length=26, blank=True, choices=Category, editable=False, help_text=_("The equipment's category.")
    )
    nature = models.CharField(
        max_length=22, choices=Nature, default=Nature.NOT_STATED, help_text=_("What kind of transfer it is said to be.")
    )
    status = models.CharField(
        max_length=11, choices=Status, default=Status.UNKNOWN, help_text=_("How far it is said to have gone.")
    )
    counts_as_arms = models.BooleanField(
        default=True,
        editable=False,
        help_text=_("False for services and training and for backing: totals keep them apart."),
    )
    condition = models.CharField(max_length=22, blank=True, choices=Condition, help_text=_("New or second hand."))
    local_production = models.BooleanField(
        null=True, blank=True, help_text=_("Whether it was made or put together by the recipient.")
    )
    ordered = DateGroup(_("When it was ordered."))
    delivered = DateGroup(_("When it was delivered."))
    talked = DateGroup(_("When it was negotiated or announced."))
    when_earliest = models.DateField(
        null=True,
        editable=False,
        help_text=_("First known bound of the main date: delivered, else ordered, else talked of."),
    )
    when_latest = models.DateField(null=True, editable=False, help_text=_("Last known bound of the main date."))
    quantity_ordered = NumberGroup(_("How many were ordered, in words."))
    quantity_delivered = NumberGroup(_("How many were delivered, in words."))
    value = MoneyGroup(_("What it is said to be worth, in words."))
    tiv_unit = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("SIPRI trend-indicator value of one, in millions."),
    )
    tiv_ordered = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("SIPRI TIV of what was ordered, in millions."),
    )
    tiv_delivered = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("SIPRI TIV of what was delivered, in millions."),
    )
    returns = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        db_index=False,  # a partial one, below
        on_delete=models.PROTECT,
        related_name="returned_by",
        help_text=_("The earlier transfer of which this one sends something back."),
    )
    deal = models.ForeignKey(
        "armsdb.Deal",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="transfers",
        help_text=_("The deal that it is part of."),
    )

    objects: ClassVar[Any] = TransferQuerySet.as_manager()
    history = kept_history()

    class Meta(Fact.Meta):
        abstract = False
        ordering = [
            F("when_earliest").desc(nulls_last=True),
            F("when_latest").desc(nulls_last=True),
            "-id",
        ]
        # Few lines have these: by an index that has all the others as well, SQLite rather reads the whole table.
        indexes = [
            *(
                models.Index(fields=[column], name=f"transfer_{name}", condition=Q(**{f"{column}__isnull": False}))
                for name, column in {
                    "returns": "returns",
                    "supplier_body": "supplier_organisation",
                    "recipient_body": "recipient_organisation",
                }.items()
            ),
            # Without it what two countries supplied to each other is looked for among all that one of them supplied.
            models.Index(fields=["supplier", "recipient"], name="transfer_pair"),
            models.Index(
                fields=["value_currency", "value_high", "value_low"],
                name="transfer_valued",
                condition=Q(value_currency__gt=""),
            ),
            *(
                models.Index(fields=[*columns, "id", "state"], name=f"transfer_by_{name}")
                for name, columns in {
                    "name": ["name"],
                    "updated": ["updated"],
                    "value": ["value_low", "value_high"],
                    "ordered": ["ordered_earliest", "ordered_latest"],
                    "delivered": ["delivered_earliest", "delivered_latest"],
                }.items()
            ),
        ]
        constraints = [
            *Fact.Meta.constraints,
            *date_checks("transfer", "ordered", "delivered", "talked"),
            *number_checks("transfer", "quantity_ordered", "quantity_delivered"),
            *money_checks("transfer", "value"),
            models.CheckConstraint(
                name="transfer_not_its_own_return",
                condition=Q(returns__isnull=True) | ~Q(returns=F("id")),
                violation_error_message=_("A transfer does not return itself."),
            ),
            *(
                models.CheckConstraint(
                    name=f"transfer_{side}_known",
                    condition=Q(**{f"{side}_known": Known.COUNTRY, f"{side}__isnull": False})
                    | Q(
                        **{
                            f"{side}_known__in": [Known.ORGANISATION, Known.GROUP_OF_STATES],
                            f"{side}_organisation__isnull": False,
                        }
                    )
                    | Q(
                        **{
                            f"{side}_known": Known.UNKNOWN,
                            f"{side}__isnull": True,
                            f"{side}_organisation__isnull": True,
                        }
                    ),
                    violation_error_message=_("Choose the %(side)s; where it is not known, say so and choose none.")
                    % {"side": side},
                )
                for side in ("supplier", "recipient")
            ),
        ]

    @property
    def dates(self) -> list[tuple[str, VagueDate]]:
        """The dates that are told, each with its field's name: delivered, ordered, talked."""
        told = [(name, getattr(self, name)) for name in ("delivered", "ordered", "talked")]
        return [(name, value) for name, value in told if value]

    @property
    def goes_back(self) -> bool:
        """Whether it is told as a return or a buy-back, and not only as something that went the other way."""
        return self.nature in {Nature.RETURN, Nature.BUY_BACK}

    @property
    def stage(self) -> Stage:
        """How far it went, and whether its passages tell so."""
        return Stage(self)

    @property
    def main_date(self) -> VagueDate | None:
        """The first of its dates, None where none is told."""
        dates = self.dates
        return dates[0][1] if dates else None

    @property
    def tiv(self) -> dict[str, Any] | None:
        """SIPRI trend-indicator values, in millions, or None where no register gives one."""
        values = {"unit": self.tiv_unit, "ordered": self.tiv_ordered, "delivered": self.tiv_delivered}
        return values if any(value is not None for value in values.values()) else None

    def party_name(self, side: str) -> str:
        """The name of the supplier or the recipient, as it stands in a title."""
        organisation, country = getattr(self, f"{side}_organisation"), getattr(self, side)
        party = country if getattr(self, f"{side}_known") == Known.COUNTRY else organisation
        return party.name if party else gettext_now("not known")

    def derive(self) -> None:
        equipment: int | None = self.equipment_id
        if equipment is None:
            return  # it cannot be saved, and will be told why
        self.category = self.equipment.category
        self.counts_as_arms = self.category != Category.SERVICES_AND_TRAINING and self.nature != Nature.BACKING
        self.to_government = self._is_to_government()
        dates = self.dates
        self.name = self._title(dates)
        when = dates[0][1] if dates else None
        self.when_earliest = (when.earliest or when.latest) if when else None
        self.when_latest = (when.latest or when.earliest) if when else None

    def _is_to_government(self) -> bool | None:
        if self.recipient_known == Known.UNKNOWN:
            return None
        if self.recipient_known == Known.COUNTRY or self.recipient_organisation is None:
            return True
        kind = self.recipient_organisation.kind
        return None if kind == OrganisationKind.NOT_STATED else kind not in NON_STATE_KINDS

    def _title(self, dates: list[tuple[str, VagueDate]]) -> str:
        title = f"{self.equipment.name}, {self.party_name('supplier')} to {self.party_name('recipient')}"
        if dates:
            field, when = dates[0]
            word = {"delivered": "", "ordered": "ordered ", "talked": "talks "}[field]
            title = f"{title}, {word}{when.display()}"
        return fit_to_print(title)
