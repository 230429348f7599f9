"""Figures: aggregates and context numbers that somebody states; never summed."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import kept_history
from .facts import Fact, FactQuerySet
from .parties import Party, entity_reference, one_entity
from .values import DateGroup, MoneyGroup, NumberGroup, date_checks, money_checks, number_checks


class FigureQuerySet(FactQuerySet):
    def about(self, entity: Any) -> Self:
        """Keep figures that are stated about this very entity."""
        return self.filter(pk__in=FigureSubject.objects.filter(**{entity.TYPE: entity}).values("figure"))


class Figure(Fact):
    """A number, a ranking or a trend as it is stated, in money, in units or in words."""

    TYPE = "figure"
    COLLECTION = "figures"
    WHEN = "period"

    statement = models.TextField(help_text=_("What is stated, in our own words."))
    value = MoneyGroup(_("The sum in words."))
    number = NumberGroup(_("The number in words."))
    unit = models.CharField(max_length=60, blank=True, help_text=_("What is counted."))
    period = DateGroup(_("The time that the figure is about."))

    objects: ClassVar[Any] = FigureQuerySet.as_manager()
    history = kept_history()

    class Meta(Fact.Meta):
        abstract = False
        ordering = [F("period_earliest").desc(nulls_last=True), "-id"]
        constraints = [
            *Fact.Meta.constraints,
            *money_checks("figure", "value"),
            *number_checks("figure", "number"),
            *date_checks("figure", "period"),
            models.CheckConstraint(
                name="figure_value_or_number",
                condition=Q(value_currency="")
                | Q(number_low__isnull=True, number_high__isnull=True, number_approximate=False, number_text=""),
                violation_error_message=_("A figure is a sum of money or a number, not both."),
            ),
        ]


class FigureSubject(Party):
    """Whom or what a figure is about."""

    ENTITIES = ("country", "organisation", "person", "equipment")

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="about_rows", help_text=_("The figure."))
    country = entity_reference("Country", "figure_rows")
    organisation = entity_reference("Organisation", "figure_rows")
    person = entity_reference("Person", "figure_rows")
    equipment = entity_reference("Equipment", "figure_rows")

    history = kept_history()

    class Meta(Party.Meta):
        abstract = False
        constraints = [one_entity("figuresubject", ("country", "organisation", "person", "equipment"))]
