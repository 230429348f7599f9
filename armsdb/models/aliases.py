"""Other names of entities."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import AliasKind

from .base import KEY_LENGTH, kept_history, name_key
from .values import exactly_one


class Alias(models.Model):
    """A name by which an entity is known besides its own, and where it is met."""

    ENTITIES = ("country", "organisation", "person", "equipment")

    country = models.ForeignKey(
        "armsdb.Country",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
        help_text=_("Whose name."),
    )
    organisation = models.ForeignKey(
        "armsdb.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
        help_text=_("Whose name."),
    )
    person = models.ForeignKey(
        "armsdb.Person",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
        help_text=_("Whose name."),
    )
    equipment = models.ForeignKey(
        "armsdb.Equipment",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="aliases",
        help_text=_("Whose name."),
    )
    name = models.CharField(max_length=200, help_text=_("The other name."))
    name_key = models.CharField(
        max_length=KEY_LENGTH, editable=False, db_index=True, help_text=_("The name, folded for look-up.")
    )
    kind = models.CharField(
        max_length=15, choices=AliasKind, default=AliasKind.OTHER, help_text=_("What kind of name it is.")
    )
    language = models.CharField(max_length=20, blank=True, help_text=_("BCP 47 tag of a name that is not English."))
    from_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("First year of a former name."))
    until_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Last year of a former name."))
    source = models.ForeignKey(
        "armsdb.Source",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="aliases",
        help_text=_("The document in which the name stands."),
    )
    locator = models.CharField(max_length=60, blank=True, help_text=_("The place in that document."))

    history = kept_history()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = _("aliases")
        constraints = [
            exactly_one(
                "alias_of_one",
                ("country", "organisation", "person", "equipment"),
                _("A name belongs to exactly one record."),
            ),
            models.CheckConstraint(
                name="alias_years_order",
                condition=Q(from_year__isnull=True) | Q(until_year__isnull=True) | Q(from_year__lte=F("until_year")),
                violation_error_message=_("The name ends before it begins."),
            ),
            models.CheckConstraint(
                name="alias_locator_has_source",
                condition=Q(locator="") | Q(source__isnull=False),
                violation_error_message=_("A place needs the document that it is in."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        self.name_key = name_key(self.name)
