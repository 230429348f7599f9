"""Numbers that no database knows, for the pictures that draw them, and the pictures as files."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from armsdb.charts.compare import Compared, compare_picture
from armsdb.charts.items import happened, lines
from armsdb.charts.maps import Mapped
from armsdb.charts.poster import poster
from armsdb.charts.signs import signs_of
from armsdb.charts.timeline import Part, timeline_picture
from armsdb.charts.years import bounds_of, years_picture
from armsdb.models import Country, Dataset, Organisation, Person, Sanction
from armsdb.models.links import Link
from armsdb.models.tallied import AtTime, ByTime, Flow, Flows, Share, Shares

from .builders import event, fact, line

GOLDEN = Path(__file__).parent / "golden"
REGISTER, ARTICLES = Dataset(pk=1, name="A register"), Dataset(pk=2, name="Some articles")


def at(time: int | str | None, **numbers: int) -> AtTime:
    """Transfers of a time: `at(2003, delivered_reported=2)`, `at("2021/..", ordered_disputed=1)`."""
    row = AtTime(time=(time, None) if isinstance(time, int) else (None, time))
    for name, number in numbers.items():
        kind, grade = name.split("_")
        row.add("" if time is None else kind, grade, number)
    return row


def by_time(*rows: AtTime, dataset: Dataset = REGISTER) -> ByTime:
    return ByTime(dataset, list(rows))


def years(*tallied: ByTime, asked: tuple[int | None, int | None] = (None, None)) -> dict[str, Any]:
    return years_picture(tallied, bounds_of(tallied, asked))


DOUBTFUL = by_time(
    at(2001, delivered_documented=2, delivered_corroborated=3),
    at(2002, delivered_reported=4, delivered_alleged=1),
    at(2004, delivered_reported=5, delivered_disputed=2),
    at(2005, delivered_reported=2, ordered_reported=3, talked_reported=1),
    at("2003/2006", delivered_reported=4),
    at("2006-03/..", ordered_documented=1),
    at("../2002-06", delivered_disputed=1),
    at("[2002,2004]", talked_alleged=2),
    at(None, delivered_reported=6),
)
#: Pictures by year that hold what is hard to draw.
YEARS = {
    "doubtful": (DOUBTFUL,),
    "nothing": (),
    "no-date": (by_time(at(None, delivered_reported=3)),),
    "one": (by_time(at(2019, delivered_reported=1)),),
    "sixty-years": (
        by_time(*(at(year, delivered_reported=1 + year * 7 % 40) for year in range(1960, 2020))),
        by_time(at(1999, delivered_documented=1), at("197X", delivered_reported=2), dataset=ARTICLES),
    ),
}


def share(value: str, label: str = "", *, known: bool = True, **grades: int) -> Share:
    """Transfers of one value: `share("russia", reported=3)`."""
    row = Share(value=value, label=label or value.replace("-", " ").title(), is_known=known)
    for grade, number in grades.items():
        row.add("", grade, number)
    return row


def flows(*told: tuple[str, str, dict[str, int]], dataset: Dataset = REGISTER) -> Flows:
    """Transfers from one to the other, by grade; a name in brackets is what is not known."""
    sides: list[dict[str, Share]] = [{}, {}]
    rows = []
    for *names, grades in told:
        ends = []
        for side, name in zip(sides, names, strict=True):
            end = side.setdefault(name, share(name, name.strip("()"), known=not name.startswith("(")))
            for grade, number in grades.items():
                end.add("", grade, number)
            ends.append(end)
        rows.append(
            Flow({("", grade): number for grade, number in grades.items()}, supplier=ends[0], recipient=ends[1])
        )
    ordered = [sorted(side.values(), key=lambda row: (not row.is_known, -row.number)) for side in sides]
    first = sorted(rows, key=lambda row: -row.number)
    return Flows(dataset, suppliers=ordered[0], recipients=ordered[1], rows=rows, first=first, pairs=len(rows))


#: Pictures by party that hold what is hard to draw: a former state, the disputed, the not known, one alone, very many.
SHARES = {
    "doubtful": (
        Shares(
            REGISTER,
            [
                share("russia", reported=12, disputed=2, documented=3),
                share("soviet-union", reported=7, corroborated=2),
                share("lands-of-a-very-long-name-that-finds-no-room", alleged=1),
                share("unknown", "no country told", known=False, reported=4),
            ],
        ),
    ),
    "nothing": (),
    "one": (Shares(REGISTER, [share("russia", reported=1)]),),
    "many": (
        Shares(REGISTER, [share(f"land-{n:02}", reported=400 - 6 * n, disputed=1 + n % 2) for n in range(60)]),
        Shares(ARTICLES, [share("russia", documented=1)]),
    ),
}
FLOWS = {
    "doubtful": (
        flows(
            ("Russia", "Myanmar", {"reported": 9, "disputed": 2}),
            ("Soviet Union", "Myanmar", {"reported": 5, "alleged": 1}),
            ("Myanmar", "Russia", {"reported": 3, "disputed": 1}),
            ("(no country told)", "Myanmar", {"documented": 2}),
            ("Russia", "(no country told)", {"corroborated": 2}),
        ),
    ),
    "nothing": (),
    "one": (flows(("Russia", "Myanmar", {"reported": 1})),),
    "many": (
        flows(
            *((f"Land {n % 12}", f"State of a long name {n * 7 % 11}", {"reported": 1 + n * n % 40}) for n in range(60))
        ),
        flows(("Russia", "Myanmar", {"documented": 1}), dataset=ARTICLES),
    ),
}


LINES = (
    line(1, what="Tanks", delivered="2003/2004", evidence="documented"),
    line(2, what="Patrol boats", ordered="2011-05/..", evidence="alleged"),
    line(3, what="Rockets", talked="[2008,2012]", evidence="disputed"),
    line(4, what="Rifles", delivered="2010", evidence="corroborated"),
)
HAPPENED = (
    ("Visits and meetings", happened([event("2009-03-02"), event("2012-07", status="expected")])),
    ("Sanctions", happened([fact(Sanction, "Listed", kind="sanctions", imposed="2013-02-01")])),
    ("Other events", happened([event("199X", kind="protest"), event("2006-09-19", kind="coup", name="Coup")])),
)


def compared(label: str, *tallied: ByTime) -> Compared:
    numbers = {told.dataset.pk: sum(row.number for row in told.rows) for told in tallied}
    return Compared(label, label.lower(), tallied, numbers)


#: Side by side: what is hard to draw, one that has nothing in a dataset, the most that may stand there.
COMPARED = {
    "doubtful": [
        compared("Hereland", DOUBTFUL),
        compared("Thereland of a very long name that finds no room", YEARS["sixty-years"][0]),
        compared("Nowhere", by_time(at(None, delivered_reported=2), dataset=ARTICLES)),
    ],
    "five": [compared(f"Land {n}", by_time(at(2000 + n, delivered_reported=7 * n + 1))) for n in range(5)],
}


CODES = {"russia": "RU", "soviet-union": "SUHH", "singapore": "SG", "myanmar": "MM"}
CODES |= {name: name for name in ("biafra", "nowhere")}
#: A map with what is hard to draw: former states, an island, the disputed alone, the not known, what has no place.
MAPPED = (
    Mapped(
        REGISTER,
        "Where they came from",
        [
            share("russia", reported=40, disputed=2),
            share("soviet-union", reported=9),
            share("singapore", documented=3),
            share("biafra", alleged=1),
            share("myanmar", disputed=2),
            share("nowhere", reported=1),
            share("unknown", "no country told", known=False, reported=4),
        ],
        CODES,
        frozenset({"myanmar"}),
    ),
)


HERELAND, THERELAND = (
    Country(pk=pk, public_id=name.lower(), name=name) for pk, name in enumerate(("Hereland", "Thereland"))
)
WORKS = Organisation(pk=1, public_id="works", name="Works of a very long name that finds no room", kind="company")
FRONT = Organisation(pk=2, public_id="front", name="A front", kind="armed-group")
SOMEBODY = Person(pk=1, public_id="somebody", name="Somebody")


def link(kind: str, source: Any, target: Any, *, dataset: Dataset = REGISTER, side: str = "", **grades: int) -> Link:
    """A link: `link("transfers", HERELAND, THERELAND, reported=3)`."""
    made = Link(kind=kind, source=source, target=target, dataset=dataset, side=side)
    for grade, number in grades.items():
        made.add("", grade, number)
    return made


def states(number: int) -> list[Country]:
    return [Country(pk=100 + n, public_id=f"state-{n}", name=f"State {n}") for n in range(number)]


#: Networks: those in the middle, and links with what is hard to draw: disputed in part, disputed alone, of two
#: datasets, of every kind; one alone; more than find room; several in the middle; nothing.
NETWORKS: dict[str, tuple[list[Any], list[Link]]] = {
    "doubtful": (
        [HERELAND],
        [
            link("transfers", THERELAND, HERELAND, reported=9, disputed=2),
            link("transfers", THERELAND, HERELAND, dataset=ARTICLES, documented=3),
            link("transfers", HERELAND, THERELAND, disputed=1),
            link("part", WORKS, HERELAND, side="recipient", alleged=2),
            link("part", FRONT, HERELAND, side="supplier", disputed=1),
            link("post", SOMEBODY, HERELAND, reported=1),
            link("sanctions", THERELAND, HERELAND, documented=1),
            link("sanctions", HERELAND, SOMEBODY, disputed=1),
        ],
    ),
    "nothing": ([SOMEBODY], []),
    "one": ([WORKS], [link("owns", FRONT, WORKS, corroborated=1)]),
    "many": (
        [HERELAND],
        [link("transfers", one, HERELAND, reported=1 + one.pk * 7 % 60) for one in states(60)]
        + [link("transfers", HERELAND, one, reported=1) for one in states(9)],
    ),
    "several": (
        [HERELAND, THERELAND, WORKS],
        [
            link("transfers", HERELAND, THERELAND, reported=5),
            link("transfers", THERELAND, HERELAND, alleged=1),
            link("part", WORKS, HERELAND, side="supplier", reported=2),
            *(link("transfers", one, HERELAND, reported=one.pk) for one in states(4)),
            *(link("transfers", one, THERELAND, reported=2) for one in states(5)),
            link("owns", FRONT, WORKS, reported=1),
        ],
    ),
}


def side_by_side(rows: Sequence[Compared], **more: Any) -> dict[str, Any]:
    return compare_picture(rows, bounds_of(told for row in rows for told in row.tallied), **more)


#: Lines of time: of a few transfers, of many that are counted, of what happened alone, of nothing.
TIMELINES = {
    "few": ([Part("Received by Hereland", lines(LINES[:2])), Part("Supplied by Hereland", lines(LINES[2:], after=2))],),
    "counted": ([Part("Received by Hereland", counted=[DOUBTFUL, *YEARS["sixty-years"]])],),
    "happened": ([],),
}


def timeline(parts: Sequence[Part], rows: Any = HAPPENED, **more: Any) -> dict[str, Any]:
    return timeline_picture(parts, rows, turns=[event("2006-09-19", kind="coup", name="Coup in Hereland")], **more)


def file_of(title: str, picture: dict[str, Any], foot: Iterable[str] = ("Drawn for a test.",)) -> str:
    """A picture as the file that readers take along."""
    sheet = poster(
        title=title, say="What it shows.", panels=picture["panels"], signs=signs_of(picture["key"]), foot=foot
    )
    finding = " ".join(panel["finding"] for panel in picture["panels"])
    return render_to_string("explore/poster.svg", {"poster": sheet, "finding": finding})
