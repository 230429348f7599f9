"""Records of a file that cannot be taken in: which column, why, and how they are told, kept and mended."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from armsdb.lib.text import UNSTORABLE

#: Refusals and warnings that a run keeps; the file of refusals has all of them.
KEPT = 1000
#: Letters of the cells of the refused rows that a run keeps, so that one odd file does not fill the database.
KEPT_LETTERS = 1_000_000
#: The columns that come before those of the register in a file of refusals; a file with them is read like the register.
REFUSAL_COLUMNS = ("refused line", "refused column", "refused value", "reason", "nearest known name")


class Refused(ValueError):
    """A record that cannot be taken in: which column, its value, why, and the nearest name that is known."""

    def __init__(self, column: str, value: str, reason: str, nearest: str = "") -> None:
        super().__init__(reason)
        #: The record that it is about, where others stand with it.
        self.record: Record | None = None
        self.column = column
        self.value = value
        self.reason = reason
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: where it begins, and its cells in the order of the format's columns."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was refused, and why."""

    record: Record
    column: str
    value: str
    reason: str
    nearest: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "line": self.record.line,
            "column": self.column,
            "value": self.value[:200],
            "reason": self.reason,
            "nearest": self.nearest,
        }

    def as_kept(self) -> dict[str, Any]:
        """It with its cells, so that they can be mended."""
        return {**self.as_json(), "cells": list(self.record.cells)}


def refusal_table(columns: Sequence[str], refusals: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """The rows of a file of refusals, which can be mended and imported again, header first; each as it is kept."""
    yield [*REFUSAL_COLUMNS, *columns]
    for one in refusals:
        yield [one["line"], one["column"], one["value"], one["reason"], one["nearest"], *one["cells"]]


def kept(refusals: Sequence[Refusal]) -> Iterator[dict[str, Any]]:
    """The first refusals as a run keeps them, in letters that every database takes."""
    letters = 0
    for one in refusals[:KEPT]:
        letters += sum(map(len, one.record.cells))
        if letters > KEPT_LETTERS:
            return
        yield {name: clean(value) for name, value in one.as_kept().items()}


def clean(value: Any) -> Any:
    """A text, or each of a list, in letters that every database takes; a number as it is."""
    if isinstance(value, list):
        return list(map(clean, value))
    return UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value


def kept_warnings(warnings: Sequence[tuple[int, str]]) -> list[list[Any]]:
    """The first warnings as a run keeps them."""
    return [[line, clean(sentence)] for line, sentence in warnings[:KEPT]]
