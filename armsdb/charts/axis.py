"""Two countries on one time axis: what went there and back, what was paid, what happened beside it.

The axis is to scale and never broken. What has no date is counted, not drawn; what is vague has soft ends; what is open
fades. The same picture is drawn twice, for wide screens and for phones, and told as a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.vocab import Grade
from armsdb.models import Country, Event, Figure, Sanction, Transfer
from armsdb.models.joint import Joint

from . import items
from .guides import ROMAN
from .items import Item
from .scale import bounds_of
from .upright import draw_upright
from .wide import draw_wide
from .words import cut

#: The most guides: the last of the events that may be one.
GUIDES = 3


@dataclass(frozen=True)
class Picture:
    """What both drawings draw. `ways`: titles of both directions; `ends`: the same for narrow drawings."""

    bounds: tuple[int, int]
    there: list[Item]
    back: list[Item]
    figures: list[Item]
    rows: list[tuple[str, list[Item]]]
    guides: list[Item]
    ways: tuple[str, str]
    ends: tuple[str, str]

    @property
    def happened(self) -> list[Item]:
        return [item for _name, row in self.rows for item in row]


def relation_axis(
    first: Country,
    second: Country,
    *,
    there: Iterable[Transfer],
    back: Iterable[Transfer],
    figures: Iterable[Figure] = (),
    visits: Iterable[Event] = (),
    sanctions: Iterable[Sanction | Joint] = (),
    guides: Iterable[Event] = (),
) -> dict[str, Any] | None:
    """The axis of two countries as data: two drawings, the rows of its table, and what its key has to tell.

    None where nothing has a date. Facts come with their published citations prefetched; this makes no query.
    """
    told = list(there)
    lines = items.lines(told), items.lines(back, back=True, after=len(told))
    sums = items.figures(figures)
    bounds = bounds_of([*lines[0], *lines[1], *sums])
    happened = [items.happened(visits), items.happened(sanctions)]
    bounds = bounds or bounds_of([*happened[0], *happened[1]])
    if bounds is None:
        return None
    picture = Picture(
        bounds=bounds,
        there=lines[0],
        back=lines[1],
        figures=sums,
        rows=_lettered(bounds, *happened),
        guides=guides_of(bounds, guides),
        ways=(_way(first, second), _way(second, first)),
        ends=(_to(second), _to(first)),
    )
    return _told(picture, sum(map(len, happened)))


def _told(picture: Picture, happened: int) -> dict[str, Any]:
    lines = [*picture.there, *picture.back]
    return {
        "title": _("%(there)s and %(back)s on one time axis, %(first)s to %(last)s")
        % {
            "there": picture.ways[0],
            "back": picture.ways[1],
            "first": picture.bounds[0],
            "last": picture.bounds[1] - 1,
        },
        "finding": " ".join(
            _finding(way, row) for way, row in zip(picture.ways, (picture.there, picture.back), strict=True)
        ),
        "wide": draw_wide(picture),
        "upright": draw_upright(picture),
        "key": key_of([*lines, *picture.figures, *picture.happened], back=_("the way back")),
        "numbered": [(numeral, guide.label) for numeral, guide in zip(ROMAN, picture.guides, strict=False)],
        "before": happened - len(picture.happened),
        "rows": [*lines, *picture.figures, *picture.happened, *picture.guides],
    }


def _lettered(bounds: tuple[int, int], visits: list[Item], sanctions: list[Item]) -> list[tuple[str, list[Item]]]:
    """What happened on the axis in its two rows, named by letters in the order of time."""
    on_axis = [[item for item in row if item.end > bounds[0] and item.start < bounds[1]] for row in (visits, sanctions)]
    named: list[list[Item]] = []
    place = 0
    for row in on_axis:
        named.append([replace(item, number=items.letter(place + at)) for at, item in enumerate(row)])
        place += len(row)
    return [(_("Visits and meetings"), named[0]), (_("Sanctions"), named[1])]


def guides_of(bounds: tuple[int, int], events: Iterable[Event]) -> list[Item]:
    """The last events on the axis of which the beginning is told to the month or the day, each once."""
    found = []
    for guide in items.happened(events):
        moment = guide.shape == "moment" and guide.when.precision in ("month", "day")
        if moment and bounds[0] <= guide.start < bounds[1]:
            year = str(int(guide.start))
            label = guide.fact.name if year in guide.fact.name else f"{guide.fact.name}, {guide.when.short()}"
            found.append(replace(guide, label=cut(label, items.LABEL)))
    return found[-GUIDES:]


def _to(recipient: Country) -> str:
    return _("to %(country)s") % {"country": recipient.in_sentence}


def _way(supplier: Country, recipient: Country) -> str:
    return _("%(supplier)s to %(recipient)s") % {"supplier": supplier, "recipient": recipient.in_sentence}


def _finding(way: str, lines: Sequence[Item]) -> str:
    """One direction in a sentence, for those who cannot see the drawing."""
    if not lines:
        return _("%(way)s: no transfer with a date.") % {"way": way}
    first = min(lines, key=lambda item: item.start)
    last = max(lines, key=lambda item: (item.when.is_open_end, item.end))
    told = _("%(way)s, transfers with a date: %(count)s; the first %(first)s (%(when)s), the last %(last)s (%(then)s).")
    return told % {
        "way": way,
        "count": len(lines),
        "first": first.label,
        "when": first.when.display(),
        "last": last.label,
        "then": last.when.display(),
    }


def key_of(drawn: Sequence[Item], *, back: str) -> dict[str, Any]:
    """Which signs the drawings use, so that the key explains these and no others; `back`: words for the other way."""
    shapes = {item.shape for item in drawn}
    order = ("delivered", "ordered", "talks", "bracket", "moment", "expected", "span", "expected-span", "square")
    lines = [item for item in drawn if isinstance(item.fact, Transfer)]
    return {
        "shapes": [shape for shape in order if shape in shapes],
        "grades": [grade.value for grade in Grade if grade in {item.grade for item in lines}],
        "back": back if any(item.back for item in lines) else "",
    }
