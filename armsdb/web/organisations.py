"""Pages of organisations; companies have addresses of their own."""

from typing import Any

from django.db.models import QuerySet

from armsdb.filters import CompanyFilterSet, OrganisationFilterSet
from armsdb.models import Organisation
from armsdb.models.profiles import OrganisationProfile

from .base import RecordDetail, RecordList
from .entities import entity_page
from .pictures.records import of_organisation


class OrganisationList(RecordList):
    """Organisations of every kind, companies included."""

    filterset = OrganisationFilterSet
    template = "organisations/list.html"
    section = "organisations"

    def rows(self) -> QuerySet:
        return Organisation.objects.published().select_related("country").with_line_counts()


class CompanyList(RecordList):
    """Companies: organisations of a commercial kind."""

    filterset = CompanyFilterSet
    template = "companies/list.html"
    section = "companies"

    def rows(self) -> QuerySet:
        return Organisation.objects.published().companies().select_related("country").with_line_counts()


class OrganisationDetail(RecordDetail):
    """One organisation; at the address of the other kind it leads on to its own."""

    template = "organisations/detail.html"
    section = "organisations"

    def rows(self) -> QuerySet:
        return Organisation.objects.select_related("country").with_names()

    def more(self, record: Organisation) -> dict[str, Any]:
        profile = OrganisationProfile(record, self.draft)
        return {
            **entity_page(record, profile),
            "pictures": of_organisation(record, self.request) if profile.parts else {},
        }


class CompanyDetail(OrganisationDetail):
    """One company: whose it is, what it supplied and in which part, and what else is told of it."""

    template = "companies/detail.html"
    section = "companies"
