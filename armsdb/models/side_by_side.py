"""Lines of several datasets that tell of one delivery, side by side: field by field, and what they tell differently."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.lib.vocab import Nature, Status

from .field_words import NAMES, essence, in_words
from .transfers import Transfer

#: The fields that are set side by side; of a party, the country and the organisation together.
FIELDS = (
    "supplier",
    "recipient",
    "equipment",
    "ordered",
    "delivered",
    "quantity_ordered",
    "quantity_delivered",
    "value",
    "nature",
    "status",
)
_PARTIES = ("supplier", "recipient")
_NOT_STATED = (Nature.NOT_STATED, Status.UNKNOWN)


@dataclass(frozen=True)
class Cell:
    """What one line tells in a field, in words; empty where it tells nothing."""

    line: Transfer
    words: str
    #: Whether it tells something else than the first line that tells anything there.
    differs: bool = False


@dataclass(frozen=True)
class Row:
    """One field of every line."""

    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        return any(cell.differs for cell in self.cells)


class SideBySide:
    """Some lines and their fields; those that none of them tells are left out."""

    def __init__(self, lines: Iterable[Transfer]) -> None:
        self.lines = list(lines)
        rows = [Row(str(capfirst(NAMES[field])), list(_cells(self.lines, field))) for field in FIELDS]
        self.rows = [row for row in rows if any(cell.words for cell in row.cells)]

    @property
    def differing(self) -> str:
        """What the lines tell differently, in a sentence; empty where nothing is."""
        told = ", ".join(row.label.lower() for row in self.rows if row.differs)
        return _("Told differently: %(fields)s.") % {"fields": told} if told else ""


def _cells(lines: list[Transfer], field: str) -> Iterable[Cell]:
    first: Any = None
    for line in lines:
        words, value = _told(line, field)
        yield Cell(line, words, bool(words and first is not None and value != first))
        first = value if first is None and words else first


def _told(line: Transfer, field: str) -> tuple[str, Any]:
    """The words of a field, and what they are compared by."""
    if field in _PARTIES:
        told = (in_words(line, field), in_words(line, f"{field}_organisation"), in_words(line, f"{field}_as_stated"))
        words = ", ".join(filter(None, told[:2])) or told[2]
        return words, words
    value = getattr(line, field)
    words = "" if value in _NOT_STATED else in_words(line, field)
    return words, essence(value)
