"""Events: coups, visits, parades, meetings, statements, offensives."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import EventKind, EventStatus

from .base import kept_history
from .facts import Fact, FactQuerySet
from .parties import Party, entity_reference, naming, one_entity
from .values import DateGroup, NumberGroup, date_checks, number_checks

#: Kinds of event that readers measure other dates by.
TURNS = (EventKind.COUP, EventKind.WAR)


class EventQuerySet(FactQuerySet):
    def concerning(self, entity: Any) -> Self:
        """Keep events in which this entity takes part or, of a country, that happen there; see `naming`."""
        concerned = Q(pk__in=naming(EventParticipant, "event", entity))
        if entity.TYPE == "country":
            concerned |= Q(place_country=entity)
        return self.filter(concerned)


class Event(Fact):
    """Something that happened, or was expected to."""

    TYPE = "event"
    COLLECTION = "events"
    WHEN = "date"

    kind = models.CharField(max_length=10, choices=EventKind, help_text=_("What kind of event it is."))
    statement = models.TextField(help_text=_("What is stated, in our own words."))
    date = DateGroup(_("When it happened."))
    place = models.CharField(max_length=120, blank=True, help_text=_("Where, in words."))
    place_country = models.ForeignKey(
        "armsdb.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events_there",
        help_text=_("In which country."),
    )
    count = NumberGroup(_("How often, in words, where one record tells of several."))
    status = models.CharField(
        max_length=8, choices=EventStatus, default=EventStatus.REPORTED, help_text=_("Reported, or only expected.")
    )

    objects: ClassVar[Any] = EventQuerySet.as_manager()
    history = kept_history()

    class Meta(Fact.Meta):
        abstract = False
        ordering = [F("date_earliest").desc(nulls_last=True), F("date_latest").desc(nulls_last=True), "-id"]
        constraints = [*Fact.Meta.constraints, *date_checks("event", "date"), *number_checks("event", "count")]


class EventParticipant(Party):
    """Who took part in an event."""

    ENTITIES = ("country", "organisation", "person")

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="participant_rows", help_text=_("The event.")
    )
    country = entity_reference("Country", "participant_rows")
    organisation = entity_reference("Organisation", "participant_rows")
    person = entity_reference("Person", "participant_rows")

    history = kept_history()

    class Meta(Party.Meta):
        abstract = False
        constraints = [one_entity("eventparticipant", ("country", "organisation", "person"))]
