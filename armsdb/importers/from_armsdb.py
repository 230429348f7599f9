"""Our own form of a register of transfers: a table as CSV, or JSON lines with the same names.

`COLUMNS` is the form and its description: what `manage.py import_register columns` prints.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from armsdb import actions
from armsdb.lib import dates, names
from armsdb.lib.numbers import Money, NumberError
from armsdb.lib.text import storable
from armsdb.lib.vocab import Category, Condition, Nature, Status, Terms, ValueBasis
from armsdb.models import Fact, Transfer

from . import cells
from .base import Register
from .bodies import LONGEST_NAME
from .datasets import About
from .files import File
from .keyed import KeyedTable, key_of
from .refusals import Record, Refused
from .tables import Faulty, Header, Layout, Note, header_of
from .who import UnknownName, Who


def _words(choices: Any) -> str:
    return ", ".join(choices.values)


#: Each column with what it holds.
COLUMNS = {
    "supplier": "Needed. A state by name or id, an organisation by its whole name, or “unknown supplier”.",
    "recipient": "Needed. The same of who received; “unknown recipient” where nobody knows.",
    "designation": "Needed. What was supplied, such as Su-30; at most 150 letters.",
    "key": "What your register calls the row; without one it is made of parties, designation and dates.",
    "description": "What kind of thing it is, in a word or two.",
    "category": f"One of {_words(Category)}.",
    "ordered": "A date in EDTF: 2015, 2015-03, 2015-03-08, 2015? where it is in doubt, 2015/2017, ../2017.",
    "delivered": "The same; {2017,2019} where several years are told.",
    "quantity ordered": "A number; 24? or (24) where it is in doubt, ? for a number in doubt that is not told.",
    "quantity delivered": "The same; 0 is nothing delivered yet.",
    "nature": f"One of {_words(Nature)}.",
    "status": f"One of {_words(Status)}.",
    "condition": f"One of {_words(Condition)}.",
    "value": "A sum of money with at most two decimals; needs its currency.",
    "currency": "Three capital letters, such as USD.",
    "value basis": f"What the sum stands for: one of {_words(ValueBasis)}.",
    "place": "Where in your document the row stands, such as page 12.",
    "comment": "What else is told, in your own words.",
}
_NEEDED = {"supplier", "recipient", "designation"}
_LAYOUT = Layout("armsdb", tuple(COLUMNS), optional=frozenset(COLUMNS) - _NEEDED)
_CHOICES: dict[str, Any] = {
    "category": Category,
    "nature": Nature,
    "status": Status,
    "condition": Condition,
    "value basis": ValueBasis,
}


def recognise(file: File) -> Register:
    """The table that a file holds; FileRefused says what is wrong with one that is none."""
    if not file.no_text:
        first = next((text for _line, text in file.read() if text.strip()), "")
        if first.lstrip("\ufeff ").startswith("{"):
            places = tuple(range(len(COLUMNS)))
            return OwnTable(file, Header(_LAYOUT, 0, [], ",", True, len(places), places, tuple(COLUMNS)), is_json=True)
    header = header_of(file, _LAYOUT, "has no line with the columns supplier, recipient and designation.")
    return OwnTable(file, header, is_json=False)


class OwnTable(KeyedTable):
    """A transfer a row."""

    kind: type[Fact] = Transfer
    layout = _LAYOUT
    about = About(
        slug="own-register",
        name="Own register",
        publisher=None,
        licence="Not stated",
        terms=Terms.CLOSED,
        summary="Transfers from a table in ArmsDB's own form.",
        source="A table in ArmsDB's own form",
    )
    fields = tuple(COLUMNS)

    def __init__(self, file: File, header: Header, *, is_json: bool) -> None:
        self._is_json = is_json
        super().__init__(file, header)
        self.edition = actions.Edition(label=f"file {file.sha256[:8]}")

    def records(self) -> Iterator[Record | Faulty | Note]:
        if not self._is_json:
            yield from super().records()
            return
        for line, text in self.file.read():
            if text.strip():
                yield _read(line, text.lstrip("\ufeff"))

    def key(self, record: Record, who: Who) -> str:
        """The row's own key, or what it tells of parties, designation and dates."""
        told = self.told(record)
        if told["key"]:
            if len(told["key"]) > 60 or not names.key(told["key"]):
                raise Refused(self.titles["key"], told["key"], "A key has 1 to 60 letters.")
            return told["key"]
        parties = [self._party(told, side, who).normal for side in ("supplier", "recipient")]
        return key_of(*parties, names.key(told["designation"]), told["ordered"], told["delivered"])

    def rows(self, group: list[Record], who: Who, warn: Callable[[int, str], None]) -> list[actions.Row]:
        if len(group) > 1 and self.told(group[0])["key"]:
            raise Refused(self.titles["key"], self.told(group[0])["key"], "There is more than one row of this key.")
        return super().rows(group, who, warn)

    def row(self, record: Record, who: Who, warn: Callable[[int, str], None]) -> actions.Row:
        told = self.told(record)
        chosen = {name: self._chosen(told, name) for name in _CHOICES}
        if not names.key(told["designation"]) or len(told["designation"]) > 150:
            raise Refused(self.titles["designation"], told["designation"], "A designation has 1 to 150 letters.")
        if len(told["description"]) > LONGEST_NAME // 2:
            raise Refused(self.titles["description"], told["description"], "A description has at most 100 letters.")
        sides = [self._party(told, side, who).values(side) for side in ("supplier", "recipient")]
        values = {
            **sides[0],
            **sides[1],
            "equipment": who.equipment(told["designation"], told["description"], chosen["category"], ""),
            "ordered": self._date(told, "ordered"),
            "delivered": self._date(told, "delivered"),
            "quantity_ordered": cells.number(self.titles["quantity ordered"], told["quantity ordered"]),
            "quantity_delivered": cells.number(self.titles["quantity delivered"], told["quantity delivered"]),
            "nature": chosen["nature"] or Nature.NOT_STATED,
            "status": chosen["status"] or Status.UNKNOWN,
            "condition": chosen["condition"],
            "value": self._money(told, chosen["value basis"]),
            "comment": told["comment"],
        }
        return actions.Row(self.key(record, who), (told["place"] or f"line {record.line}")[:60], values)

    def _chosen(self, told: dict[str, str], name: str) -> str:
        """A word of a closed list, in any case."""
        found = told[name].casefold().replace(" ", "-")
        if found and found not in _CHOICES[name].values:
            raise Refused(self.titles[name], told[name], f"It is one of {_words(_CHOICES[name])}.")
        return found

    def _party(self, told: dict[str, str], side: str, who: Who) -> Any:
        try:
            return who.party(told[side])
        except UnknownName as error:
            reason = "No state, organisation or group goes by this name." if error.name else "The cell is empty."
            raise Refused(self.titles[side], told[side], reason, error.nearest) from error

    def _date(self, told: dict[str, str], name: str) -> dates.VagueDate | None:
        try:
            return dates.parse(told[name]) if told[name] else None
        except dates.DateError as error:
            raise Refused(self.titles[name], told[name], str(error)) from error

    def _money(self, told: dict[str, str], basis: str) -> Money | None:
        if not told["value"]:
            if told["currency"] or basis:
                raise Refused(self.titles["value"], "", "A currency or a basis needs its sum.")
            return None
        number = cells.number(self.titles["value"], told["value"])
        try:
            assert number is not None
            return Money(number.low, number.high, number.approximate, "", currency=told["currency"], basis=basis)
        except NumberError as error:
            raise Refused(self.titles["currency"], told["currency"], str(error)) from error


def _read(line: int, text: str) -> Record | Faulty:
    """A line of JSON as a record."""
    empty = Record(line, [""] * len(COLUMNS))
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return Faulty(empty, "The line is no sound JSON.")
    if not isinstance(told, dict):
        return Faulty(empty, "The line is no JSON object.")
    unknown = sorted(set(told) - set(COLUMNS))
    record = Record(line, ["" if told.get(name) is None else str(told[name]).strip() for name in COLUMNS])
    if unknown:
        return Faulty(record, f"The line has the unknown keys {', '.join(unknown)[:200]}.")
    if not all(map(storable, record.cells)):
        return Faulty(record, "It holds a character that is no text.")
    return record
