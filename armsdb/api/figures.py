"""Figures: aggregates and context numbers that somebody states; never summed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from armsdb.filters import FigureFilterSet
from armsdb.models import Figure, FigureSubject

from .facts import HEAD, TAIL, FactShape, FactViewSet
from .parties import entities, party_rows
from .references import ReferenceShape


class FigureShape(FactShape):
    """A number, a ranking or a trend as it is stated: in money, in units or in words. Figures are never summed."""

    about = ReferenceShape(many=True, help_text=_("Whom or what the figure is about."))

    joins = ("dataset",)
    rows = (party_rows("about_rows", FigureSubject),)

    class Meta:
        model = Figure
        fields = [*HEAD, "about", "statement", "value", "number", "unit", "period", *TAIL]

    def read_about(self, figure: Figure) -> list[Any]:
        return entities(figure.about_rows.all())


class FigureViewSet(FactViewSet):
    """Figures: aggregates, rankings and trends as they are stated; never summed."""

    shape = FigureShape
    filterset = FigureFilterSet
    types = (*FactViewSet.types, "figure")
