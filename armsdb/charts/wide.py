"""The axis for wide screens: years run to the right, what went there stands above them, what came back below."""

from collections.abc import Sequence
from typing import Any

from .items import Item
from .placing import Room, draw_lanes, draw_marks, pack_items
from .scale import Scale
from .sheet import Sheet
from .words import width_of

WIDTH, MARGIN, SIZE, TITLE = 1180, 14, 14, 20
LANE, ROW = 22, 17
#: The most lanes of lines each way, of figures, of each row of marks; the most guides.
LANES, FIGURES, MARKS = 14, 3, 6
#: How far an open beginning reaches.
REACH = 44
ROOM = Room(WIDTH, SIZE, LANE)


def draw_wide(picture: Any) -> dict[str, Any]:
    """The drawing of a picture (axis.Picture)."""
    sheet = Sheet(WIDTH, SIZE)
    scale = Scale(picture.bounds, low=MARGIN, high=WIDTH - MARGIN, reach=REACH)
    tops = _guide_words(sheet, scale, picture.guides)
    y = float(ROW * len(tops))
    there, back = (pack_items(ROOM, scale, items, LANES) for items in (picture.there, picture.back))
    sheet.left_out = there.left_out + back.left_out
    y = _title(sheet, y + TITLE, picture.ways[0], there.left_out)
    y = draw_lanes(ROOM, sheet, y, pack_items(ROOM, scale, picture.figures, FIGURES, inside=True))
    there.lanes.reverse()
    y = _axis(sheet, scale, draw_lanes(ROOM, sheet, y, there) + 6)
    for name, items in picture.rows:
        y = draw_marks(ROOM, sheet, scale, y, name, items, MARKS)
    sheet.path("ax", f"M0 {y}H{WIDTH}")
    y = _title(sheet, y + TITLE + 8, picture.ways[1], back.left_out)
    sheet.height = draw_lanes(ROOM, sheet, y, back)
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
    right = all(x + ROOM.beside + width <= WIDTH for _guide, x, width in places)
    tops = []
    for row, (guide, x, width) in enumerate(places if right else reversed(places), 1):
        after = right or x - 5 < width
        sheet.text(x + 5 if after else x - 5, ROW * row - 3, guide.label, "start" if after else "end", kind="t2")
        tops.append((guide, float(ROW * row - 14)))
    return tops


def _title(sheet: Sheet, y: float, words: str, left_out: int) -> float:
    sheet.text(0, y, words, kind="fs", size=TITLE)
    if left_out:
        sheet.text(width_of(words, TITLE) + ROOM.gap, y, f"(+{left_out})", kind="t2")
    return y + 12


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
