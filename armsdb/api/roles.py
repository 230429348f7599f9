"""Roles: who holds or held which post."""

from django.utils.translation import gettext_lazy as _

from armsdb.filters import RoleFilterSet
from armsdb.models import Role

from .facts import HEAD, TAIL, FactShape, FactViewSet
from .references import ReferenceShape


class RoleShape(FactShape):
    """Who holds or held which post; `person` is null where nobody is named."""

    of = ReferenceShape(
        allow_null=True, help_text=_("Of which organisation or country; null where the post stands alone.")
    )

    joins = ("dataset", "person", "of_organisation", "of_country")

    class Meta:
        model = Role
        fields = [*HEAD, "person", "of", "title", "period", *TAIL]


class RoleViewSet(FactViewSet):
    """Roles: who holds or held which post, of which organisation or country, and when."""

    shape = RoleShape
    filterset = RoleFilterSet
    types = (*FactViewSet.types, "role")
