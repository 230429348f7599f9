"""Two to five side by side: each has its transfers by year, one below the other, on the same years and one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.models.tallied import AtTime, ByTime

from .forms import BOTH, SMALL, Form
from .scale import Scale
from .sheet import Sheet
from .words import fitted, width_of
from .years import draw_axis, draw_bands, draw_columns, key_of_times, lies_in

#: The height of the columns of each, and the most lanes of its bands.
HEIGHT, LANES = 76, 5


@dataclass(frozen=True)
class Compared:
    """One of those that are compared: its name, its transfers by time in each dataset, and how many these are."""

    label: str
    value: str
    tallied: Sequence[ByTime]
    numbers: Mapping[int, int]

    def of(self, dataset: Any) -> ByTime:
        """Its transfers in one dataset, which may be none."""
        return next((told for told in self.tallied if told.dataset == dataset), ByTime(dataset, []))

    def number(self, dataset: Any) -> int:
        return self.numbers.get(dataset.pk, 0)


def compare_picture(
    compared: Sequence[Compared], bounds: tuple[int, int] | None, forms: Sequence[Form] = BOTH
) -> dict[str, Any]:
    """A drawing for each dataset in each form, and what their key has to tell.

    `bounds`: the first year that is drawn, and the one after the last; without, there is no drawing.
    """
    tallied = list(chain(*(one.tallied for one in compared)))
    panels = [
        {
            "dataset": dataset,
            "drawings": {form.name: _draw(form, dataset, compared, bounds) for form in forms} if bounds else {},
            "finding": _finding(dataset, compared),
        }
        for dataset in datasets_of(compared)
    ]
    return {"panels": panels, "key": key_of_times(tallied)}


def datasets_of(compared: Sequence[Compared]) -> list[Any]:
    """The datasets in which any of them has transfers, by name."""
    found = {told.dataset.pk: told.dataset for one in compared for told in one.tallied}
    return sorted(found.values(), key=lambda dataset: (dataset.name, dataset.pk))


def _draw(form: Form, dataset: Any, compared: Sequence[Compared], bounds: tuple[int, int]) -> dict[str, Any]:
    sheet = Sheet(form.width, form.size)
    scale = Scale(bounds, low=form.gutter, high=form.width - 4, reach=form.reach)
    form = replace(form, height=min(form.height, HEIGHT), lanes=min(form.lanes, LANES))
    # The small one has columns alone: it shows what the picture looks like.
    drawn = [_drawn(one.of(dataset), bounds, bands=form.name != SMALL.name) for one in compared]
    greatest = max((row.number for rows in drawn for row in rows if row.part == "years"), default=0)
    y = 0.0
    for one, rows in zip(compared, drawn, strict=True):
        y = _one(sheet, form, scale, y, one, dataset, rows, greatest)
    sheet.height = y
    return sheet.as_dict()


def _drawn(told: ByTime, bounds: tuple[int, int], *, bands: bool) -> list[AtTime]:
    return [row for row in told.rows if row.date and lies_in(row.date, bounds) and (bands or row.part == "years")]


def _one(
    sheet: Sheet, form: Form, scale: Scale, y: float, one: Compared, dataset: Any, rows: list[AtTime], greatest: int
) -> float:
    """One of those that are compared, below its name and its number; gives where it ends."""
    size = form.size + 2
    number = str(one.number(dataset))
    y += size + 6
    sheet.text(
        0, y, fitted(one.label, size, form.width - width_of(f": {number}", size)) + f": {number}", kind="fs", size=size
    )
    if not rows:
        y += form.size + 8
        is_vague = form.name == SMALL.name and any(row.date for row in one.of(dataset).rows)
        words = _("none told for a single year") if is_vague else _("none with a date in these years")
        sheet.text(0, y, words, kind="t2")
        return y + 6
    columns = {row.time[0]: row for row in rows if row.part == "years"}
    if columns:
        y = draw_columns(sheet, form, scale, y, one.of(dataset), columns, greatest)
    y = draw_axis(sheet, form, scale, y + (0 if columns else 8))
    others = [row for row in rows if row.part != "years"]
    return draw_bands(sheet, form, scale, y, others) if others else y


def _finding(dataset: Any, compared: Sequence[Compared]) -> str:
    """The numbers of one dataset in a sentence, for those who cannot see the drawing."""
    parts = []
    for one in compared:
        number = one.number(dataset)
        words = ngettext("%(name)s %(n)s transfer", "%(name)s %(n)s transfers", number)
        parts.append(words % {"name": one.label, "n": number})
        disputed = sum(row.disputed for row in one.of(dataset).rows)
        if disputed:
            parts[-1] += " " + _("(%(n)s disputed)") % {"n": disputed}
    return _("%(dataset)s: %(parts)s.") % {"dataset": dataset, "parts": "; ".join(parts)}
