"""The axis for wide screens: years run to the right, what went there stands above them, what came back below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .items import Item, together
from .lanes import Packed, pack
from .scale import Scale, Stretch
from .sheet import Sheet
from .words import width_of

WIDTH, MARGIN, SIZE, TITLE = 1180, 14, 14, 20
LANE, ROW = 22, 17
#: The most lanes of lines each way, of figures, of each row of marks; the most guides.
LANES, FIGURES, MARKS = 14, 3, 6
#: How far an open beginning reaches, between a bar and its label, and between two that share a lane.
REACH, BESIDE, GAP = 44, 8, 16


@dataclass(frozen=True)
class _Placed:
    item: Item
    stretches: list[Stretch]
    words: str
    x: float
    anchor: str
    plate: bool = False


def draw_wide(picture: Any) -> dict[str, Any]:
    """The drawing of a picture (axis.Picture)."""
    sheet = Sheet(WIDTH, SIZE)
    scale = Scale(picture.bounds, low=MARGIN, high=WIDTH - MARGIN, reach=REACH)
    tops = _guide_words(sheet, scale, picture.guides)
    y = float(ROW * len(tops))
    there, back = (_pack(scale, items, LANES) for items in (picture.there, picture.back))
    sheet.left_out = there.left_out + back.left_out
    y = _title(sheet, y + TITLE, picture.ways[0], there.left_out)
    y = _lanes(sheet, y, _pack(scale, picture.figures, FIGURES, inside=True))
    there.lanes.reverse()
    y = _axis(sheet, scale, _lanes(sheet, y, there) + 6)
    for name, items in picture.rows:
        y = _marks(sheet, scale, y, name, items)
    sheet.path("ax", f"M0 {y}H{WIDTH}")
    y = _title(sheet, y + TITLE + 8, picture.ways[1], back.left_out)
    sheet.height = _lanes(sheet, y, back)
    for guide, top in tops:
        sheet.path("guide", f"M{scale.at(guide.start):.1f} {top}V{sheet.height}")
        sheet.give_ground("left", "width", scale.at(guide.start))
    return sheet.as_dict()


def _guide_words(sheet: Sheet, scale: Scale, guides: Sequence[Item]) -> list[tuple[Item, float]]:
    """A row for the words of each guide; gives where the line of each begins.

    Words stand on the same side of all lines, if there is room. On the right the last has the lowest row, on the left
    the first, so that no line runs through the words of another.
    """
    places = [(guide, scale.at(guide.start), width_of(guide.label, SIZE)) for guide in guides]
    right = all(x + BESIDE + width <= WIDTH for _guide, x, width in places)
    tops = []
    for row, (guide, x, width) in enumerate(places if right else reversed(places), 1):
        after = right or x - 5 < width
        sheet.text(x + 5 if after else x - 5, ROW * row - 3, guide.label, "start" if after else "end", kind="t2")
        tops.append((guide, float(ROW * row - 14)))
    return tops


def _title(sheet: Sheet, y: float, words: str, left_out: int) -> float:
    sheet.text(0, y, words, kind="fs", size=TITLE)
    if left_out:
        sheet.text(width_of(words, TITLE) + GAP, y, f"(+{left_out})", kind="t2")
    return y + 12


def _pack(
    scale: Scale, items: Iterable[Item], most: int, *, inside: bool = False, taken: float | None = None
) -> Packed[_Placed]:
    """Give items their lanes, the newest first, so that the oldest are what finds no room."""
    newest = sorted(items, key=lambda item: (-item.end, -item.start))
    return pack((_place(scale, item, inside=inside) for item in newest), most, GAP, taken=taken)


def _place(scale: Scale, item: Item, *, inside: bool) -> tuple[float, float, _Placed]:
    """From where to where an item and its words take room: to the right of it if they fit, else left, else on it."""
    stretches = [scale.stretch(span) for span in item.spans]
    first, last = min(part.first for part in stretches), max(part.last for part in stretches)
    words = item.words
    width = width_of(words, SIZE)
    if inside and width + 60 <= last - first:
        middle = (first + last) / 2
        return first, last, _Placed(item, stretches, words, middle, "middle", plate=True)
    if last + BESIDE + width <= WIDTH:
        return first, last + BESIDE + width, _Placed(item, stretches, words, last + BESIDE, "start")
    if first - BESIDE - width >= 0:
        return first - BESIDE - width, last, _Placed(item, stretches, words, first - BESIDE, "end")
    middle = min(max((first + last) / 2, width / 2), WIDTH - width / 2)
    left, right = min(first, middle - width / 2), max(last, middle + width / 2)
    return left, right, _Placed(item, stretches, words, middle, "middle", plate=True)


def _lanes(sheet: Sheet, y: float, packed: Packed[_Placed]) -> float:
    """Draw lane below lane; gives where they end."""
    for number, placed in packed:
        middle = y + LANE * number + LANE / 2
        sheet.draw(placed.item, placed.stretches, middle)
        sheet.text(placed.x, middle + 5, placed.words, placed.anchor, plate=placed.plate)
    return y + LANE * len(packed.lanes) + 4


def _axis(sheet: Sheet, scale: Scale, y: float) -> float:
    sheet.path("ax", f"M0 {y}H{WIDTH}")
    for year in range(scale.first, scale.last + 1) if scale.year >= 12 else ():
        sheet.path("hl", f"M{scale.at(year):.1f} {y}v4")
    for year in scale.ticks(room=56):
        x = scale.at(year)
        sheet.path("ax", f"M{x:.1f} {y}v7")
        half = width_of(str(year), SIZE) / 2
        sheet.text(min(max(x, half), WIDTH - half), y + 22, str(year), "middle")
    return y + 32


def _marks(sheet: Sheet, scale: Scale, y: float, name: str, items: Iterable[Item]) -> float:
    """A row of what happened, its name at the left."""
    packed = _pack(scale, together(items), MARKS, taken=width_of(name, SIZE))
    if not packed.lanes:
        return y
    sheet.text(0, y + LANE / 2 + 5, name, kind="t2")
    return _lanes(sheet, y, packed)
