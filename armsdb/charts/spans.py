"""Vague dates as stretches of a time axis, in years: where each begins and ends, and how soft its ends are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from armsdb.lib.dates import VagueDate

#: How much of a stretch is soft at either end where all of it is one vague date, such as a year or a decade.
VAGUE = 0.2
#: At most so much of a stretch is soft at one end, so that a middle is left.
SOFTEST = 0.45


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; an open side is None. A soft end reaches so far inward."""

    first: float | None
    last: float | None
    soft_first: float = 0
    soft_last: float = 0

    @property
    def start(self) -> float:
        """The first point that is known, on whichever side."""
        return self.first if self.first is not None else self.end

    @property
    def end(self) -> float:
        """The last point that is known."""
        if self.last is not None:
            return self.last
        assert self.first is not None  # an interval is open on one side at most
        return self.first


def year_of(day: date) -> float:
    """A day as a point on the axis: 1 July 2021 is about 2021.5."""
    length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return day.year + (day.timetuple().tm_yday - 1) / length


def spans_of(when: VagueDate) -> list[Span]:
    """The stretches of a date: one for most, one for each member of a set in braces, since it means all of them.

    An end is as soft as it is vague: a month's or a year's length, nothing for a day. A set in brackets means one
    of its members, so it is one stretch that is soft at both ends.
    """
    found = list(_spans(when))
    if not when.edtf.startswith("["):
        return found
    first = None if when.earliest is None else min(span.start for span in found)
    last = None if when.latest is None else max(span.end for span in found)
    soft = VAGUE * (last - first) if first is not None and last is not None else 0
    return [Span(first, last, soft, soft)]


def _spans(when: VagueDate) -> Iterator[Span]:
    for lower, upper in when.ends():
        first = year_of(lower.earliest) if lower and lower.earliest else None
        last = year_of(upper.latest + timedelta(days=1)) if upper and upper.latest else None
        if first is None or last is None:
            yield Span(first, last, _vagueness(lower), _vagueness(upper))
            continue
        length = last - first
        if lower == upper:
            soft = VAGUE * length if lower and (lower.precision != "day" or lower.is_approximate) else 0
            yield Span(first, last, soft, soft)
        else:
            softest = SOFTEST * length
            yield Span(first, last, min(_vagueness(lower), softest), min(_vagueness(upper), softest))


def _vagueness(end: VagueDate | None) -> float:
    """How long the time is in which an end lies; nothing where it is a day, or open."""
    if end is None or end.earliest is None or end.latest is None or end.precision == "day":
        return 0
    return year_of(end.latest + timedelta(days=1)) - year_of(end.earliest)
