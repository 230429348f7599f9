"""SIPRI's Top 100 of arms companies: a workbook with a sheet a year, or one sheet as CSV.

The heads of the columns, their number and their order differ between the sheets; each names its year. What companies
sold by the money of another year, or in the year before, stands beside it and is not taken: the year has its own sheet.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.db.models import Q

from armsdb import actions
from armsdb.lib import dates, names
from armsdb.lib.numbers import Money
from armsdb.lib.text import storable
from armsdb.lib.vocab import OrganisationKind, Terms
from armsdb.models import Fact, Figure, FigureSubject
from armsdb.models.base import fit_to_print

from .base import Register
from .bodies import Body, is_name
from .datasets import About
from .files import File, FileRefused
from .keyed import KeyedTable, entities_before, key_of
from .refusals import Record, Refused
from .tables import Faulty, Header, Layout, Note, cells_of, find_header
from .who import UnknownName, Who
from .workbooks import sheets

_LAYOUT = Layout(
    "sipri-top100",
    ("year", "rank", "company", "notes", "country", "arms revenue", "total revenue", "share of arms"),
)
_HEADS = {
    "rank": re.compile(r"rank \((?P<year>\d{4})\)"),
    "company": re.compile(r"company"),
    "notes": re.compile(r"notes"),
    "country": re.compile(r"country"),
    "arms": re.compile(r"arms (?:revenue|sales) \((?P<year>\d{4})\)"),
    "total": re.compile(r"total (?:revenue|sales) \((?P<year>\d{4})\)"),
    "share": re.compile(r"arms (?:revenue|sales) as a % of total"),
}
_NEEDED = {"company", "country", "arms"}
_RETRIEVED = re.compile(r"retrieved (?P<month>[A-Z][a-z]+ \d{4})")
_NOTHING = {"", ". .", "..", "-", "–", "0", "S"}
_GROUPS = {"Trans-European"}
#: A note that stands below a table: its letter, then its text.
_LETTER = re.compile(r"[a-z]")
_HEAD_ROWS = 12


def recognise(file: File) -> Register:
    """The table that a file holds; FileRefused says what is wrong with one that is none."""
    return TopTable(file)


def _columns(cells: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The year of a head and where its columns are; None where it is none. The newest year named is its own."""
    found: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(cells):
        folded = " ".join(cell.lstrip("\ufeff").split()).casefold()
        for name, pattern in _HEADS.items():
            if match := pattern.match(folded):
                year = int(match["year"]) if "year" in pattern.groupindex else 0
                if name not in found or year > found[name][0]:
                    found[name] = (year, place)
    if not found.keys() >= _NEEDED:
        return None
    return found["arms"][0], {name: place for name, (_year, place) in found.items()}


class TopTable(KeyedTable):
    """A figure a company and year; companies are found by their whole names."""

    kind: type[Fact] = Figure
    layout = _LAYOUT
    about = About(
        slug="sipri-top100",
        name="SIPRI Top 100 arms companies",
        publisher=("sipri", "Stockholm International Peace Research Institute"),
        licence="SIPRI's terms of use: up to a tenth may be quoted, without commerce, naming the source",
        terms=Terms.QUOTE,
        summary="What the hundred largest arms companies sold of arms, by year, as the publisher puts it.",
        source="SIPRI Arms Industry Database: Top 100",
    )
    fields = ("year", "rank", "company", "notes", "country", "arms", "total", "share")

    def __init__(self, file: File) -> None:
        places = tuple(range(len(_LAYOUT.columns)))
        header = None if file.no_text else find_header(file, [_LAYOUT])
        #: Rows that were refused before and come again are no whole sheets.
        self._again = header is not None
        super().__init__(file, header or Header(_LAYOUT, 0, [], ",", True, len(places), places, _LAYOUT.columns))
        self.edition = actions.Edition(label=f"file {file.sha256[:8]}")
        self._years: set[int] = set()
        self._notes: dict[str, dict[str, str]] = {}
        if not self._again:
            self._look()

    def _look(self) -> None:
        """Read the years, the edition and the notes; FileRefused where no sheet is such a table."""
        for _name, rows in self._sheets():
            head = _head(rows)
            for row in rows[:_HEAD_ROWS]:
                if found := _RETRIEVED.search(" ".join(row)):
                    released = datetime.strptime(found["month"], "%B %Y").strftime("%Y-%m")
                    self.edition = actions.Edition(label=found["month"], released=released)
            if head is not None:
                line, year, _places = head
                self._years.add(year)
                self._notes[str(year)] = {
                    row[0].strip(): row[1] for row in rows[line:] if len(row) > 1 and _LETTER.fullmatch(row[0].strip())
                }
        if not self._years:
            raise FileRefused(
                f"{self.file.path.name} has no sheet with the columns of the Top 100, such as Company, Country and "
                "Arms Revenue (2022)."
            )

    def _sheets(self) -> Iterator[tuple[str, list[list[str]]]]:
        if self.file.no_text:
            yield from sheets(self.file)
        else:
            told = [[cells_of(text, delimiter) for _line, text in self.file.read()] for delimiter in (",", ";", "\t")]
            yield "", next((rows for rows in told if _head(rows) is not None), told[0])

    def records(self) -> Iterator[Record | Faulty | Note]:
        if self._again:
            yield from super().records()
            return
        for name, rows in self._sheets():
            head = _head(rows)
            if head is None:
                yield Note(1, f"sheet {name}")
                continue
            line, year, places = head
            for number, row in enumerate(rows[line:], start=line + 1):
                cells = {field: row[place].strip() if place < len(row) else "" for field, place in places.items()}
                if row[:1] and row[0].casefold().startswith("note"):
                    break
                if cells["company"] or cells["arms"]:
                    told = [str(year), *(cells.get(field, "") for field in self.fields[1:])]
                    record = Record(number, told)
                    if not self.file.no_text and len(row) <= max(places.values()):
                        yield Faulty(record, f"The row has {len(row)} cells and lacks others: it was cut.")
                        continue
                    sound = all(map(storable, told))
                    yield record if sound else Faulty(record, "It holds a character that is no text.")

    def key(self, record: Record, who: Who) -> str:
        """The year and the company."""
        return key_of(record.cells[0], names.key(record.cells[2]))

    def row(self, record: Record, who: Who, warn: Callable[[int, str], None]) -> actions.Row:
        told = self.told(record)
        if not is_name(told["company"]):
            raise Refused(self.titles["company"], told["company"], "A company has a name of 1 to 200 letters.")
        key = self.key(record, who)
        body = Body(told["company"], kind=OrganisationKind.COMPANY, country=self._country(told, who))
        company = who.bodies.find(body, self._before.get(key))
        notes = [self._notes.get(told["year"], {}).get(letter, "") for letter in told["notes"].split()]
        arms = self._millions(told, "arms")
        total = self._millions(told, "total")
        estimated = any("estimate" in note for note in notes)
        rank = f"rank {told['rank']}" if told["rank"].isdigit() else "not ranked"
        beside = f", of {total:,.0f} million in all" if total is not None else ""
        values = {
            "name": fit_to_print(f"Arms sales of {told['company']}, {told['year']}"),
            "statement": f"Arms sales of {told['company']} in {told['year']} ({rank}){beside}.",
            "value": None if arms is None else _money(arms, estimated),
            "period": dates.parse(told["year"]),
            "comment": " ".join(f"Note of SIPRI: {note}" for note in notes if note),
        }
        where = f"{told['year']}, row {record.line}, {self.edition.label}"
        return actions.Row(key, where[:60], values, {"about": [{"organisation": company}]})

    @cached_property
    def _before(self) -> dict[str, Any]:
        return entities_before(FigureSubject, "figure", self.dataset_id)

    def _country(self, told: dict[str, str], who: Who) -> Any:
        """Where the company is seated; nothing where it is of several states."""
        if told["country"] in _GROUPS:
            return None
        try:
            return who.party(told["country"]).country
        except UnknownName as error:
            reason = "No state goes by this name." if error.name else "The cell is empty."
            raise Refused(self.titles["country"], told["country"], reason, error.nearest) from error

    def _millions(self, told: dict[str, str], field: str) -> Decimal | None:
        """A sum in millions of dollars; None where none is told, which some copies write as 0."""
        text = told[field].replace(",", "")
        if text in _NOTHING:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation as error:
            what = "a formula: save the workbook with its values" if text.startswith("=") else "no number"
            raise Refused(self.titles[field], told[field], f"It is {what}.") from error
        if not 0 < found < 10_000_000:
            raise Refused(self.titles[field], told[field], "It is no sum in millions of dollars.")
        return found

    def scope(self, who: Who) -> Q | None:
        """The years whose sheets the file has."""
        return None if self._again else Q(period_edtf__in=[str(year) for year in self._years])


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, int, dict[str, int]] | None:
    """The number of rows down to the head, its year, and where its columns are."""
    for number, row in enumerate(rows[:_HEAD_ROWS], start=1):
        found = _columns(row)
        if found is not None:
            return number, *found
    return None


def _money(millions: Decimal, estimated: bool) -> Money:
    dollars = round(millions * 1_000_000, 2)
    return Money(dollars, dollars, estimated, "", currency="USD", basis="")
