"""What a picture draws and its table tells: how many transfers of one dataset stand at a time, or with a party.

Datasets are never added up, and disputed transfers are told apart from all others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import Grade

from .ledgers import DATES
from .summaries import Time

#: The parts of what is told by time, by the kind of date.
PARTS = ("years", "spans", "open", "undated")


@dataclass
class Tallied:
    """One group of transfers, and how many of them there are by the kind of their date and by grade.

    The kind is one of DATES, empty where time is not asked for or no date is told.
    """

    cells: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, kind: str, grade: str, number: int) -> None:
        self.cells[kind, grade] = self.cells.get((kind, grade), 0) + number
        self.__dict__.pop("number", None)

    @cached_property
    def number(self) -> int:
        """How many there are, those that are disputed included."""
        return sum(self.cells.values())

    @property
    def disputed(self) -> int:
        return self.of_grade(Grade.DISPUTED)

    @property
    def undisputed(self) -> int:
        return self.number - self.disputed

    def of_kind(self, kind: str) -> int:
        return sum(number for (own, _grade), number in self.cells.items() if own == kind)

    def of_grade(self, grade: str) -> int:
        return sum(number for (_kind, own), number in self.cells.items() if own == grade)

    def in_order(self) -> list[tuple[str, str, int]]:
        """The parts as they are stacked: what is disputed last, else by kind of date, the surest grade first."""
        grades, kinds = list(Grade), ["", *DATES]

        def place(cell: tuple[str, str]) -> tuple[bool, int, int]:
            kind, grade = cell
            return grade == Grade.DISPUTED, kinds.index(kind), grades.index(Grade(grade))

        return [(*cell, self.cells[cell]) for cell in sorted(self.cells, key=place)]


@dataclass
class AtTime(Tallied):
    """The transfers of one year, of one span or open time, or of none that is told."""

    time: Time = (None, None)

    @cached_property
    def date(self) -> VagueDate | None:
        """The time as a date; None where no date is told."""
        year, span = self.time
        edtf = str(year) if year is not None else span
        return dates.parse(edtf) if edtf else None

    @cached_property
    def part(self) -> str:
        if self.time[0] is not None:
            return "years"
        if self.date is None:
            return "undated"
        return "open" if None in (self.date.earliest, self.date.latest) else "spans"

    def touches(self, year: int) -> bool:
        """Whether the time may lie in a year; an open side reaches everything on it."""
        if self.date is None:
            return False
        first, last = self.date.earliest, self.date.latest
        if first is None or last is None:
            return (first is None or first.year <= year) and (last is None or year <= last.year)
        return year in self.years

    @cached_property
    def years(self) -> set[int]:
        """The years that it touches; none where a side is open."""
        return set(self.date.years()) if self.date else set()


@dataclass
class ByTime:
    """The transfers of one dataset by time, the newest first in each part."""

    dataset: Any
    rows: list[AtTime]

    def part(self, name: str) -> list[AtTime]:
        """The rows of one part, the newest first."""
        return self._parts.get(name, [])

    @cached_property
    def _parts(self) -> dict[str, list[AtTime]]:
        found: dict[str, list[AtTime]] = {}
        for row in sorted(self.rows, key=lambda row: dates.sort_key(row.date), reverse=True):
            found.setdefault(row.part, []).append(row)
        return found

    def at_most(self, row: AtTime) -> int:
        """How many there may be in a year at most: with spans and open times that touch it, without the undated."""
        year = row.time[0]
        assert year is not None  # asked of years alone
        return row.number + self._vague.get(year, 0)

    @cached_property
    def _vague(self) -> dict[int, int]:
        """How many transfers of spans and open times may lie in each year that any transfer is told of."""
        found: dict[int, int] = dict.fromkeys((row.time[0] for row in self.rows if row.time[0] is not None), 0)
        for row in self.rows:
            if row.part == "spans":
                for year in row.years & found.keys():
                    found[year] += row.number
            elif row.part == "open":
                for year in found:
                    found[year] += row.number if row.touches(year) else 0
        return found

    @property
    def undated(self) -> int:
        return sum(row.number for row in self.rows if row.part == "undated")


@dataclass
class Share(Tallied):
    """The transfers with one value: a country, a category, or what is not known."""

    value: str = ""
    label: str = ""
    is_known: bool = True
    #: How many values are folded into it; none where it stands for one.
    folded: int = 0


@dataclass
class Shares:
    """The transfers of one dataset by value, those with most first and what is not known last.

    `name`: of the parameter whose values they are.
    """

    dataset: Any
    rows: list[Share]
    name: str = ""


@dataclass
class Flow(Tallied):
    """The transfers from one country to another; a country that is not known has no name."""

    supplier: Share = field(default_factory=Share)
    recipient: Share = field(default_factory=Share)


@dataclass
class Flows:
    """The transfers of one dataset by the countries on both sides.

    `suppliers` and `recipients` are as they are drawn, those with most first, all others folded into one; `rows` are
    the flows between these. `first` are the pairs of countries with most transfers, of so many `pairs`.
    """

    dataset: Any
    suppliers: list[Share]
    recipients: list[Share]
    rows: list[Flow]
    first: list[Flow]
    pairs: int


def kinds_in(rows: Iterable[Tallied]) -> list[str]:
    """The kinds of dates that occur in some groups, in their order."""
    found = {kind for row in rows for kind, _grade in row.cells}
    return [kind for kind in DATES if kind in found]


def grades_in(rows: Iterable[Tallied]) -> list[str]:
    """The grades that occur in some groups, the surest first."""
    found = {grade for row in rows for _kind, grade in row.cells}
    return [grade.value for grade in Grade if grade.value in found]
