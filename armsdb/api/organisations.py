"""Organisations of every kind; companies are those of a commercial kind."""

from armsdb.filters import CompanyFilterSet, OrganisationFilterSet
from armsdb.models import Organisation
from armsdb.models.organisations import OrganisationQuerySet

from .entities import TAIL, EntityShape, EntityViewSet
from .records import RECORD


class OrganisationShape(EntityShape):
    """A body that makes, sells, gets, fights with or writes about arms."""

    parameter = "organisation"
    joins = ("country",)

    class Meta:
        model = Organisation
        fields = [*RECORD, "kind", "country", *TAIL]


class OrganisationViewSet(EntityViewSet):
    """Organisations of every kind, companies included; a company's own address is under companies/."""

    shape = OrganisationShape
    filterset = OrganisationFilterSet
    types = (*EntityViewSet.types, "organisation", "country")


class CompanyViewSet(OrganisationViewSet):
    """Companies: organisations of a commercial kind (companies, state conglomerates, plants)."""

    filterset = CompanyFilterSet

    def rows(self) -> OrganisationQuerySet:
        return Organisation.objects.published().companies()
