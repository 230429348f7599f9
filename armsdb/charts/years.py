"""Transfers by year as columns, and below them, as bands over their years, those that no source puts into one year.

What is disputed stands on top of a column, so that what is below it is the number without. A year into which a band
reaches has an open top: its number is the least that it may be. All drawings of a picture have the same years.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.lib.dates import VagueDate
from armsdb.models.tallied import AtTime, ByTime, grades_in, kinds_in

from .forms import BOTH, Form
from .lanes import pack
from .numbers import Measure
from .readings import reading_of
from .scale import SHORTEST, Scale
from .sheet import THICK, Sheet
from .spans import spans_of
from .words import width_of

#: The height of the columns, from lane to lane of the bands, and between two that share one.
LANE, GAP = 15, 10
#: The most times that are drawn as bands, those of one time being one or several.
BANDS = 40
#: How much of its year a column takes, by the kind of its date.
BREADTH = {"delivered": 0.74, "ordered": 0.3, "talked": 0.74}
#: What is there can be seen, however few they are among many.
LEAST = 2.0
#: The most room that a column takes where years are few.
BROADEST = 60.0


def years_picture(
    tallied: Sequence[ByTime], bounds: tuple[int, int] | None, forms: Sequence[Form] = BOTH
) -> dict[str, Any]:
    """A drawing for each dataset in each form, and what their key has to tell.

    `bounds`: the first year that is drawn, and the one after the last, as `bounds_of` gives them. What lies beyond them
    is counted as `outside`. A dataset without a date has no drawing.
    """
    panels = [_panel(told, bounds, forms) for told in tallied] if bounds else [_undrawn(told) for told in tallied]
    key = key_of_times(tallied) | {"open_top": any(panel["open_top"] for panel in panels)}
    return {"panels": panels, "key": key}


def key_of_times(tallied: Sequence[ByTime]) -> dict[str, Any]:
    """What the key of drawings by time has to tell."""
    rows = [row for told in tallied for row in told.rows if row.part != "undated"]
    return {
        "shapes": ["talks" if kind == "talked" else kind for kind in kinds_in(rows)],
        "grades": grades_in(rows),
        "columns": any(row.part == "years" for row in rows),
        "open_top": any(told.at_most(row) > row.number for told in tallied for row in told.part("years")),
        "bands": any(row.part in ("spans", "open") for row in rows),
        "disputed": any(row.disputed for row in rows if row.part == "years"),
    }


def bounds_of(tallied: Iterable[ByTime], asked: tuple[int | None, int | None] = (None, None)) -> tuple[int, int] | None:
    """The first year, and the one after the last, that any of these has, of those asked for (first, last)."""
    known = [row.date for told in tallied for row in told.rows if row.date]
    days = [day for date in known for day in (date.earliest, date.latest) if day]
    if not days:
        return None
    opened = any(date.is_open_end for date in known)
    first, last = min(days).year, max(days).year + 1 + (2 if opened else 0)
    first, last = max(first, asked[0] or first), min(last, (asked[1] or last) + 1)
    return first, max(last, first + SHORTEST)


def _undrawn(told: ByTime) -> dict[str, Any]:
    return {"dataset": told.dataset, "drawings": {}, "finding": _finding(told), "open_top": False, "outside": 0}


def _panel(told: ByTime, bounds: tuple[int, int], forms: Sequence[Form]) -> dict[str, Any]:
    drawn = [row for row in told.rows if row.date and lies_in(row.date, bounds)]
    columns = {row.time[0]: row for row in drawn if row.part == "years"}
    bands = [row for row in drawn if row.part != "years"]
    if not drawn:
        return _undrawn(told)
    outside = sum(row.number for row in told.rows if row.date) - sum(row.number for row in drawn)
    return {
        "dataset": told.dataset,
        "drawings": {form.name: _draw(form, bounds, told, columns, bands) for form in forms},
        "finding": _finding(told),
        "open_top": any(told.at_most(row) > row.number for row in columns.values()),
        "outside": outside,
    }


def lies_in(date: VagueDate, bounds: tuple[int, int]) -> bool:
    """Whether a date may lie in years from the first up to the last, which is not one of them."""
    first, last = date.earliest, date.latest
    return (first is None or first.year < bounds[1]) and (last is None or last.year >= bounds[0])


def _draw(form: Form, bounds: tuple[int, int], told: ByTime, columns: dict[Any, AtTime], bands: list[AtTime]) -> Any:
    sheet = Sheet(form.width, form.size)
    scale = Scale(bounds, low=form.gutter, high=form.width - 4, reach=form.reach)
    y = 6.0
    if columns:
        y = draw_columns(sheet, form, scale, y, told, columns)
    y = draw_axis(sheet, form, scale, y)
    if bands:
        y = draw_bands(sheet, form, scale, y, bands)
    sheet.height = y
    return sheet.as_dict()


def draw_columns(
    sheet: Sheet, form: Form, scale: Scale, y: float, told: ByTime, columns: dict[Any, AtTime], greatest: int = 0
) -> float:
    """The columns of the years, and the numbers that they are measured by; gives where they stand.

    `greatest`: the greatest number of all drawings that have one scale, where this is one of several.
    """
    measure = Measure(greatest or max(row.number for row in columns.values()), form.height)
    top = y + form.size + 6
    base = top + measure.room
    for number in measure.ticks:
        at = round(base - measure.at(number), 1)
        if number:
            sheet.path("hl", f"M{form.gutter} {at}H{form.width}")
        sheet.text(form.gutter - 6, at + form.size / 3, f"{number}", "end", kind="t2")
    for year, row in columns.items():
        room = min(scale.year, BROADEST)
        x = scale.at(year) + (scale.year - room) / 2
        _column(sheet, x, room, base, measure, row, open_top=told.at_most(row) > row.number)
        values = {"year_from": str(year), "year_to": str(year)}
        sheet.spot(reading_of(str(year), row), values, x=scale.at(year), y=top, width=scale.year, height=base - top)
    return base


def _column(sheet: Sheet, x: float, room: float, base: float, measure: Measure, row: AtTime, *, open_top: bool) -> None:
    """One column: part on part, a mark where there may be more, and the number where there is room for it."""
    y = base
    for kind, grade, number in row.in_order():
        width = max(BREADTH[kind] * room, 1.5)
        height = max(measure.at(number), LEAST)
        y -= height
        gap = 0.8 if height > 3 else 0.0
        shape = "talks" if kind == "talked" else kind
        sheet.bar(x + (room - width) / 2, y + gap, width, height - gap, shape=shape, grade=grade)
    if open_top:
        half = BREADTH["delivered"] * room / 2
        middle = x + room / 2
        sheet.path("more", f"M{middle - half:.1f} {y - 1:.1f}v-7M{middle + half:.1f} {y - 1:.1f}v-7")
        y -= 7
    words = f"{row.undisputed} + {row.disputed}" if row.disputed else f"{row.number}"
    if width_of(words, sheet.size) <= room - 2:
        sheet.text(x + room / 2, y - 4, words, "middle", kind="t2")


def draw_axis(sheet: Sheet, form: Form, scale: Scale, y: float) -> float:
    """The years; gives where they end."""
    sheet.path("ax", f"M{form.gutter} {y}H{form.width}")
    for year in scale.ticks(room=3.6 * form.size):
        if year < scale.last:
            middle = scale.at(year) + scale.year / 2
            sheet.path("ax", f"M{middle:.1f} {y}v5")
            half = width_of(str(year), form.size) / 2
            sheet.text(min(max(middle, half), form.width - half), y + form.size + 6, str(year), "middle")
    return y + form.size + 16


def draw_bands(sheet: Sheet, form: Form, scale: Scale, y: float, bands: list[AtTime]) -> float:
    """The bands below the axis, each as long as the dates let it be, with how many transfers it stands for."""
    drawn = []
    # Of very many, those that stand for most transfers.
    for row in sorted(bands, key=lambda row: -row.number)[:BANDS]:
        for kind, grade, number in row.in_order():
            stretches = [scale.stretch(span) for span in spans_of(row.date)] if row.date else []
            words = f"{number}"
            first = min(part.first for part in stretches)
            last = max(part.last for part in stretches)
            drawn.append((first, last + 5 + width_of(words, form.size), (kind, grade, number, stretches, words)))
    # The longest first, so that what lies within a time stands below it.
    drawn.sort(key=lambda band: (band[0] - band[1], band[0]))
    packed = pack(drawn, form.lanes, GAP)
    heading = _("Over several years, or open on a side")
    lost = sum(row.number for row in bands) - sum(band[2] for _lane, band in packed)
    sheet.left_out += lost
    y += form.size + 6
    sheet.text(0, y, f"{heading} (+{lost})" if lost else heading, kind="t2")
    y += 6
    for lane, (kind, grade, _number, stretches, words) in packed:
        shape = "talks" if kind == "talked" else kind
        middle = y + LANE * lane + LANE / 2
        for part in stretches:
            fade = f"{part.soft_first}-{part.soft_last}" if part.soft_first or part.soft_last else ""
            place = {"x": part.first, "width": part.last - part.first}
            sheet.bar(y=middle - THICK[shape] / 2, height=THICK[shape], shape=shape, grade=grade, fade=fade, **place)
        end = max(part.last for part in stretches)
        inside = end + 5 + width_of(words, form.size) > form.width
        sheet.text(min(end + 5, form.width), middle + form.size / 3, words, "end" if inside else "start", plate=inside)
    return y + LANE * len(packed.lanes) + 4


def _finding(told: ByTime) -> str:
    """The numbers of one dataset in a sentence, for those who cannot see the drawing."""
    numbers = {name: sum(row.number for row in told.part(name)) for name in ("years", "spans", "open", "undated")}
    years = told.part("years")
    parts = []
    if years:
        most = max(years, key=lambda row: row.number)
        words = ngettext("%(n)s in a single year", "%(n)s in single years", numbers["years"])
        parts.append((words + _(", most of them (%(most)s) in %(year)s")) % {
            "n": numbers["years"], "most": most.number, "year": most.time[0],
        })  # fmt: skip
    if numbers["spans"] or numbers["open"]:
        parts.append(_("%(n)s over several years or open on a side") % {"n": numbers["spans"] + numbers["open"]})
    if numbers["undated"]:
        parts.append(_("%(n)s without a date") % {"n": numbers["undated"]})
    disputed = sum(row.disputed for row in told.rows)
    if disputed:
        parts.append(_("%(n)s of all these are disputed") % {"n": disputed})
    return _("%(dataset)s: %(parts)s.") % {"dataset": told.dataset, "parts": "; ".join(parts)}
