"""Countries: present and former states."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from armsdb.filters import CountryFilterSet
from armsdb.models import Country, Entity, Succession

from .entities import TAIL, EntityShape, EntityViewSet
from .records import RECORD
from .references import ReferenceShape

#: The codes that are columns of a country, by the name of their scheme.
CODES = {"alpha_2": "iso-3166-1-alpha-2", "alpha_3": "iso-3166-1-alpha-3", "alpha_4": "iso-3166-3"}


class CountryShape(EntityShape):
    """A present or former state. A transfer keeps the party of its day, so a former state's lines stay its own."""

    predecessors = ReferenceShape(many=True, help_text=_("Former states that it came after."))
    successors = ReferenceShape(many=True, help_text=_("States that came after it."))

    parameter = "country"
    sides = True
    rows = (
        *EntityShape.rows,
        Prefetch("succession_rows", Succession.objects.select_related("successor")),
        Prefetch("predecessor_rows", Succession.objects.select_related("country")),
    )

    class Meta:
        model = Country
        fields = [
            *RECORD,
            "alpha_2",
            "alpha_3",
            "alpha_4",
            "existed_from",
            "existed_until",
            "predecessors",
            "successors",
            *TAIL,
        ]

    def read_predecessors(self, country: Country) -> list[Country]:
        return [row.country for row in country.predecessor_rows.all()]

    def read_successors(self, country: Country) -> list[Country]:
        return [row.successor for row in country.succession_rows.all()]

    def read_identifiers(self, entity: Entity) -> list[tuple[str, str]]:
        codes = [(scheme, getattr(entity, column)) for column, scheme in CODES.items() if getattr(entity, column)]
        return codes + super().read_identifiers(entity)


class CountryViewSet(EntityViewSet):
    """Countries: present and former states."""

    shape = CountryShape
    filterset = CountryFilterSet
    types = (*EntityViewSet.types, "country")
