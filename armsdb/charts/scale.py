"""The scale of a time axis: years to places, never broken, and the years that are written on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

from .items import Item
from .spans import Span

#: Years between two that are written, the smallest that leaves them apart.
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
#: The shortest axis; a year that stands alone would fill the picture.
SHORTEST = 4
#: What is known to a day is still drawn this wide.
LEAST = 8.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span as it is drawn: from here to there, with soft parts at either end in per cent of its length."""

    first: float
    last: float
    soft_first: int
    soft_last: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Years from the first up to, not including, the last, between two places; an open beginning reaches so far."""

    bounds: tuple[int, int]
    low: float
    high: float
    reach: float

    @property
    def first(self) -> int:
        return self.bounds[0]

    @property
    def last(self) -> int:
        return self.bounds[1]

    @property
    def year(self) -> float:
        """The length of a year."""
        return (self.high - self.low) / (self.last - self.first)

    def at(self, year: float) -> float:
        return self.low + (year - self.first) * self.year

    def stretch(self, span: Span) -> Stretch:
        """Where a span is drawn: what is open at its end fades until that of the axis, which cuts all the rest."""
        first = self.at(span.start) - (self.reach if span.first is None else 0)
        last = self.high if span.last is None else self.at(span.end)
        if last - first < LEAST:
            middle = (first + last) / 2
            first, last = middle - LEAST / 2, middle + LEAST / 2
        first, last = max(first, self.low), min(last, self.high)
        length = max(last - first, 1.0)
        soft = [
            55 if end is None else _percent(vague * self.year, length)
            for end, vague in ((span.first, span.soft_first), (span.last, span.soft_last))
        ]
        return Stretch(round(first, 1), round(first + length, 1), *soft)

    def ticks(self, room: float) -> list[int]:
        """The years that are written, this far apart at least."""
        step = next((step for step in STEPS if step * self.year >= room), STEPS[-1])
        return [year for year in range(self.first, self.last + 1) if year % step == 0]


def _percent(part: float, whole: float) -> int:
    """A part in steps of five per cent, so that stretches share their fades; at most 45."""
    return min(5 * round(20 * part / whole), 45)


def bounds_of(items: Iterable[Item]) -> tuple[int, int] | None:
    """The first year, and the one after the last, of what is known of these; room for two more where an end is open."""
    spans = [span for item in items for span in item.spans]
    if not spans:
        return None
    first = floor(min(span.start for span in spans))
    last = floor(max(span.end + (2 if span.last is None else 0) for span in spans) - 1e-6) + 1
    return first, max(last, first + SHORTEST)
