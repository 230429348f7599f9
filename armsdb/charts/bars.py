"""Transfers by party or category as bars, those with most first; the rest is folded, and its number told.

What is disputed stands at the end of a bar, so that what is before it is the number without.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.lib.vocab import Grade
from armsdb.models.tallied import Share, Shares, Tallied, grades_in

from .forms import BOTH, WIDE, Form
from .numbers import Measure
from .readings import reading_of
from .sheet import Sheet
from .words import fitted, width_of

#: The most bars of one drawing, without that of what is not known; one more would take no more room than the fold.
MOST = WIDE.rows
#: How thick a bar is, and from one to the next.
THICK, STEP = 13, 22
#: The room for names beside the bars on wide screens, and between a bar and its number.
NAMES, BESIDE = 220, 6
#: What is there can be seen, however few they are among many.
LEAST = 2.0


def bars_picture(tallied: Sequence[Shares], forms: Sequence[Form] = BOTH) -> dict[str, Any]:
    """A drawing for each dataset in each form, and what their key has to tell."""
    rows = [row for told in tallied for row in told.rows]
    return {
        "panels": [_panel(told, forms) for told in tallied],
        "key": {"grades": grades_in(rows), "disputed": any(row.disputed for row in rows)},
    }


def folded(rows: Sequence[Share], most: int = MOST) -> tuple[list[Share], Share | None, list[Share]]:
    """Of groups in their order those with most, all others as one, and those of which the value is not known."""
    known = [row for row in rows if row.is_known]
    unknown = [row for row in rows if not row.is_known]
    if len(known) <= most + 1:
        return known, None, unknown
    number = len(known) - most
    others = Share(label=ngettext("%(n)s other", "%(n)s others", number) % {"n": number}, folded=number)
    for row in known[most:]:
        for (kind, grade), number in row.cells.items():
            others.add(kind, grade, number)
    return known[:most], others, unknown


def _panel(told: Shares, forms: Sequence[Form]) -> dict[str, Any]:
    return {
        "dataset": told.dataset,
        "drawings": {form.name: _draw(form, told) for form in forms} if told.rows else {},
        "finding": _finding(told),
    }


def _draw(form: Form, told: Shares) -> dict[str, Any]:
    sheet = Sheet(form.width, form.size)
    most, others, unknown = folded(told.rows, form.rows)
    rows: list[Any] = [*most, *([others] if others else []), *unknown]
    beside = form is WIDE
    left = NAMES if beside else 0
    numbers = max(width_of(_number(row), form.size) for row in rows)
    greatest = max(row.number for row in rows)
    # Parts that are drawn longer than they are, so as to be seen, may be of each grade.
    room = form.width - left - BESIDE - numbers - LEAST * len(Grade)
    measure = Measure(greatest, room * Measure(greatest, 1).beyond)
    y = 4.0
    for row in rows:
        plain = row in most
        if beside:
            name = fitted(row.label, form.size, NAMES - 14)
            sheet.text(NAMES - 10, y + THICK - 2, name, "end", kind="" if plain else "t2")
        else:
            y += form.size + 4
            sheet.text(0, y - 4, fitted(row.label, form.size, form.width), kind="" if plain else "t2")
        start = y
        end = _bar(sheet, left, y, measure, row)
        sheet.text(end + BESIDE, y + THICK - 2, _number(row), kind="t2")
        y += STEP if beside else THICK + 7
        if told.name and not row.folded:
            sheet.spot(
                reading_of(row.label, row), {told.name: row.value}, x=0, y=start, width=form.width, height=y - start
            )
    if beside:
        sheet.path("ax", f"M{left} 0V{y}")
    sheet.height = y
    return sheet.as_dict()


def _bar(sheet: Sheet, x: float, y: float, measure: Measure, row: Tallied) -> float:
    """One bar, part on part; gives where it ends."""
    for _kind, grade, number in row.in_order():
        width = max(measure.at(number), LEAST)
        gap = 0.8 if width > 3 else 0.0
        sheet.bar(x, y, width - gap, THICK, shape="delivered", grade=grade)
        x += width
    return x


def _number(row: Tallied) -> str:
    return f"{row.undisputed} + {row.disputed}" if row.disputed else str(row.number)


def _finding(told: Shares) -> str:
    """The first of one dataset in a sentence, for those who cannot see the drawing."""
    most, others, unknown = folded(told.rows, 3)
    parts = [_("%(name)s %(n)s") % {"name": row.label, "n": row.number} for row in (*most, *unknown)]
    if others:
        parts.insert(len(most), _("%(others)s %(n)s together") % {"others": others.label, "n": others.number})
    disputed = sum(row.of_grade(Grade.DISPUTED) for row in told.rows)
    if disputed:
        parts.append(_("%(n)s of all these are disputed") % {"n": disputed})
    return _("%(dataset)s: %(parts)s.") % {"dataset": told.dataset, "parts": "; ".join(parts)}
