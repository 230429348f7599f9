"""Pages of events."""

from typing import Any

from django.db.models import QuerySet

from armsdb.filters import EventFilterSet
from armsdb.models import Event

from .base import RecordDetail, RecordList
from .facts import fact_page


class EventList(RecordList):
    """Coups, visits, parades, meetings and the like."""

    filterset = EventFilterSet
    template = "events/list.html"
    section = "events"

    def rows(self) -> QuerySet:
        return Event.objects.published().with_citations()


class EventDetail(RecordDetail):
    """One event: what happened, when, where, who took part, and who says so."""

    template = "events/detail.html"
    section = "events"

    def rows(self) -> QuerySet:
        return (
            Event.objects.with_citations()
            .select_related("place_country", "dataset")
            .prefetch_related("participant_rows__country", "participant_rows__organisation", "participant_rows__person")
        )

    def more(self, record: Event) -> dict[str, Any]:
        return fact_page(record)
