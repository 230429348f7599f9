"""Sanctions, embargoes and delistings."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from armsdb.filters import SanctionFilterSet
from armsdb.models import Sanction, SanctionImposer, SanctionTarget

from .facts import HEAD, TAIL, FactShape, FactViewSet
from .parties import entities, party_rows
from .references import ReferenceShape


class SanctionShape(FactShape):
    """Who imposed what on whom, when, under which programme."""

    imposed_by = ReferenceShape(many=True, help_text=_("Who imposed it."))
    targets = ReferenceShape(many=True, help_text=_("Whom it is aimed at."))

    joins = ("dataset",)
    rows = (party_rows("imposer_rows", SanctionImposer), party_rows("target_rows", SanctionTarget))

    class Meta:
        model = Sanction
        fields = [
            *HEAD,
            "kind",
            "statement",
            "imposed_by",
            "imposed_by_as_stated",
            "targets",
            "targets_as_stated",
            "imposed",
            "ended",
            "programme",
            *TAIL,
        ]

    def read_imposed_by(self, sanction: Sanction) -> list[Any]:
        return entities(sanction.imposer_rows.all())

    def read_targets(self, sanction: Sanction) -> list[Any]:
        return entities(sanction.target_rows.all())


class SanctionViewSet(FactViewSet):
    """Sanctions, embargoes and delistings: who imposed what on whom, when."""

    shape = SanctionShape
    filterset = SanctionFilterSet
    types = (*FactViewSet.types, "sanction")
