"""Who supplied whom: suppliers left, recipients right, between them ribbons as broad as there are transfers.

Either side is folded to those with most and the number of the others. What is disputed has ribbons of its own, hatched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.lib.vocab import Grade
from armsdb.models.tallied import Flows, Share, grades_in

from .forms import BOTH, NARROW, SMALL, WIDE, Form
from .readings import reading_of
from .sheet import Sheet
from .words import fitted, width_of

#: The most countries of a side, without those that are folded.
MOST = 10
#: How thick a country stands, what lies between two, and the least that each takes so that its name finds room.
THICK, BETWEEN, LEAST = 10, 6, 13
#: How long all countries of a side are together, and how much room its names have, on wide screens and on phones.
LENGTH = {WIDE.name: 340, NARROW.name: 300, SMALL.name: 90}
NAMES = {WIDE.name: 220, NARROW.name: 104, SMALL.name: 104}


@dataclass
class _Node:
    """A country on its side, or those that are folded, and where it stands."""

    told: Share
    y: float = 0
    #: How much of its length ribbons have taken already.
    taken: float = 0


def flows_picture(tallied: Sequence[Flows], forms: Sequence[Form] = BOTH) -> dict[str, Any]:
    """A drawing for each dataset in each form, and what their key has to tell."""
    rows = [row for told in tallied for row in told.rows]
    return {
        "panels": [_panel(told, forms) for told in tallied],
        "key": {
            "grades": grades_in(rows),
            "ribbons": bool(rows),
            "disputed_ribbons": any(row.disputed for row in rows),
        },
    }


def _panel(told: Flows, forms: Sequence[Form]) -> dict[str, Any]:
    return {
        "dataset": told.dataset,
        "drawings": {form.name: _draw(form, told) for form in forms} if told.rows else {},
        "finding": _finding(told),
    }


def _draw(form: Form, told: Flows) -> dict[str, Any]:
    sheet = Sheet(form.width, form.size)
    sides = [_Node(row) for row in told.suppliers], [_Node(row) for row in told.recipients]
    unit = LENGTH[form.name] / sum(flow.number for flow in told.rows)
    top = form.size + 12.0
    heights = [_place(nodes, unit) for nodes in sides]
    for nodes, height in zip(sides, heights, strict=True):
        for node in nodes:
            node.y += top + (max(heights) - height) / 2
    left, right = NAMES[form.name], form.width - NAMES[form.name]
    _ribbons(sheet, told, sides, unit, (left + THICK, right - THICK))
    for nodes, x, words, anchor in ((sides[0], left, _("From"), "end"), (sides[1], right, _("To"), "start")):
        beside = x - 6 if anchor == "end" else x + 6
        sheet.text(beside, form.size, words, anchor, kind="t2")
        for node in nodes:
            _node(sheet, form, node, x if anchor == "end" else x - THICK, beside, anchor, unit)
    sheet.height = top + max(heights)
    return sheet.as_dict()


def _place(nodes: list[_Node], unit: float) -> float:
    """Put the countries of a side below each other; gives how long they are together."""
    y = 0.0
    for node in nodes:
        room = max(node.told.number * unit, LEAST)
        node.y = y + (room - node.told.number * unit) / 2
        y += room + BETWEEN
    return y


def _ribbons(
    sheet: Sheet, told: Flows, sides: tuple[list[_Node], list[_Node]], unit: float, between: tuple[float, float]
) -> None:
    """The ribbons of each pair, from top to bottom on both sides, so that none crosses another without need."""
    places = [{id(node.told): place for place, node in enumerate(nodes)} for nodes in sides]
    pairs = {
        (places[0][id(flow.supplier)], places[1][id(flow.recipient)]): (flow.undisputed, flow.disputed)
        for flow in told.rows
    }
    ends: dict[tuple[int, int], float] = {}
    for pair in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        node = sides[1][pair[1]]
        ends[pair] = node.y + node.taken
        node.taken += sum(pairs[pair]) * unit
    for pair in sorted(pairs):
        node = sides[0][pair[0]]
        first, last = node.y + node.taken, ends[pair]
        node.taken += sum(pairs[pair]) * unit
        for number, is_disputed in zip(pairs[pair], (False, True), strict=True):
            if number:
                _ribbon(sheet, between, first, last, max(number * unit, 0.6), is_disputed=is_disputed)
                first, last = first + number * unit, last + number * unit


def _ribbon(
    sheet: Sheet, between: tuple[float, float], first: float, last: float, broad: float, *, is_disputed: bool
) -> None:
    x, to = between
    middle = (x + to) / 2
    there = f"M{x} {first:.1f}C{middle} {first:.1f} {middle} {last:.1f} {to} {last:.1f}"
    back = f"V{last + broad:.1f}C{middle} {last + broad:.1f} {middle} {first + broad:.1f} {x} {first + broad:.1f}Z"
    sheet.path("flow patterned" if is_disputed else "flow", there + back, fill="disputed" if is_disputed else "")


def _node(sheet: Sheet, form: Form, node: _Node, x: float, beside: float, anchor: str, unit: float) -> None:
    """A country with its parts by grade, its name and its number."""
    y = node.y
    for _kind, grade, number in node.told.in_order():
        sheet.bar(x, y, THICK, max(number * unit, 0.8), shape="delivered", grade=grade)
        y += number * unit
    disputed = node.told.disputed
    told = f"{node.told.undisputed} + {disputed}" if disputed else str(node.told.number)
    name = fitted(node.told.label, form.size, NAMES[form.name] - 8 - width_of(f" {told}", form.size))
    words = f"{name} {told}"
    middle = node.y + node.told.number * unit / 2 + form.size / 3
    if not node.told.folded:
        side, left = ("supplier", 0.0) if anchor == "end" else ("recipient", x)
        place = {"x": left, "y": node.y, "width": NAMES[form.name] + THICK, "height": max(y - node.y, LEAST)}
        sheet.spot(reading_of(node.told.label, node.told), {side: node.told.value}, **place)
    sheet.text(beside, middle, words, anchor, kind="" if node.told.is_known and not node.told.folded else "t2")


def _finding(told: Flows) -> str:
    """The greatest flows of one dataset in a sentence, for those who cannot see the drawing."""
    parts = [
        _("%(supplier)s to %(recipient)s %(n)s")
        % {"supplier": row.supplier.label, "recipient": row.recipient.label, "n": row.number}
        for row in told.first[:3]
    ]
    parts.append(ngettext("%(n)s pair in all", "%(n)s pairs in all", told.pairs) % {"n": told.pairs})
    disputed = sum(row.of_grade(Grade.DISPUTED) for row in told.rows)
    if disputed:
        parts.append(ngettext("%(n)s transfer is disputed", "%(n)s transfers are disputed", disputed) % {"n": disputed})
    return _("%(dataset)s: %(parts)s.") % {"dataset": told.dataset, "parts": "; ".join(parts)}
