"""What stands on a line of time: the transfers that answer a question, by the way they go, and what happened beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from armsdb.models import Country, Event, Sanction, Transfer
from armsdb.models.joint import Joint, joined
from armsdb.models.plans import LINES
from armsdb.models.relations import Relation
from armsdb.models.tallied import ByTime

from .base import StrictFilterSet
from .facts import EventFilterSet, SanctionFilterSet
from .pictured import SIDES, asked, by_time, narrowed
from .transfers import TransferFilterSet

#: Up to so many transfers with a date are told one by one; more are counted.
FEW = 40
#: The most events, and the most sanctions, that are told: the newest.
MOST = 60
_YEARS = ("year_from", "year_to")


@dataclass
class Way:
    """The transfers that go one way, under a title: those with a date one by one, or all of them counted."""

    title: str
    question: TransferFilterSet
    lines: list[Transfer] = field(default_factory=list)
    counted: list[ByTime] = field(default_factory=list)

    @property
    def undated(self) -> int:
        """How many of them have no date."""
        return self.question.columns.count_undated(self.question.kept.all)

    @property
    def dated(self) -> int:
        return self.question.answer.count() - self.undated


@dataclass
class Told:
    """What stands on the line: the ways, events and sanctions; and how many of either there are in all."""

    ways: list[Way]
    events: list[Event]
    sanctions: list[Sanction | Joint]
    number: int

    @property
    def facts(self) -> Iterator[Any]:
        """Every event and sanction, those that are told as one each by itself."""
        yield from self.events
        for sanction in self.sanctions:
            yield from sanction.records if isinstance(sanction, Joint) else [sanction]

    @property
    def lines(self) -> Iterator[Transfer]:
        """The transfers that are told one by one."""
        for way in self.ways:
            yield from way.lines


def named_in(question: TransferFilterSet) -> list[int]:
    """The keys of the countries that a question names, on any side."""
    values = question.form.cleaned_data
    choices = (choice for name in ("country", *SIDES) for choice in values[name])
    return list(dict.fromkeys(choice.stored for choice in choices if choice.stored is not None))


def is_of_one_line(question: TransferFilterSet) -> bool:
    """Whether it asks for one country, or for what goes between two."""
    number = len(named_in(question))
    return number == 1 or (number == 2 and all(question.form.cleaned_data[side] for side in SIDES))


def read(question: TransferFilterSet) -> Told:
    """All that stands on the line of a question of one line: transfers one by one, or counted where they are many."""
    found = Country.objects.in_bulk(named_in(question))
    countries = [found[pk] for pk in named_in(question)]
    ways = list(_ways(question, countries))
    if sum(way.dated for way in ways) <= FEW:
        # By their date, and so those without one come last.
        keys = [way.question.answer[0 : way.dated] for way in ways]
        lines = {line.pk: line for line in LINES.read(list(dict.fromkeys(chain(*keys))))}
        for way, own in zip(ways, keys, strict=True):
            way.lines = [lines[key] for key in own if key in lines]
    else:
        for way in ways:
            way.counted = by_time(way.question)
    events, sanctions = _happened(question, countries)
    rows: tuple[Any, Any] = events.rows, sanctions.rows
    return Told(
        ways,
        events=list(rows[0].with_citations()[:MOST]),
        sanctions=joined(rows[1].with_citations().with_parties()[:MOST]),
        number=sum(kind.count() for kind in rows),
    )


def _ways(question: TransferFilterSet, countries: Sequence[Country]) -> Iterator[Way]:
    """The question taken apart by the way that transfers go; none where nothing goes that way."""
    for title, sides in _titled(countries):
        if all(_asks_for(question, side, country) for side, country in sides.items()):
            ids = {side: country.public_id for side, country in sides.items()}
            part = asked(narrowed(question, country=None, ordering=None, **ids))
            if not part.problems and part.answer.count():
                yield Way(title, part)


def _titled(countries: Sequence[Country]) -> Iterator[tuple[str, dict[str, Country]]]:
    """The ways between two countries, or to and from one: in words, and by the countries on their sides."""
    if len(countries) == 1:
        (country,) = countries
        yield _("Received by %(country)s") % {"country": country.in_sentence}, {"recipient": country}
        yield _("Supplied by %(country)s") % {"country": country.in_sentence}, {"supplier": country}
        return
    for supplier, recipient in (countries, countries[::-1]):
        names = {"supplier": supplier, "recipient": recipient.in_sentence}
        yield _("%(supplier)s to %(recipient)s") % names, {"supplier": supplier, "recipient": recipient}


def _asks_for(question: TransferFilterSet, side: str, country: Country) -> bool:
    """Whether the question leaves a side open, or names the country there."""
    choices = question.form.cleaned_data[side]
    return not choices or any(choice.stored == country.pk for choice in choices)


def _happened(question: TransferFilterSet, countries: Sequence[Country]) -> tuple[StrictFilterSet, StrictFilterSet]:
    """The events and the sanctions that concern one country, or both of two, in the years asked for."""
    events: QuerySet
    sanctions: QuerySet
    if len(countries) == 1:
        events = Event.objects.published().concerning(countries[0])
        sanctions = Sanction.objects.published().concerning(countries[0])
    else:
        relation = Relation(countries[0], countries[1])
        events, sanctions = relation.events() | relation.turns(), relation.sanctions_on_either()
    years = QueryDict(mutable=True)
    years.update({name: question.data[name] for name in _YEARS if question.data.get(name)})
    return EventFilterSet(years, queryset=events), SanctionFilterSet(years, queryset=sanctions)
