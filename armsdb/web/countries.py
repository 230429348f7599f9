"""Pages of countries."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from armsdb.charts.partners import partner_axis
from armsdb.filters import CountryFilterSet
from armsdb.models import Country
from armsdb.models.events import TURNS
from armsdb.models.profiles import CountryProfile

from .base import RecordDetail, RecordList
from .entities import entity_page


class CountryList(RecordList):
    """Countries, present and former, with the lines that each supplied and received."""

    filterset = CountryFilterSet
    template = "countries/list.html"
    section = "countries"

    def rows(self) -> QuerySet:
        return Country.objects.published().with_line_counts()


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
        return {**entity_page(record, profile), "axis": axis}


def _address(profile: CountryProfile, party: Any) -> str:
    """Where a partner leads: to the page of the two countries, else to its own."""
    if party is None:
        return ""
    if not isinstance(party, Country) or party == profile.entity:
        return party.get_absolute_url()
    return reverse("relation", args=[country.public_id for country in profile.relation_with(party).countries])
