"""Transfers by country on a map of the world: tints in steps, the numbers written at the countries with most.

What is no state any more has a square at its capital, what is too small for a shape a dot. What is not known, and what
has no place, is told beside the map and not drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.vocab import Grade
from armsdb.models.tallied import Share

from .forms import BOTH, WIDE, Form
from .readings import reading_of
from .sheet import Sheet
from .words import fitted, width_of
from .world import world

#: The steps, from few to many, by their names in the style sheet.
STEPS = ("step-1", "step-2", "step-3", "step-4")
#: What all are of which every transfer is disputed.
DISPUTED = "patterned"
#: The most countries whose numbers are written on the map, by form: on wide ones with their names, on phones below.
NAMED = {"wide": 10, "narrow": 8, "small": 0}
#: How many names stand beside each other there; and where a number may stand instead, in sizes of its type.
_COLUMNS = 2
_AROUND = ((0, 0), (0, -1), (0, 1), (-0.8, 0), (0.8, 0), (-0.8, -1), (0.8, -1), (-0.8, 1), (0.8, 1))
#: Half a square or a dot in pixels of a wide screen.
HALF = 4.5


@dataclass(frozen=True)
class Mapped:
    """The transfers of one dataset by the country on one side; `codes` are those of the countries, by their ids.

    `here`: the ids of the countries that the question names, which are outlined.
    """

    dataset: Any
    title: str
    rows: Sequence[Share]
    codes: Mapping[str, str]
    here: frozenset[str] = frozenset()
    #: The parameter of that side.
    side: str = ""

    def place_of(self, row: Share) -> tuple[float, float] | None:
        """Where a country lies; None where that is not known."""
        code = self.codes.get(row.value, "") if row.is_known else ""
        found = world().shapes.get(code)
        return found.at if found else world().places.get(code)

    @property
    def placed(self) -> list[Share]:
        return [row for row in self.rows if self.place_of(row)]

    @property
    def elsewhere(self) -> list[Share]:
        """What is told by no country, or by one without a place."""
        return [row for row in self.rows if not self.place_of(row)]


def map_picture(mapped: Sequence[Mapped], forms: Sequence[Form] = BOTH) -> dict[str, Any]:
    """A map for each dataset and side in each form, and what their key has to tell: the steps are those of all maps."""
    placed = [row for one in mapped for row in one.placed]
    bounds = steps_of(max((row.number for row in placed), default=0))
    panels = [
        {
            "dataset": one.dataset,
            "title": one.title,
            "drawings": {form.name: _draw(form, one, bounds) for form in forms} if one.placed else {},
            "finding": _finding(one),
        }
        for one in mapped
    ]
    codes = {one.codes.get(row.value, "") for one in mapped for row in one.placed}
    return {
        "panels": panels,
        "key": {
            "grades": [],
            "steps": in_words(bounds) if placed else [],
            "all_disputed": any(row.number == row.disputed for row in placed),
            "disputed": any(row.disputed for row in placed),
            "squares": any(_is_former(code) for code in codes),
            "dots": any(code not in world().shapes and not _is_former(code) for code in codes),
            "here": any(one.here for one in mapped),
        },
    }


def steps_of(greatest: int) -> list[int]:
    """Up to which number each step goes, the last one to the greatest: each about as many times the one before it."""
    if greatest <= len(STEPS):
        return list(range(1, greatest + 1))
    bounds = [round(greatest ** (place / len(STEPS))) for place in range(1, len(STEPS))]
    return [*sorted(set(bounds)), greatest]


def in_words(bounds: Sequence[int]) -> list[tuple[str, str]]:
    """Each step by its name in the style sheet, with its numbers in words."""
    told = []
    for name, first, last in zip(_names(bounds), [1, *(bound + 1 for bound in bounds)], bounds, strict=False):
        told.append((name, str(last) if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}))
    return told


def _names(bounds: Sequence[int]) -> Sequence[str]:
    """The names of so many steps: the last is always the darkest."""
    return STEPS[len(STEPS) - len(bounds) :]


def _step(row: Share, bounds: Sequence[int]) -> str:
    if row.disputed == row.number:
        return DISPUTED
    return next(name for name, bound in zip(_names(bounds), bounds, strict=True) if row.number <= bound)


def _is_former(code: str) -> bool:
    """Whether a code is that of a state that is no more; so is all that ISO 3166 has no code for."""
    return len(code) != 2


def _draw(form: Form, told: Mapped, bounds: Sequence[int]) -> dict[str, Any]:
    """The map in pixels of a wide screen; on phones all of it is smaller, and so its words are larger."""
    the_world = world()
    zoom = the_world.width / form.width if form is not WIDE else 1.0
    sheet = Sheet(the_world.width, round(form.size * zoom), height=the_world.height)
    steps = {told.codes.get(row.value, ""): _step(row, bounds) for row in told.placed}
    for code, shape in the_world.shapes.items():
        sheet.path(f"shape {steps.get(code, 'land')}", shape.d, **_look(steps.get(code, "")), use=code)
    for code in sorted({told.codes.get(value, "") for value in told.here} & the_world.shapes.keys()):
        sheet.path("here", the_world.shapes[code].d, use=code)
    _marks(sheet, told, steps, HALF * zoom**0.7)
    for row in told.placed if told.side else ():
        code, (x, y) = told.codes.get(row.value, ""), told.place_of(row) or (0.0, 0.0)
        half = 12 * zoom**0.7
        area = (
            {"use": code}
            if code in the_world.shapes
            else {"x": x - half, "y": y - half, "width": 2 * half, "height": 2 * half}
        )
        sheet.spot(reading_of(row.label, row), {told.side: row.value}, **area)
    (_named if form is WIDE else _numbered)(sheet, told, NAMED[form.name])
    return sheet.as_dict()


def _look(step: str) -> dict[str, str]:
    return {"fill": Grade.DISPUTED.value} if step == DISPUTED else {}


def _marks(sheet: Sheet, told: Mapped, steps: Mapping[str, str], half: float) -> None:
    """A square or a dot for each country that has no shape."""
    for row in told.placed:
        code = told.codes.get(row.value, "")
        if code in world().shapes:
            continue
        x, y = world().places[code]
        d = f"M{x - half:.1f} {y - half:.1f}h{2 * half:.1f}v{2 * half:.1f}h-{2 * half:.1f}z"
        if not _is_former(code):
            turn = f"a{half:.1f} {half:.1f} 0 1 0"
            d = f"M{x - half:.1f} {y:.1f}{turn} {2 * half:.1f} 0{turn}-{2 * half:.1f} 0z"
        sheet.path(f"shape mark {steps[code]}", d, **_look(steps[code]))


def _named(sheet: Sheet, told: Mapped, most: int) -> None:
    """The names and numbers of those with most, as far as they find room."""
    for row in told.placed[:most]:
        words = f"{fitted(row.label, sheet.size, 14 * sheet.size * 0.6)} {_number_of(row)}"
        x, y = _beside(told, row, sheet.size)
        half = width_of(words, sheet.size) / 2
        x = min(max(x, half), sheet.width - half)
        if _is_free(sheet, x, y, half):
            sheet.text(x, y, words, "middle", kind="halo")


def _numbered(sheet: Sheet, told: Mapped, most: int) -> None:
    """Where names would stand on each other, a number at each of those with most, and below the map what it means."""
    size, top, listed = sheet.size, sheet.height, 0
    for row in told.placed[:most]:
        words = str(listed + 1)
        half = width_of(words, size) / 2 + 2
        at = _beside(told, row, size)
        free = [(at[0] + x * size, at[1] + y * size) for x, y in _AROUND]
        spot = next((one for one in free if _is_free(sheet, *one, half)), None)
        if spot is None:
            continue
        sheet.text(*spot, words, "middle", kind="halo")
        left, place = (listed % _COLUMNS) * sheet.width / _COLUMNS, listed // _COLUMNS
        name = fitted(row.label, size, sheet.width / _COLUMNS - width_of(f"{words} {_number_of(row)} ", size) - size)
        sheet.text(left, top + (place + 1) * size * 1.5, f"{words} {name} {_number_of(row)}")
        listed += 1
        sheet.height = top + (place + 1.4) * size * 1.5


def _number_of(row: Share) -> str:
    return f"{row.undisputed} + {row.disputed}" if row.disputed else str(row.number)


def _beside(told: Mapped, row: Share, size: float) -> tuple[float, float]:
    """Where the words of a country stand: on its shape, or below its mark."""
    at = told.place_of(row)
    assert at  # it is placed
    return at[0], at[1] + size / 3 + (0 if told.codes.get(row.value, "") in world().shapes else size)


def _is_free(sheet: Sheet, x: float, y: float, half: float) -> bool:
    """Whether words here, so broad on either side, touch no others and lie on the map."""
    box = (x - half, y - sheet.size, x + half, y + 3)
    on_map = box[0] >= 0 and box[1] >= 0 and box[2] <= sheet.width and y < world().height
    return on_map and not any(_touch(box, text["box"]) for text in sheet.texts)


def _touch(box: tuple[float, float, float, float], other: Mapping[str, float]) -> bool:
    left, top, right, bottom = box
    return (
        left < other["left"] + other["width"]
        and other["left"] < right
        and top < other["top"] + other["height"]
        and other["top"] < bottom
    )


def _finding(told: Mapped) -> str:
    """The first countries of one map in a sentence, and what is not on it, for those who cannot see it."""
    parts = [_("%(name)s %(n)s") % {"name": row.label, "n": row.number} for row in told.placed[:3]]
    if len(told.placed) > 3:
        rest = told.placed[3:]
        words = _("%(countries)s other countries %(n)s together")
        parts.append(words % {"countries": len(rest), "n": sum(row.number for row in rest)})
    parts += [_("not on the map: %(name)s %(n)s") % {"name": row.label, "n": row.number} for row in told.elsewhere]
    disputed = sum(row.disputed for row in told.rows)
    if disputed:
        parts.append(_("%(n)s of all these are disputed") % {"n": disputed})
    names = {"dataset": told.dataset, "title": told.title, "parts": "; ".join(parts)}
    return _("%(title)s, %(dataset)s: %(parts)s.") % names
