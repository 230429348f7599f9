"""Events: coups, visits, parades, meetings, statements, offensives."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from armsdb.filters import EventFilterSet
from armsdb.models import Event, EventParticipant

from .facts import HEAD, TAIL, FactShape, FactViewSet
from .parties import entities, party_rows
from .references import ReferenceShape


class EventShape(FactShape):
    """Something that happened, or was expected to."""

    participants = ReferenceShape(many=True, help_text=_("Who took part."))

    joins = ("dataset", "place_country")
    rows = (party_rows("participant_rows", EventParticipant),)

    class Meta:
        model = Event
        fields = [
            *HEAD,
            "kind",
            "statement",
            "date",
            "place",
            "place_country",
            "participants",
            "count",
            "status",
            *TAIL,
        ]

    def read_participants(self, event: Event) -> list[Any]:
        return entities(event.participant_rows.all())


class EventViewSet(FactViewSet):
    """Events: what happened or was expected to, where, and who took part."""

    shape = EventShape
    filterset = EventFilterSet
    types = (*FactViewSet.types, "event")
