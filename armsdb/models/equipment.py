"""Equipment: designations, and descriptions where a source gives no designation."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import UN_REGISTER, Category, SipriCategory

from .base import Entity, EntityQuerySet, kept_history


class Equipment(Entity):
    """A weapon, a vehicle, a part, a service: what one line of a register is about."""

    TYPE = "equipment"
    COLLECTION = "equipment"

    description = models.CharField(max_length=120, blank=True, help_text=_("What it is, in a word or two."))
    type_given = models.BooleanField(default=True, help_text=_("False where the sources give no designation."))
    family = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
        help_text=_("The family that the designation belongs to."),
    )
    category = models.CharField(
        max_length=26,
        blank=True,
        choices=Category,
        db_index=True,
        help_text=_("Category of the UN Register, or ours where the Register has none; empty where it cannot be told."),
    )
    sipri_category = models.CharField(
        max_length=20, blank=True, choices=SipriCategory, help_text=_("Armament category of SIPRI.")
    )

    objects: ClassVar[Any] = EntityQuerySet.as_manager()
    history = kept_history()

    class Meta(Entity.Meta):
        abstract = False
        ordering = ["name", "id"]
        verbose_name_plural = _("equipment")
        constraints = [
            *Entity.Meta.constraints,
            models.CheckConstraint(
                name="equipment_not_its_own_family",
                condition=Q(family__isnull=True) | ~Q(family=F("id")),
                violation_error_message=_("Equipment is not its own family."),
            ),
        ]

    @property
    def plain_name(self) -> str:
        """The name without the words that no type is given, for sentences in which most have none."""
        return self.name if self.type_given else self.name.removesuffix(", type not given")

    @property
    def un_category(self) -> str:
        """The numeral of its category in the UN Register; empty where the Register has none."""
        return UN_REGISTER.get(self.category, "")  # type: ignore[call-overload]
