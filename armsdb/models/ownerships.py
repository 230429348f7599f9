"""Ownership: which organisation another one belongs to."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import fit_to_print, kept_history
from .facts import Fact, FactQuerySet
from .values import DateGroup, NumberGroup, date_checks, number_checks


class OwnershipQuerySet(FactQuerySet):
    def with_parties(self) -> Self:
        """Join the two organisations."""
        return self.select_related("parent", "child")


class Ownership(Fact):
    """A parent, a child, the share, the time."""

    TYPE = "ownership"
    COLLECTION = "ownerships"
    WHEN = "period"

    parent = models.ForeignKey(
        "armsdb.Organisation", on_delete=models.PROTECT, related_name="holdings", help_text=_("Who owns.")
    )
    child = models.ForeignKey(
        "armsdb.Organisation", on_delete=models.PROTECT, related_name="owners", help_text=_("What is owned.")
    )
    share = NumberGroup(_("The share in words; the number is per cent."))
    period = DateGroup(_("While it was owned."))

    objects: ClassVar[Any] = OwnershipQuerySet.as_manager()
    history = kept_history()

    class Meta(Fact.Meta):
        abstract = False
        ordering = ["name", "id"]
        constraints = [
            *Fact.Meta.constraints,
            *number_checks("ownership", "share"),
            *date_checks("ownership", "period"),
            models.CheckConstraint(
                name="ownership_of_another",
                condition=~Q(parent=F("child")),
                violation_error_message=_("An organisation does not own itself."),
            ),
            models.CheckConstraint(
                name="ownership_share_at_most_whole",
                condition=Q(share_high__isnull=True) | Q(share_high__lte=100),
                violation_error_message=_("A share is at most 100 per cent."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{self.child.get_absolute_url()}#{self.public_id}"

    def derive(self) -> None:
        if self.parent_id is not None and self.child_id is not None:
            self.name = fit_to_print(f"{self.parent.name}, owner of {self.child.name}")
