"""Transfers and what happened beside them on one line of time: parts with the same years, one below the other.

A few transfers are bars with their names. Many are counted: columns by year and bands, dataset by dataset. Below them
stand visits, sanctions and other events, named by letters, which the table has in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.models.tallied import ByTime

from .axis import guides_of, key_of
from .forms import BOTH, WIDE, Form
from .guides import ROMAN, draw_guides, guide_words
from .items import Item, letter
from .placing import Room, draw_lanes, draw_marks, pack_items
from .scale import SHORTEST, Scale
from .scale import bounds_of as bounds_of_items
from .sheet import Sheet
from .words import fitted, width_of
from .years import bounds_of as bounds_of_years
from .years import draw_axis, draw_bands, draw_columns, key_of_times, lies_in

#: The most lanes of transfers of one part, and of one row of what happened, by form.
LANES = {"wide": 26, "narrow": 20, "small": 4}
MARKS = {"wide": 8, "narrow": 8, "small": 2}


@dataclass(frozen=True)
class Part:
    """Transfers under one title: one by one, or counted, dataset by dataset."""

    title: str
    lines: Sequence[Item] = ()
    counted: Sequence[ByTime] = ()

    @property
    def is_empty(self) -> bool:
        """Whether none of its transfers has a date."""
        return not self.lines and not any(row.date for told in self.counted for row in told.rows)


@dataclass(frozen=True)
class Timeline:
    """What is drawn: the parts, the rows of what happened with their names, and the events that guide the reader."""

    bounds: tuple[int, int]
    parts: Sequence[Part]
    rows: Sequence[tuple[str, list[Item]]]
    guides: list[Item] = field(default_factory=list)


def timeline_picture(
    parts: Sequence[Part],
    rows: Sequence[tuple[str, Sequence[Item]]],
    *,
    turns: Sequence[Any] = (),
    asked: tuple[int | None, int | None] = (None, None),
    forms: Sequence[Form] = BOTH,
) -> dict[str, Any]:
    """A drawing of all of it in each form, what its key has to tell, and the items of its table.

    `turns`: events of which the last ones guide the reader; `asked`: the first and the last year, if any.
    Without a date there is no drawing.
    """
    bounds = _bounds(parts, rows, asked)
    if bounds is None:
        return {"panels": [], "key": {"grades": []}, "items": [], "numbered": []}
    named = _lettered(bounds, rows)
    happened = [item for _name, row in named for item in row]
    told = Timeline(bounds, parts, named, guides_of(bounds, turns))
    drawings = {form.name: _draw(form, told) for form in forms}
    lines = [item for part in parts for item in part.lines]
    return {
        "panels": [{"dataset": None, "drawings": drawings, "finding": _finding(parts, named)}],
        "key": _key(parts, [*lines, *happened]),
        "items": [*lines, *happened],
        "numbered": [(numeral, guide.label) for numeral, guide in zip(ROMAN, told.guides, strict=False)],
    }


def _bounds(
    parts: Sequence[Part], rows: Sequence[tuple[str, Sequence[Item]]], asked: tuple[int | None, int | None]
) -> tuple[int, int] | None:
    """The first year, and the one after the last, of all that is told, of those asked for."""
    items = [*chain(*(part.lines for part in parts)), *chain(*(row for _name, row in rows))]
    found = [bounds_of_items(items), bounds_of_years(chain(*(part.counted for part in parts)))]
    known = [bounds for bounds in found if bounds]
    if not known:
        return None
    first, last = min(bounds[0] for bounds in known), max(bounds[1] for bounds in known)
    first, last = max(first, asked[0] or first), min(last, (asked[1] or last) + 1)
    return first, max(last, first + SHORTEST)


def _lettered(bounds: tuple[int, int], rows: Sequence[tuple[str, Sequence[Item]]]) -> list[tuple[str, list[Item]]]:
    """What happened in these years, row by row, named by letters in the order of time."""
    named = []
    place = 0
    for name, row in rows:
        within = [item for item in row if item.end > bounds[0] and item.start < bounds[1]]
        named.append((name, [replace(item, number=letter(place + at)) for at, item in enumerate(within)]))
        place += len(within)
    return named


def _draw(form: Form, told: Timeline) -> dict[str, Any]:
    sheet = Sheet(form.width, form.size)
    room = Room(form.width, form.size, lane=form.size + 6, beside=5, gap=10)
    scale = Scale(told.bounds, low=form.gutter, high=form.width - 4, reach=form.reach)
    top = guide_words(sheet, scale, told.guides, width=form.width, numerals=form is not WIDE)
    y = top + 4
    for part in told.parts:
        if not part.is_empty:
            y = _part(sheet, form, room, scale, y, part)
    if not any(part.counted for part in told.parts):
        y = draw_axis(sheet, form, scale, y + 4)
    for name, items in told.rows:
        if items:
            y = _row(sheet, form, room, scale, y, name, items)
    draw_guides(sheet, scale, told.guides, top, y)
    for guide in told.guides:
        sheet.give_ground("left", "width", scale.at(guide.start))
    sheet.height = y
    return sheet.as_dict()


def _row(sheet: Sheet, form: Form, room: Room, scale: Scale, y: float, name: str, items: list[Item]) -> float:
    """One row of what happened: its name beside it, on phones above it."""
    if form is not WIDE:
        y += form.size + 6
        sheet.text(0, y, name, kind="t2")
    return draw_marks(room, sheet, scale, y + 3, name if form is WIDE else "", items, MARKS[form.name])


def _part(sheet: Sheet, form: Form, room: Room, scale: Scale, y: float, part: Part) -> float:
    """One part: its title, with the number of transfers that stand one by one, for datasets are never added up."""
    lines = part.lines if form is WIDE else [replace(item, label="") for item in part.lines]
    packed = pack_items(room, scale, lines, LANES[form.name])
    sheet.left_out += packed.left_out
    number = f": {len(lines)}" if lines else ""
    number += f" (+{packed.left_out})" if packed.left_out else ""
    size = form.size + 2
    y += form.size + 8
    title = fitted(part.title, size, form.width - width_of(number, size))
    sheet.text(0, y, title + number, kind="fs", size=size)
    y = draw_lanes(room, sheet, y + 6, packed)
    for told in part.counted:
        y = _counted(sheet, form, scale, y, told)
    return y


def _counted(sheet: Sheet, form: Form, scale: Scale, y: float, told: ByTime) -> float:
    """The transfers of one dataset by year, and as bands."""
    drawn = [row for row in told.rows if row.date and lies_in(row.date, scale.bounds)]
    if not drawn:
        return y
    y += form.size + 6
    sheet.text(0, y, fitted(str(told.dataset), form.size, form.width), kind="t2")
    y += 2
    columns = {row.time[0]: row for row in drawn if row.part == "years"}
    bands = [row for row in drawn if row.part != "years"]
    if columns:
        y = draw_columns(sheet, form, scale, y, told, columns)
    y = draw_axis(sheet, form, scale, y + (0 if columns else 6))
    return draw_bands(sheet, form, scale, y, bands) if bands else y


def _key(parts: Sequence[Part], items: Sequence[Item]) -> dict[str, Any]:
    """What the key of a drawing has to tell: of items and of numbers."""
    of_items, of_times = key_of(items, back=""), key_of_times([told for part in parts for told in part.counted])
    both = {name: [*dict.fromkeys([*of_items[name], *of_times[name]])] for name in ("grades", "shapes")}
    return of_times | both | {"items": bool(items)}


def _finding(parts: Sequence[Part], rows: Sequence[tuple[str, Sequence[Item]]]) -> str:
    """The numbers in sentences, for those who cannot see the drawing."""
    told = []
    for part in parts:
        named = [(part.title, len(part.lines))] if part.lines else []
        for one in part.counted:
            names = {"part": part.title, "dataset": one.dataset}
            number = sum(row.number for row in one.rows if row.date)
            named.append((_("%(part)s, %(dataset)s") % names, number))
        for title, number in named:
            words = ngettext(
                "%(title)s: %(n)s transfer with a date.", "%(title)s: %(n)s transfers with a date.", number
            )
            told.append(words % {"title": title, "n": number})
    told += [_("%(name)s: %(n)s.") % {"name": name, "n": len(row)} for name, row in rows if row]
    return " ".join(told)
