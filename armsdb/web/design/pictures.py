"""Samples: pictures of numbers, with all that is doubtful."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from armsdb.charts.compare import Compared
from armsdb.charts.forms import SMALL
from armsdb.charts.maps import Mapped
from armsdb.charts.timeline import Part, timeline_picture
from armsdb.charts.years import bounds_of, years_picture
from armsdb.filters.networks import Network
from armsdb.models.links import Link
from armsdb.models.tallied import AtTime, ByTime, Flow, Flows, Share, Shares
from armsdb.web.pictures import COMPARE, FLOWS, MAP, NETWORK, SUPPLIERS, TIMELINE, YEARS, Drawn
from armsdb.web.pictures.base import Sketch
from armsdb.web.pictures.network import Row
from armsdb.web.pictures.years import table_of

from . import records as r
from .shown import Shown, show

SITE = "https://arms.example.org"
_PARTS = (
    "world.html",
    "picture_key.html",
    "picture_table.html",
    "picture_foot.html",
    "link_list.html",
    "link_rows.html",
    "drawing.html",
    "patterns.html",
)


def pictures() -> Iterator[Shown]:
    """Pictures in their states."""
    yield show(
        "picture.html",
        (_("by year, with all that is doubtful"), {"drawn": _years("sample-years", [_doubtful()]), "alone": True}),
        (_("of two datasets, one without a date"), {"drawn": _years("sample-two", [_plain(), _undated()])}),
        (_("by party, the rest folded"), {"drawn": _bars("sample-bars")}),
        (_("from whom to whom"), {"drawn": _flows("sample-flows")}),
        (_("side by side"), {"drawn": _compared("sample-compared")}),
        (_("on a map"), {"drawn": _map("sample-map")}),
        (_("on a line of time, counted"), {"drawn": _timeline("sample-timeline")}),
        (_("who is linked with whom"), {"drawn": _network("sample-network")}),
        parts=_PARTS,
    )
    small = Sketch.of(years_picture([_doubtful()], bounds_of([_doubtful()]), [SMALL]))
    yield show("sketch.html", ("", {"sketch": small, "title": YEARS.label, "id": "sample"}), parts=("drawing.html",))
    one = _years("sample-one", [_plain()])
    yield show("pictures.html", ("", {"pictures": [(_("Received, by year"), one)]}), parts=("picture.html",))


def question() -> Any:
    """A question of which all is known without asking."""
    return SimpleNamespace(
        sentence=_("Transfers from %(country)s") % {"country": r.NORTHLAND.name},
        query_string="",
        left_out={"undated": 0, "currency": 0},
        kept=SimpleNamespace(reaching_beyond=3),
        memory=SimpleNamespace(version=(1, r.DAY), cited=(1, r.DAY.date())),
    )


def _years(id: str, tallied: list[ByTime]) -> Drawn:  # noqa: A002
    return _leading_here(YEARS.of_numbers(question(), tallied, bounds_of(tallied), SITE, id))


def _bars(id: str) -> Drawn:  # noqa: A002
    rows = [_share("northland", documented=4, reported=30, disputed=3), _share("southland", corroborated=9, alleged=2)]
    rows += [_share(f"land-{number}", reported=30 - number) for number in range(4, 24)]
    rows.append(replace(_share("unknown", reported=5), label=_("no country told"), is_known=False))
    return _leading_here(SUPPLIERS.of_numbers(question(), [Shares(r.DATASET, rows)], SITE, id))


def _flows(id: str) -> Drawn:  # noqa: A002
    north, south = _share("northland", reported=12, alleged=2), _share("southland", reported=6, disputed=3)
    other = Share(label=_("%(n)s others") % {"n": 7}, folded=7)
    other.add("", "reported", 8)
    to_south, to_north = _share("southland", reported=20, alleged=2), _share("northland", reported=6, disputed=3)
    told = ((north, to_south), (south, to_north), (other, to_south))
    rows = [Flow(cells=dict(supplier.cells), supplier=supplier, recipient=to) for supplier, to in told]
    flows = Flows(r.DATASET, [north, south, other], [to_south, to_north], rows, first=rows[:2], pairs=9)
    return _leading_here(FLOWS.of_numbers(question(), [flows], SITE, id))


def _compared(id: str) -> Drawn:  # noqa: A002
    both = [Compared(r.NORTHLAND.name, "northland", [_doubtful()], {r.DATASET.pk: 37}),
            Compared(r.SOUTHLAND.name, "southland", [_plain()], {r.DATASET.pk: 89})]  # fmt: skip
    bounds = bounds_of(told for one in both for told in one.tallied)
    return _leading_here(COMPARE.of_numbers(question(), both, bounds, SITE, id))


def _map(id: str) -> Drawn:  # noqa: A002
    """A map of countries that there are: made-up ones have no place on it."""
    rows = [_share("france", reported=41, disputed=2), _share("soviet-union", reported=9), _share("malta", alleged=1)]
    codes = {"france": "FR", "soviet-union": "SUHH", "malta": "MT"}
    mapped = [Mapped(r.DATASET, _("Where they came from"), rows, codes, frozenset({"france"}))]
    return _leading_here(MAP.of_numbers(question(), [], mapped, SITE, id))


def _timeline(id: str) -> Drawn:  # noqa: A002
    title = _("Received by %(country)s") % {"country": r.NORTHLAND.name}
    picture = timeline_picture([Part(title, counted=[_doubtful()])], [])
    tables, told = [table_of(_doubtful(), question(), title)], {"columns": [], "read_rows": list}
    return _leading_here(
        TIMELINE.told(question(), picture, tables=tables, drawn_from=[r.DATASET], site=SITE, id=id, **told)
    )


def _network(id: str) -> Drawn:  # noqa: A002
    """Links of every sort, one of them disputed; all lead here."""
    links = [
        _link("transfers", r.SOUTHLAND, r.NORTHLAND, reported=9, disputed=2),
        _link("transfers", r.NORTHLAND, r.SOUTHLAND, disputed=1),
        _link("part", r.WORKS, r.NORTHLAND, side="recipient", alleged=2),
    ]
    drawn = NETWORK.of_network(question(), Network([r.NORTHLAND], links, [r.DATASET]), SITE, id)
    for drawing in drawn.panels[0]["drawings"].values():
        for text in drawing["texts"]:
            text |= {"url": r.HERE} if "url" in text else {}
    groups = [replace(group, rows=[_row_here(row) for row in group.rows]) for group in drawn.groups]
    return replace(drawn, groups=groups)


def _row_here(row: Row) -> Row:
    told = [replace(one, url=r.HERE) for one in row.told]
    return replace(row, url=r.HERE, told=told, alone=r.HERE, added=r.HERE)


def _link(kind: str, source: Any, target: Any, side: str = "", **grades: int) -> Link:
    link = Link(kind=kind, source=source, target=target, dataset=r.DATASET, side=side)
    for grade, number in grades.items():
        link.add("", grade, number)
    return link


def _leading_here(drawn: Drawn) -> Drawn:
    """The picture, of which no row leads to records that are not there."""
    tables = [
        replace(
            table,
            groups=[(title, [(words, r.HERE, cells) for words, _url, cells in rows]) for title, rows in table.groups],
        )
        for table in drawn.tables
    ]
    return replace(drawn, tables=tables)


def _share(value: str, **grades: int) -> Share:
    share = Share(value=value, label=value.replace("-", " ").title())
    for grade, number in grades.items():
        share.add("", grade, number)
    return share


def _at(time: int | str | None, **numbers: int) -> AtTime:
    """Transfers of a time; `delivered_reported=3`."""
    row = AtTime(time=(time, None) if isinstance(time, int) else (None, time))
    for name, number in numbers.items():
        kind, grade = name.split("_")
        row.add("" if time is None else kind, grade, number)
    return row


def _doubtful() -> ByTime:
    rows = [
        _at(2001, delivered_documented=2, delivered_corroborated=3),
        _at(2002, delivered_reported=4, delivered_alleged=1),
        _at(2004, delivered_reported=5, delivered_disputed=2),
        _at(2005, delivered_reported=2, ordered_reported=3, talked_reported=1),
        _at("2003/2006", delivered_reported=4),
        _at("2006/..", ordered_documented=1),
        _at("../2002-06", delivered_disputed=1),
        _at("200X", talked_alleged=2),
        _at(None, delivered_reported=6),
    ]
    return ByTime(r.DATASET, rows)


def _plain() -> ByTime:
    return ByTime(r.DATASET, [_at(year, delivered_reported=1 + year * 7 % 5) for year in range(1990, 2020)])


def _undated() -> ByTime:
    return ByTime(r.OTHER_DATASET, [_at(None, delivered_reported=3)])
