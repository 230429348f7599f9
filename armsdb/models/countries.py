"""Countries: present and former states."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .base import Entity, EntityQuerySet, kept_history
from .values import DateGroup, date_checks


class CountryQuerySet(EntityQuerySet):
    def succeeding(self, country: Any) -> Self:
        """Keep states that came after a former one."""
        return self.filter(predecessor_rows__country=country)

    def preceding(self, country: Any) -> Self:
        """Keep former states that a state came after."""
        return self.filter(succession_rows__successor=country)

    def known_as(self, name: str) -> Self:
        """Countries that go by this id, ISO 3166 code or name; a code used twice means today's state.

        Ids win over codes, codes over names; callers take the first.
        """
        text = name.strip()
        if (
            len(text) in (2, 3, 4)
            and text.isascii()
            and text.isalpha()
            and not self.filter(public_id=text.lower()).exists()
        ):
            code = text.upper()
            by_code = self.filter(Q(alpha_2=code) | Q(alpha_3=code) | Q(alpha_4=code)).order_by("alpha_4", "id")
            if by_code.exists():
                return by_code
        return super().known_as(text)


class Country(Entity):
    """A present or former state; a transfer keeps the party of its day."""

    TYPE = "country"
    COLLECTION = "countries"

    alpha_2 = models.CharField(max_length=2, blank=True, help_text=_("ISO 3166-1 alpha-2 code."))
    alpha_3 = models.CharField(max_length=3, blank=True, help_text=_("ISO 3166-1 alpha-3 code."))
    alpha_4 = models.CharField(max_length=4, blank=True, help_text=_("ISO 3166-3 code of a former state."))
    existed_from = DateGroup(_("When the state began, where a source says so."))
    existed_until = DateGroup(_("When the state ended, where a source says so."))

    objects: ClassVar[Any] = CountryQuerySet.as_manager()
    history = kept_history()

    class Meta(Entity.Meta):
        abstract = False
        ordering = ["name", "id"]
        verbose_name_plural = _("countries")
        constraints = [
            *Entity.Meta.constraints,
            *date_checks("country", "existed_from", "existed_until"),
            models.UniqueConstraint(
                Lower("alpha_2"),
                condition=Q(alpha_4="") & ~Q(alpha_2=""),
                name="country_alpha_2",
                violation_error_message=_("Another present state has this code."),
            ),
        ]


class Succession(models.Model):
    """A former state and one that came after it."""

    country = models.ForeignKey(
        Country, on_delete=models.CASCADE, related_name="succession_rows", help_text=_("The former state.")
    )
    successor = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="predecessor_rows", help_text=_("A state that came after it.")
    )

    history = kept_history()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["country", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="succession_of_another",
                condition=~Q(country=models.F("successor")),
                violation_error_message=_("A state does not succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}, then {self.successor}"
