"""The axis for phones: years run downwards, what went there stands left of them, what came back right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .guides import ROMAN
from .items import Item, together
from .lanes import Packed, pack
from .scale import Scale, Stretch
from .sheet import HALF, Sheet
from .words import width_of

WIDTH, SIZE, NAMES, TITLE = 328, 12, 11, 15
#: Room at the left for the years, at the right for the numbers of the guides.
YEARS, NUMERALS = 30, 12
#: How long a year may be, and how long all of them are where that allows it.
SHORT, LONG, ALL = 12, 60, 600
#: How far an open beginning reaches; between things that share a column; the most columns of marks.
REACH, GAP, MARKS = 36, 3, 6
#: Room for a name above a bar.
NAME = 13


@dataclass(frozen=True)
class _Placed:
    item: Item
    stretches: list[Stretch]


def draw_upright(picture: Any) -> dict[str, Any]:
    """The drawing of a picture (axis.Picture)."""
    sheet = Sheet(WIDTH, SIZE, upright=True)
    years = picture.bounds[1] - picture.bounds[0]
    top = 3 * TITLE + 24
    length = years * min(max(ALL / years, SHORT), LONG)
    scale = Scale(picture.bounds, low=top, high=top + length, reach=REACH)
    sheet.height = scale.high + 8
    marks = _pack(scale, [item for _name, items in picture.rows for item in together(items)], MARKS)
    widths = [max(_column(placed.item for placed in lane), 2.9 * HALF) for lane in marks.lanes] or [2.0 * GAP]
    column, middle = _column((*picture.there, *picture.back)), GAP + sum(widths)
    there, back = _both(scale, picture, int((WIDTH - YEARS - NUMERALS - middle) // column))
    # What is left over widens the columns of lines, so that the axis does not hang at one side.
    column = min((WIDTH - YEARS - NUMERALS - middle) / max(len(there.lanes) + len(back.lanes), 1), 2 * column)
    left = YEARS + column * len(there.lanes)
    _grid(sheet, scale, left, picture.guides)
    _columns(sheet, there, [left - column * (number + 0.5) for number in range(len(there.lanes))])
    _columns(sheet, marks, [left + GAP + sum(widths[:number]) + width / 2 for number, width in enumerate(widths)])
    _columns(sheet, back, [left + middle + column * (number + 0.5) for number in range(len(back.lanes))])
    sheet.left_out = there.left_out + back.left_out
    for guide in picture.guides:
        sheet.give_ground("top", "height", scale.at(guide.start))
    names = "; ".join(name for name, items in picture.rows if items)
    sides = _named(picture.ends[0], there), _named(picture.ends[1], back)
    _titles(sheet, sides, (left, left + middle), names)
    return sheet.as_dict()


def _column(items: Iterable[Item]) -> float:
    """How wide a column has to be for the names of these."""
    return max([width_of(item.number, NAMES) for item in items], default=0) + GAP


def _both(scale: Scale, picture: Any, room: int) -> tuple[Packed[_Placed], Packed[_Placed]]:
    """The columns there and back; where there are too few for both, each has half of them, or what the other leaves."""
    needs = [len(_pack(scale, items, room).lanes) for items in (picture.there, picture.back)]
    half = room // 2
    there = min(needs[0], max(half, room - needs[1]))
    return _pack(scale, picture.there, there), _pack(scale, picture.back, min(needs[1], room - there))


def _pack(scale: Scale, items: Iterable[Item], most: int) -> Packed[_Placed]:
    newest = sorted(items, key=lambda item: (-item.end, -item.start))
    return pack((_place(scale, item) for item in newest), most, GAP)


def _place(scale: Scale, item: Item) -> tuple[float, float, _Placed]:
    stretches = [scale.stretch(span) for span in item.spans]
    first, last = min(part.first for part in stretches), max(part.last for part in stretches)
    if item.is_point:
        first, last = (first + last) / 2 - HALF, (first + last) / 2 + HALF
    return first - NAME, last, _Placed(item, stretches)


def _columns(sheet: Sheet, packed: Packed[_Placed], across: Sequence[float]) -> None:
    """Draw column beside column, their middles at these places."""
    for number, placed in packed:
        x = across[number]
        sheet.draw(placed.item, placed.stretches, x)
        top = min(part.first for part in placed.stretches)
        if placed.item.is_point:
            top = (placed.stretches[0].first + placed.stretches[0].last) / 2 - HALF
        sheet.text(x, top - 3, placed.item.number, "middle", size=NAMES)


def _grid(sheet: Sheet, scale: Scale, axis: float, guides: Iterable[Item]) -> None:
    """The years at the left with a rule each, the axis, and the guides with their numbers at the right."""
    for year in scale.ticks(room=40):
        y = scale.at(year)
        sheet.path("hl", f"M{YEARS} {y:.1f}H{WIDTH - NUMERALS}")
        sheet.text(0, y + 4, str(year))
    sheet.path("ax", f"M{axis:.1f} {scale.low - 4:.1f}V{scale.high + 4:.1f}")
    lowest = 0.0
    for guide, numeral in zip(guides, ROMAN, strict=False):
        y = scale.at(guide.start)
        sheet.path("guide", f"M{YEARS} {y:.1f}H{WIDTH - NUMERALS}")
        lowest = max(y + 4, lowest + SIZE + 1)
        sheet.text(WIDTH, lowest, numeral, "end", kind="t2")


def _named(words: str, packed: Packed[_Placed]) -> str:
    """The title of a side, with the number of lines that found no room."""
    return f"{words} (+{packed.left_out})" if packed.left_out else words


def _titles(sheet: Sheet, sides: tuple[str, str], edges: tuple[float, float], between: str) -> None:
    """The titles of both sides, one below the other where they would touch, and of what stands between them."""
    (there, back), (left, right) = sides, edges
    end = max(left - 8, width_of(there, TITLE))
    start = min(right, WIDTH - width_of(back, TITLE))
    sheet.text(end, TITLE, there, "end", kind="fs", size=TITLE)
    touching = start < end + 8
    sheet.text(start, TITLE * 2 + 4 if touching else TITLE, back, kind="fs", size=TITLE)
    half = width_of(between, NAMES) / 2
    if between:
        middle = min(max((left + right) / 2, half), WIDTH - half)
        sheet.text(middle, TITLE * 3 + 4, between, "middle", kind="t2", size=NAMES)
