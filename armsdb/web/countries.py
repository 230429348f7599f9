"""Pages of countries."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from armsdb.charts.partners import partner_axis
from armsdb.filters import CountryFilterSet
from armsdb.models import Country
from armsdb.models.columns import columns
from armsdb.models.events import TURNS
from armsdb.models.profiles import CountryProfile

from .base import RecordDetail, RecordList
from .entities import entity_page
from .pictures.records import of_country


class CountryList(RecordList):
    """Countries, present and former, with the lines that each supplied and received."""

    filterset = CountryFilterSet
    template = "countries/list.html"
    section = "countries"

    def rows(self) -> QuerySet:
        return Country.objects.published()

    def read(self, keys: list[int]) -> list[Country]:
        found: list[Any] = super().read(keys)
        lines = columns()
        supplied, received = lines.counts("supplier", None), lines.counts("recipient", None)
        for country in found:
            country.lines_supplied, country.lines_received = supplied.get(country.pk, 0), received.get(country.pk, 0)
        return found


class CountryDetail(RecordDetail):
    """One country: what it supplied and received, with whom, through whom, and what else is told of it."""

    template = "countries/detail.html"
    section = "countries"

    def rows(self) -> QuerySet:
        return Country.objects.with_names()

    def more(self, record: Country) -> dict[str, Any]:
        profile = CountryProfile(record, self.draft)
        turns = [event for event in profile.events if event.kind in TURNS]
        axis = partner_axis(record, received=profile.received, supplied=profile.supplied, guides=turns)
        for partner in (*profile.suppliers, *profile.recipients):
            partner.url = _address(profile, partner.party)
        received, supplied = bool(profile.received), bool(profile.supplied)
        pictures = of_country(record, received=received, supplied=supplied, request=self.request)
        return {**entity_page(record, profile), "axis": axis, "pictures": pictures}


def _address(profile: CountryProfile, party: Any) -> str:
    """Where a partner leads: to the page of the two countries, else to its own."""
    if party is None:
        return ""
    if not isinstance(party, Country) or party == profile.entity:
        return party.get_absolute_url()
    return reverse("relation", args=[country.public_id for country in profile.relation_with(party).countries])
