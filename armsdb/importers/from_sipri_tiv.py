"""SIPRI's tables of trend-indicator values (TIV): the volume of major arms by year, in every shape handed out.

Newer ones have a row for each exporter, or for each importer. Older ones are about one state, which only the title
names, with a row for each partner. A number is the volume of a year as the publisher rounded it: a figure, never a
deal. Totals are passed over; rows need not add up to them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from armsdb import actions
from armsdb.lib import dates, names
from armsdb.lib.numbers import VagueNumber
from armsdb.lib.vocab import Known, Terms
from armsdb.models import Fact, Figure
from armsdb.models.base import fit_to_print

from . import cells
from .base import Register
from .datasets import About
from .files import File, FileRefused
from .keyed import KeyedTable, key_of
from .refusals import REFUSAL_COLUMNS, Record, Refused
from .sipri_tables import edition
from .tables import Faulty, Header, Layout, Note, cells_of
from .who import Party, UnknownName, Who

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
#: Columns that repeat what the years tell.
_UNREAD = re.compile(r"total|sum total years|percentage(?: of total)?|[0-9]{4}-[0-9]{4}|rank.*")
_TOTAL = re.compile(r"total(?: .*)?|.* total", re.IGNORECASE)
#: How lines below a table begin that are about it.
_FOOT = re.compile(r"note|source|figure|a '0'|an empty|for |(?:data )?generated|\*|\(c\)|©", re.IGNORECASE)
#: What the column with the names of the rows is called, and which side they are.
_ROWS = {
    "exports by": "supplier",
    "supplier": "supplier",
    "exporter": "supplier",
    "imports by": "recipient",
    "recipient": "recipient",
    "importer": "recipient",
}
#: The same column where one state is the other side, as a file of refused rows has it.
_NAMED = re.compile(r"(?:exports from (?P<supplier>.+) to|imports of (?P<recipient>.+) from)", re.IGNORECASE)
_OLDER = re.compile(
    r"TIV of arms (?P<what>exports|imports) (?P<word>from|to|by|of) (?P<party>.+?),? [0-9]{4}-[0-9]{4}", re.IGNORECASE
)
_NEWER = re.compile(r"Volume of transfers of major arms(?P<rest>.*)", re.IGNORECASE)
_SIDES = ("supplier", "recipient")
_EVERY = re.compile(r"all(?: countries)?|the world", re.IGNORECASE)
_HEAD_LINES = 40
_ROUNDED = "The publisher rounds to whole millions, so that rows need not add up to its totals."
_UNFINISHED = "The year was not over when the table was made."


@dataclass(frozen=True)
class Told:
    """Whose volumes a table tells: the side that its rows are, and the one partner of all where there is one."""

    rows: str
    partner: str = ""

    @property
    def other(self) -> str:
        return _SIDES[1 - _SIDES.index(self.rows)]

    @property
    def table(self) -> str:
        """The kind of table, and of its keys."""
        return "pairs" if self.partner else {"supplier": "exports", "recipient": "imports"}[self.rows]

    def heading(self, found: str) -> str:
        """What the column of the rows is called where its file has lost the title."""
        if not self.partner:
            return found
        return f"Exports from {self.partner} to" if self.other == "supplier" else f"Imports of {self.partner} from"


def recognise(file: File) -> Register:
    """The table that a file holds; FileRefused says what is wrong with one that is none."""
    header = None if file.no_text else _header(file)
    if header is None:
        raise FileRefused(
            file.no_text
            or f"{file.path.name} has no line with years as columns, such as Recipient,1950,1951, among its "
            f"first {_HEAD_LINES}."
        )
    return VolumeTable(file, header, _told(header))


def _header(file: File) -> Header | None:
    """The line with the years; None where there is none among the first ones."""
    above: list[str] = []
    for number, text in file.read():
        for delimiter in (",", ";", "\t"):
            names_of = [cell.strip() for cell in cells_of(text, delimiter)]
            while names_of and not names_of[-1]:
                names_of.pop()
            years = [cell for cell in names_of if _YEAR.fullmatch(cell)]
            if years and 2 * len(years) >= len([cell for cell in names_of if not _is_known(cell)]):
                return _placed(names_of, years, number, above, delimiter)
        above.append(text)
        if number >= _HEAD_LINES:
            break
    return None


def _is_known(cell: str) -> bool:
    folded = " ".join(cell.split()).casefold()
    return folded in REFUSAL_COLUMNS or _UNREAD.fullmatch(folded) is not None


def _placed(found: Sequence[str], years: Sequence[str], line: int, above: list[str], delimiter: str) -> Header:
    """Where the columns are: a region where there is one, the name of the row, the years."""
    twice = sorted({year for year in years if years.count(year) > 1})
    if twice:
        raise FileRefused(f"Line {line}: there twice: {', '.join(f'“{year}”' for year in twice)}.")
    first = found.index(years[0])
    leading = [place for place in range(first) if not _is_known(found[place])]
    stray = [cell for cell in found[first:] if not _is_known(cell) and cell not in years]
    if stray or len(leading) not in (1, 2):
        unknown = stray or [found[place] for place in leading]
        told = f"unknown: {', '.join(f'“{cell}”' for cell in unknown)}" if unknown else "missing: the name of the row"
        raise FileRefused(f"Line {line}: the columns are not those of sipri-tiv; {told}.")
    region = leading[0] if len(leading) == 2 else None
    layout = Layout("sipri-tiv", ("region", "party", *years))
    places = (region, leading[-1], *(found.index(year) for year in years))
    return Header(layout, line, above, delimiter, True, len(found), places, tuple(found))


def _told(header: Header) -> Told:
    """Whose volumes they are, by the heading of the rows and the title; FileRefused where neither says so."""
    heading = " ".join(header.titles[1].split())
    rows = _ROWS.get(heading.casefold(), "")
    if named := _NAMED.fullmatch(heading):
        side = "supplier" if named["supplier"] else "recipient"
        return Told(_SIDES[1 - _SIDES.index(side)], named[side])
    if heading and not rows:
        raise FileRefused(f"Line {header.line}: the columns are not those of sipri-tiv; unknown: “{heading}”.")
    for number, line in enumerate(header.above, start=1):
        newer = _NEWER.search(line)
        if newer and re.sub(r"[0-9]{4}-[0-9]{4}", "", newer["rest"]).strip(' ,;".()'):
            raise FileRefused(f"Line {number}: whose table it is cannot be told from “{newer[0][:100]}”.")
        if older := _OLDER.search(line):
            word, what = older["word"].casefold(), older["what"].casefold()
            receives = word == "to" or (what == "imports" and word != "from")
            other = "recipient" if receives else "supplier"
            if not _EVERY.fullmatch(older["party"]) and rows != other:
                return Told(_SIDES[1 - _SIDES.index(other)], older["party"])
    if not rows:
        raise FileRefused(f"Line {header.line}: neither it nor a title says whether the rows export or import.")
    return Told(rows)


class VolumeTable(KeyedTable):
    """A figure for each year in which a row tells a volume."""

    kind: type[Fact] = Figure

    def __init__(self, file: File, header: Header, told: Told) -> None:
        super().__init__(file, header)
        self.told_of = told
        self.columns = ("region", told.heading(header.titles[1]), *self.years)
        self.about = About(
            slug=f"sipri-tiv-{told.table}",
            name=f"SIPRI volumes of arms transfers, {_TABLES[told.table]}",
            publisher=("sipri", "Stockholm International Peace Research Institute"),
            licence="SIPRI's terms of use: up to a tenth may be quoted, without commerce, naming the source",
            terms=Terms.QUOTE,
            summary="The volume of major arms transferred by year, in the publisher's trend-indicator values.",
            source=f"SIPRI Arms Transfers Database: TIV tables, {_TABLES[told.table]}",
        )
        title = next((line for line in header.above if _OLDER.search(line)), "").strip('"; ,')
        self.edition = edition(file, header.above, title)
        self._met: set[str] = set()

    @property
    def years(self) -> tuple[str, ...]:
        return self.header.layout.columns[2:]

    @property
    def fields(self) -> tuple[str, ...]:
        return self.header.layout.columns

    def records(self) -> Iterator[Record | Faulty | Note]:
        """The rows, but for totals and what is said of the table below it."""
        for record in super().records():
            if isinstance(record, Note):
                yield record
                continue
            told = record.record if isinstance(record, Faulty) else record
            text = " ".join((told.cells[1] or told.cells[0]).split())  # a total may stand for a region
            if _TOTAL.fullmatch(text):
                yield Note(told.line, text, "It is a total")
            elif _FOOT.match(text) and (isinstance(record, Faulty) or not any(told.cells[2:])):
                yield Note(told.line, text, "It is said of the table")
            else:
                yield record

    def _party(self, text: str, who: Who) -> Party:
        try:
            return who.party(text)
        except UnknownName as error:
            reason = "No state, organisation or group goes by this name." if error.name else "The cell is empty."
            raise Refused(self.columns[1], text, reason, error.nearest) from error

    def _sides(self, record: Record, who: Who) -> dict[str, Party]:
        """The sides that a row tells of, the supplier first."""
        found = {self.told_of.rows: self._party(record.cells[1], who)}
        if self.told_of.partner:
            found[self.told_of.other] = self._party(self.told_of.partner, who)
        return {side: found[side] for side in _SIDES if side in found}

    def key(self, record: Record, who: Who) -> str:
        """The sides: what all years of a row have in common."""
        return "-".join(self._key_of(side, party) for side, party in self._sides(record, who).items())

    def _key_of(self, side: str, party: Party) -> str:
        """A side as a piece of a key, the same in all editions."""
        unknown = names.key(party.stated) if party.known == Known.UNKNOWN else ""
        return key_of(self.told_of.table, side, party.normal, unknown)

    def rows(self, group: list[Record], who: Who, warn: Callable[[int, str], None]) -> list[actions.Row]:
        """A row for each year of these records that has a volume; those of one year together."""
        made: list[actions.Row] = []
        for record in group:
            try:
                sides, key = self._sides(record, who), self.key(record, who)
                self._met.add(key)
                for year, cell in zip(self.years, record.cells[2:], strict=True):
                    if cell:
                        made.append(self._row(f"{key}-{year}", sides, year, cell, record.line))
            except Refused as refused:
                refused.record = record
                raise
        return sorted(made, key=lambda row: row.key)

    def _row(self, key: str, sides: dict[str, Party], year: str, cell: str, line: int) -> actions.Row:
        volume = cells.amount(year, cell)
        assert volume is not None, "only cells that hold something are read"
        words = _BETWEEN if len(sides) > 1 else _WORDS
        called = " ".join(f"{words[side]} {names.in_sentence(_called(party))}" for side, party in sides.items())
        little = VagueNumber(Decimal(0), Decimal("0.5"), text="0, which is between 0 and 0.5")
        told = f"{volume:,} million" if volume else "more than 0 and less than 0.5 million"
        unfinished = self.edition.released[:4] == year
        values = {
            "name": fit_to_print(f"Volume of arms {called}, {year}"),
            "statement": f"Volume of major arms {called} in {year}: {told} of SIPRI's trend-indicator values.",
            "number": VagueNumber.exact(volume) if volume else little,
            "unit": "million SIPRI trend-indicator values (TIV)",
            "period": dates.parse(year),
            "comment": f"{_ROUNDED} {_UNFINISHED}" if unfinished else _ROUNDED,
        }
        records = [(party.country, party.organisation) for party in sides.values()]
        parties = [{"organisation": body} if body else {"country": state} for state, body in records if state or body]
        return actions.Row(key, f"line {line}, {year}, {self.edition.label}", values, {"about": parties})

    def scope(self, who: Who) -> Q | None:
        """The years of the file: of the state that its title names, else of the rows that it has: a row tells all."""
        if self.told_of.partner and self.edition.scope:
            partner = self._key_of(self.told_of.other, self._party(self.told_of.partner, who))
            first = self.told_of.other == "supplier"
            inside = Q(key__startswith=f"{partner}-") if first else Q(key__contains=f"-{partner}-")
        else:
            inside = Q(pk__in=[])
            for key in sorted(self._met):
                inside |= Q(key__startswith=f"{key}-")
        return inside & Q(period_edtf__in=self.years)


_TABLES = {"exports": "exports by supplier", "imports": "imports by recipient", "pairs": "suppliers and recipients"}
_WORDS = {"supplier": "supplied by", "recipient": "received by"}
_BETWEEN = {"supplier": "from", "recipient": "to"}


def _called(party: Party) -> str:
    """What a side is called: by its record, or as it is stated where that says more."""
    if party.organisation is not None:
        return str(party.organisation.name)
    return party.stated or (party.country.name if party.country else "")
