"""Items on a time axis that runs to the right: each gets a lane, its words beside its bar where there is room."""

from collections.abc import Iterable
from dataclasses import dataclass

from .items import Item, together
from .lanes import Packed, pack
from .scale import Scale, Stretch
from .sheet import Sheet
from .words import width_of


@dataclass(frozen=True)
class Room:
    """How wide a drawing is, how large its words, from lane to lane; between a bar and its words, between two bars."""

    width: float
    size: int
    lane: float
    beside: float = 8
    gap: float = 16


@dataclass(frozen=True)
class Placed:
    """An item with its stretches on the axis, and its words at their place; on paper where they lie on its bar."""

    item: Item
    stretches: list[Stretch]
    words: str
    x: float
    anchor: str
    plate: bool = False


def pack_items(
    room: Room, scale: Scale, items: Iterable[Item], most: int, *, inside: bool = False, taken: float | None = None
) -> Packed[Placed]:
    """Give items their lanes, the newest first, so that the oldest are what finds no room."""
    newest = sorted(items, key=lambda item: (-item.end, -item.start))
    return pack((_place(room, scale, item, inside=inside) for item in newest), most, room.gap, taken=taken)


def _place(room: Room, scale: Scale, item: Item, *, inside: bool) -> tuple[float, float, Placed]:
    """From where to where an item and its words take room: to the right of it if they fit, else left, else on it."""
    stretches = [scale.stretch(span) for span in item.spans]
    first, last = min(part.first for part in stretches), max(part.last for part in stretches)
    words = item.words
    width = width_of(words, room.size)
    if inside and width + 60 <= last - first:
        middle = (first + last) / 2
        return first, last, Placed(item, stretches, words, middle, "middle", plate=True)
    if last + room.beside + width <= room.width:
        return first, last + room.beside + width, Placed(item, stretches, words, last + room.beside, "start")
    if first - room.beside - width >= 0:
        return first - room.beside - width, last, Placed(item, stretches, words, first - room.beside, "end")
    middle = min(max((first + last) / 2, width / 2), room.width - width / 2)
    left, right = min(first, middle - width / 2), max(last, middle + width / 2)
    return left, right, Placed(item, stretches, words, middle, "middle", plate=True)


def draw_lanes(room: Room, sheet: Sheet, y: float, packed: Packed[Placed]) -> float:
    """Draw lane below lane; gives where they end."""
    for number, placed in packed:
        middle = y + room.lane * number + room.lane / 2
        sheet.draw(placed.item, placed.stretches, middle)
        sheet.text(placed.x, middle + 5, placed.words, placed.anchor, plate=placed.plate)
    return y + room.lane * len(packed.lanes) + 4


def draw_marks(room: Room, sheet: Sheet, scale: Scale, y: float, name: str, items: Iterable[Item], most: int) -> float:
    """A row of what happened, its name at the left, in so many lanes at most; gives where it ends.

    How many marks found no room is told beside the name.
    """
    packed = pack_items(room, scale, together(items), most, taken=width_of(f"{name} (+99)", room.size))
    if not packed.lanes:
        return y
    sheet.left_out += packed.left_out
    words = f"{name} (+{packed.left_out})" if packed.left_out else name
    sheet.text(0, y + room.lane / 2 + 5, words, kind="t2")
    return draw_lanes(room, sheet, y, packed)
