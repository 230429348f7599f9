"""One country on a time axis, partner by partner: what it received, and below it what it supplied."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from armsdb.models import Country, Event, Transfer

from . import items
from .axis import guides_of, key_of
from .guides import ROMAN, draw_guides, guide_words
from .items import Item
from .lanes import pack
from .scale import Scale, bounds_of
from .sheet import Sheet
from .words import fitted, width_of

#: The most partners each way, and lanes of one partner; the rest is counted.
PARTNERS, LANES = 12, 8
#: From lane to lane, and between bars that share one.
LANE, GAP = 13, 3


@dataclass(frozen=True)
class Form:
    """How a drawing is laid out: names beside the bars on wide screens, above them on phones."""

    width: int
    size: int
    title: int
    gutter: int
    reach: float


WIDE, SMALL = Form(1180, 14, 20, 230, 44), Form(328, 12, 16, 0, 24)


def partner_axis(
    country: Country, *, received: Iterable[Transfer], supplied: Iterable[Transfer], guides: Iterable[Event] = ()
) -> dict[str, Any] | None:
    """The axis of one country as data, in the form of `axis.relation_axis`; None where no line has a date."""
    lines = items.lines(received), items.lines(supplied, back=True)
    bounds = bounds_of([*lines[0], *lines[1]])
    if bounds is None:
        return None
    turns = guides_of(bounds, guides)
    titles = [_("Received by %(country)s"), _("Supplied by %(country)s")]
    parts = [
        (title % {"country": country.in_sentence}, _by_partner(row, side))
        for title, row, side in zip(titles, lines, ("supplier", "recipient"), strict=True)
        if row
    ]
    return {
        "title": _("Dated transfers of %(country)s by partner, %(first)s to %(last)s")
        % {"country": country.in_sentence, "first": bounds[0], "last": bounds[1] - 1},
        "finding": " ".join(_finding(title, partners) for title, partners in parts),
        "wide": _draw(WIDE, bounds, parts, turns),
        "upright": _draw(SMALL, bounds, parts, turns),
        "key": key_of([*lines[0], *lines[1]], back=titles[1] % {"country": country.in_sentence}),
        "numbered": [(numeral, guide.label) for numeral, guide in zip(ROMAN, turns, strict=False)],
        # Bars have no numbers here, so their rows need none.
        "rows": [*(replace(line, number="") for row in lines for line in row), *turns],
    }


def _finding(title: str, partners: list[tuple[str, list[Item]]]) -> str:
    """One part in a sentence, for those who cannot see the drawing."""
    lines = sum(len(row) for _name, row in partners)
    counts = {"title": title, "lines": lines, "partners": len(partners), "first": partners[0][0]}
    return _("%(title)s, transfers with a date: %(lines)s, of %(partners)s partners, most of %(first)s.") % counts


def _by_partner(lines: Iterable[Item], side: str) -> list[tuple[str, list[Item]]]:
    """Lines by the party on a side, those with most first."""
    found: dict[str, list[Item]] = {}
    for line in lines:
        assert isinstance(line.fact, Transfer)
        found.setdefault(line.fact.party_name(side), []).append(line)
    return sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))


def _draw(form: Form, bounds: tuple[int, int], parts: Any, guides: list[Item]) -> dict[str, Any]:
    sheet = Sheet(form.width, form.size)
    scale = Scale(bounds, low=form.gutter + 4, high=form.width - 14, reach=form.reach)
    y = top = guide_words(sheet, scale, guides, width=form.width, numerals=not form.gutter)
    for title, partners in parts:
        y += form.title + 4
        sheet.text(0, y, title, kind="fs", size=form.title)
        y += 8
        for name, lines in partners[:PARTNERS]:
            y = _partner(sheet, form, scale, y, name, lines)
        hidden = partners[PARTNERS:]
        sheet.left_out += sum(len(lines) for _name, lines in hidden)
        if hidden:
            y += form.size + 6
            sheet.text(0, y, _("and %(number)s more partners") % {"number": len(hidden)}, kind="t2")
            y += 6
        y += 6
    sheet.path("ax", f"M{form.gutter} {y}H{form.width}")
    for year in scale.ticks(room=4 * form.size):
        x = round(scale.at(year), 1)
        sheet.path("ax", f"M{x} {y}v6")
        half = width_of(str(year), form.size) / 2
        sheet.text(min(max(x, half), form.width - half), y + form.size + 8, str(year), "middle")
    draw_guides(sheet, scale, guides, top, y)
    sheet.height = y + form.size + 14
    return sheet.as_dict()


def _partner(sheet: Sheet, form: Form, scale: Scale, y: float, name: str, lines: list[Item]) -> float:
    """One partner: its name, the number of its lines, and a bar for each of them."""
    packed = pack(
        (
            (min(part.first for part in stretches), max(part.last for part in stretches), (line, stretches))
            for line in sorted(lines, key=lambda line: (-line.end, -line.start))
            for stretches in [[scale.stretch(span) for span in line.spans]]
        ),
        LANES,
        GAP,
    )
    sheet.left_out += packed.left_out
    number = f"{len(lines)} (+{packed.left_out})" if packed.left_out else str(len(lines))
    end = form.gutter - 14 if form.gutter else form.width
    sheet.text(0, y + form.size, fitted(name, form.size, end - width_of(number, form.size) - 8))
    sheet.text(end, y + form.size, number, "end", kind="t2")
    begin = y if form.gutter else y + form.size + 4
    for lane, (line, stretches) in packed:
        sheet.draw(line, stretches, begin + LANE * lane + LANE / 2 + 2)
    y = max(begin + LANE * len(packed.lanes), y + form.size) + 7
    sheet.path("hl", f"M0 {y}H{form.width}")
    return y + 1
