"""Who is linked with whom: those that are asked for in the middle, at either side those that they are linked with.

Who is linked in several ways stands under each of them, so that no line crosses another without need. What finds no
room is folded with its number. On phones those in the middle stand above, and each has a line down along all others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from armsdb.models.links import LINKS, OWNS, PART, POST, SANCTIONS, TRANSFERS, Link, address_of

from .forms import BOTH, NARROW, SMALL, WIDE, Form
from .linked import Group, Member, finding_of, groups_of
from .maps import in_words, steps_of
from .marks import HALF, SHAPES, mark_of, shape_of
from .sheet import Sheet
from .words import fitted, width_of

#: The most rows of a side, of which each group gets its part; and the fewest that a group gets.
ROWS = {WIDE.name: 26, NARROW.name: 44, SMALL.name: 7}
FEWEST = {WIDE.name: 5, NARROW.name: 5, SMALL.name: 2}
#: From row to row, so that each can be hit; the room of names, and that of a box in the middle.
STEP = {WIDE.name: 24, NARROW.name: 25, SMALL.name: 18}
NAMES, BOX, TALL = 220, 200, 30
#: What lies between a mark and its words.
GAP = 8


def network_picture(centres: Sequence[Any], links: Sequence[Link], forms: Sequence[Form] = BOTH) -> dict[str, Any]:
    """A drawing of all links in each form, what its key has to tell, and how many found no room on the wide one."""
    groups = groups_of(centres, links)
    greatest = max((link.number for link in links if link.kind in (TRANSFERS, PART)), default=0)
    bounds = steps_of(greatest)
    drawings = {form.name: _draw(form, centres, groups, bounds) for form in forms} if groups else {}
    nodes = {*centres, *(end for link in links for end in link.ends)}
    return {
        "panels": [{"dataset": None, "drawings": drawings, "finding": finding_of(groups)}],
        "key": {
            "grades": [],
            "links": [kind for kind in LINKS if any(group.kind == kind for group in groups)],
            "widths": in_words(bounds) if greatest > 1 else [],
            "nodes": [shape for shape in SHAPES if any(shape_of(node) == shape for node in nodes)] if groups else [],
            "disputed_links": any(link.number == link.disputed for link in links),
            "disputed_parts": any(0 < link.disputed < link.number for link in links),
        },
    }


def _draw(form: Form, centres: Sequence[Any], groups: Sequence[Group], bounds: Sequence[int]) -> dict[str, Any]:
    sheet = Sheet(form.width, form.size)
    if form is WIDE:
        _wide(sheet, form, centres, groups, bounds)
    else:
        _narrow(sheet, form, centres, groups, bounds)
    return sheet.as_dict()


# On wide screens


def _wide(sheet: Sheet, form: Form, centres: Sequence[Any], groups: Sequence[Group], bounds: Sequence[int]) -> None:
    sides = _sides(groups)
    step = STEP[form.name]
    placed = [list(_rows(form, side)) for side in sides]
    heights = [len(rows) * step for rows in placed]
    middles = len(centres) * (TALL + 34) - 34
    sheet.height = max(*heights, middles) + 12
    first = (sheet.height - middles) / 2
    spots = {centre: first + place * (TALL + 34) + TALL / 2 for place, centre in enumerate(centres)}
    boxes = {centre: _box_width(centre, form.size + 1) for centre in centres}
    left, right = NAMES + GAP + HALF, form.width - NAMES - GAP - HALF
    for x, anchor, rows, height in zip((left, right), ("end", "start"), placed, heights, strict=True):
        y = (sheet.height - height) / 2
        for row in rows:
            y += step
            _row(sheet, form, x, y - step / 2, anchor, row)
            for link in row.lines:
                centre = link.target if link.target in spots else link.source
                edge = form.width / 2 + boxes[centre] / 2 * (-1 if anchor == "end" else 1)
                _curve(sheet, (x, y - step / 2), (edge, spots[centre]), link, bounds, out=link.source == centre)
    for group in groups:
        if group.way == "between":
            _joined(sheet, form.width / 2, spots, group, bounds)
    for centre, y in spots.items():
        _box(sheet, form.width / 2, y, boxes[centre], centre, form.size + 1)


def _sides(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """The groups left and right: whence and where to; what is neither stands where there is more room."""
    left = [group for group in groups if group.way == "in" and group.kind not in (PART, POST)]
    right = [group for group in groups if group.way == "out"]
    for group in groups:
        if group.way == "in" and group.kind in (PART, POST):
            lengths = [sum(min(len(one.members), 12) for one in side) for side in (left, right)]
            (left if lengths[0] <= lengths[1] else right).append(group)
    return left, right


@dataclass(frozen=True)
class _Row:
    """A row of a side: the title of a group, somebody of it, or how many of it are folded."""

    group: Group
    member: Member | None = None
    folded: int = 0

    @property
    def lines(self) -> list[Link]:
        return self.member.lines if self.member else []


def _rows(form: Form, groups: Sequence[Group]) -> Iterator[_Row]:
    """The rows of a side: for each group its title, those with most, and how many are folded, if any."""
    most = max(ROWS[form.name] // max(len(groups), 1), FEWEST[form.name])
    for group in groups:
        shown = group.members if len(group.members) <= most + 1 else group.members[:most]
        yield _Row(group)
        for member in shown:
            yield _Row(group, member)
        if len(shown) < len(group.members):
            yield _Row(group, folded=len(group.members) - len(shown))


def _row(sheet: Sheet, form: Form, x: float, y: float, anchor: str, row: _Row) -> None:
    """The words of a row, and the mark of whom it names."""
    beside = x - HALF - GAP if anchor == "end" else x + HALF + GAP
    base = y + form.size / 3
    if row.folded:
        sheet.text(beside, base, _("and %(n)s more, in the list") % {"n": row.folded}, anchor, kind="t2")
    elif row.member is None:
        sheet.text(x + (HALF if anchor == "end" else -HALF), base, row.group.title, anchor, kind="fs")
    else:
        member, node = row.member, row.member.node
        number = f" {member.told}" if row.group.is_counted and len(member.lines) == 1 else ""
        room = (NAMES if form is WIDE else form.width - beside) - width_of(number, form.size)
        words = fitted(member.name, form.size, room) + number
        if node:
            sheet.path(*mark_of(shape_of(node), x, round(y, 1)))
        sheet.text(beside, base, words, anchor, node=address_of(node) if node else "")


def _curve(
    sheet: Sheet,
    at: tuple[float, float],
    to: tuple[float, float],
    link: Link,
    bounds: Sequence[int],
    *,
    out: bool,
) -> None:
    """The line of a link between a mark and a box in the middle, with its sign beside the mark."""
    toward = 1 if to[0] > at[0] else -1
    x, y = at[0] + toward * (HALF + 4), at[1]
    middle = (x + to[0]) / 2
    _line(sheet, f"M{x:g} {y:.1f}C{middle:g} {y:.1f} {middle:g} {to[1]:.1f} {to[0]:.1f} {to[1]:.1f}", link, bounds)
    _sign(sheet, (x, y), to, link, out=out)


def _line(sheet: Sheet, d: str, link: Link, bounds: Sequence[int]) -> None:
    kind = f"link l-{link.kind}{width_class(link, bounds)}"
    if link.number == link.disputed:
        sheet.path("link doubted", d)
        sheet.path("link hollow", d)
    else:
        sheet.path(kind, d)


def width_class(link: Link, bounds: Sequence[int]) -> str:
    """How thick the line of a link of transfers is, as a class."""
    if link.kind not in (TRANSFERS, PART) or len(bounds) == 1:
        return ""
    names = [f" w{place}" for place in range(5 - len(bounds), 5)]
    return next(name for name, bound in zip(names, bounds, strict=True) if link.number <= bound)


def _sign(sheet: Sheet, near: tuple[float, float], far: tuple[float, float], link: Link, *, out: bool) -> None:
    """What tells the way of a link, whose ends are near its mark and far from it: an arrow beside the mark; of
    sanctions a bar at whom they are aimed at; of owners a diamond at who owns."""
    toward = 1 if far[0] > near[0] else -1
    x, y = near
    if link.kind == TRANSFERS:
        tip = -toward if out else toward
        start = x + (4 if tip == toward else 8) * toward
        sheet.path("node", f"M{start:g} {y - 4:g}l{7 * tip} 4l{-7 * tip} 4z")
    elif link.kind == SANCTIONS:
        x, y = (x + 3 * toward, y) if out else (far[0] - 5 * toward, far[1])
        sheet.path("across", f"M{x:g} {y - 5:g}v10")
    elif link.kind == OWNS:
        x, y = (far[0] - 12 * toward, far[1]) if out else (x + toward, y)
        sheet.path("node", f"M{x:g} {y:g}l{5 * toward} -4l{5 * toward} 4l{-5 * toward} 4z")


def _box_width(centre: Any, size: float) -> float:
    return min(width_of(centre.name, size) + 30, BOX)


def _box(sheet: Sheet, x: float, y: float, width: float, centre: Any, size: float) -> None:
    """One of those in the middle: its name in a box."""
    sheet.path("box", f"M{x - width / 2:.1f} {y - TALL / 2:.1f}h{width:.1f}v{TALL}h-{width:.1f}z")
    sheet.text(x, y + size / 3, fitted(centre.name, size, width - 16), "middle", kind="halo", size=size)


def _joined(sheet: Sheet, x: float, spots: dict[Any, float], group: Group, bounds: Sequence[int]) -> None:
    """The lines between two in the middle: beside each other by kind and way, those of far ones bowed out."""
    for link in (link for member in group.members for link in member.lines):
        down = 1 if spots[link.target] > spots[link.source] else -1
        first, last = sorted(spots[end] for end in link.ends)
        bow = x + (LINKS.index(group.kind) - 2) * 14 + 8 * down
        if last - first > TALL + 35:
            bow += down * BOX * (last - first) / 300
        _line(sheet, f"M{x:g} {first:.1f}C{bow:.1f} {first:.1f} {bow:.1f} {last:.1f} {x:g} {last:.1f}", link, bounds)
        if group.kind == TRANSFERS:
            at = x + (bow - x) * 0.75
            sheet.path("node", f"M{at - 4:.1f} {(first + last) / 2 - 4 * down:.1f}h8l-4 {8 * down}z")


# On phones


def _narrow(sheet: Sheet, form: Form, centres: Sequence[Any], groups: Sequence[Group], bounds: Sequence[int]) -> None:
    step, size = STEP[form.name], form.size
    lanes = {centre: 8 + 16 * place for place, centre in enumerate(centres)}
    x = max(lanes.values()) + 34
    starts, ends = {}, dict.fromkeys(centres, 0.0)
    y = 0.0
    for centre, lane in lanes.items():
        y += step
        starts[centre] = y - step / 2
        sheet.path(*mark_of(shape_of(centre), lane, y - step / 2))
        name = fitted(centre.name, size + 2, form.width - lane - 16)
        sheet.text(lane + 14, y - step / 2 + size / 3, name, kind="fs", size=size + 2)
    marks = len(sheet.paths)
    for row in _rows(form, groups):
        y += step
        for link in row.lines:
            centre = link.target if link.target in lanes else link.source
            ends[centre] = y - step / 2
            _line(sheet, f"M{lanes[centre]:g} {y - step / 2:g}H{x - HALF - 4:g}", link, bounds)
            near, far = (x - HALF - 4, y - step / 2), (lanes[centre], y - step / 2)
            _sign(sheet, near, far, link, out=link.source == centre)
        _row(sheet, form, x, y - step / 2, "start", row)
    downs = [
        {"kind": "spine", "d": f"M{lane:g} {starts[centre] + HALF:g}V{ends[centre]:g}", "fill": ""}
        for centre, lane in lanes.items()
        if ends[centre]
    ]
    sheet.paths[marks:marks] = downs
    sheet.height = y + 4
