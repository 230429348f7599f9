"""Identifiers that others gave to entities."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import kept_history
from .values import exactly_one


class Identifier(models.Model):
    """A scheme and a value: Wikidata, INN, LEI; ISO 3166 codes are columns of the country."""

    country = models.ForeignKey(
        "armsdb.Country",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="identifiers",
        help_text=_("Whose identifier."),
    )
    organisation = models.ForeignKey(
        "armsdb.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="identifiers",
        help_text=_("Whose identifier."),
    )
    person = models.ForeignKey(
        "armsdb.Person",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="identifiers",
        help_text=_("Whose identifier."),
    )
    equipment = models.ForeignKey(
        "armsdb.Equipment",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="identifiers",
        help_text=_("Whose identifier."),
    )
    scheme = models.CharField(max_length=40, help_text=_("Who gives the identifier: wikidata, inn, lei."))
    value = models.CharField(max_length=120, help_text=_("The identifier itself."))

    history = kept_history()

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            exactly_one(
                "identifier_of_one",
                ("country", "organisation", "person", "equipment"),
                _("An identifier belongs to exactly one record."),
            ),
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="identifier_once",
                violation_error_message=_("Another record has this identifier."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
