"""The transfers of the database read into columns of small numbers, and what the numbers stand for."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Substr

from armsdb.lib.vocab import Known

from .ledgers import DATES

#: A column of numbers, or of truths, as long as there are transfers.
Column = np.ndarray[Any, np.dtype[Any]]

#: References, held as the keys of the records; 0 is none.
RECORDS = ("supplier", "recipient", "dataset", "equipment")
#: Words, held as their places among those that occurred.
WORDS = ("category", "nature", "status", "evidence", "counts_as_arms", "to_government", "value_currency", "gaps")
#: What a transfer may lack, of which each is a bit of `gaps`: a number of items, a supplier, a recipient; and that its
#: number is told in words alone.
GAPS = ("quantity", "supplier", "recipient", "in_words")
#: Years that stand for an open beginning, an open end, and both sides of a date that is not told: it meets no years.
OPEN_START, OPEN_END = 0, 32_766
NO_START, NO_END = 32_767, -1
YEARS = tuple(f"{name}_{end}" for name in DATES for end in ("from", "to"))
NAMES = ("pk", "day", *RECORDS, *WORDS, *YEARS)
_KINDS = {"pk": np.int32, "day": np.int64} | dict.fromkeys(RECORDS, np.int32) | dict.fromkeys(WORDS, np.int16)
#: First and last day of the main date in one number; what has none stands last.
DAY_BITS = 22
NO_DAY = 1 << 62
_FIRST_DAY = np.datetime64("0001-01-01", "D")
#: Rows that are read at once.
_CHUNK = 1_000


def read(lines: QuerySet, words: dict[str, dict[Any, int]]) -> dict[str, Column]:
    """The columns of some transfers, in no order; new words get codes."""
    columns: dict[str, Column] = {name: np.empty(_CHUNK, dtype=_KINDS.get(name, np.int16)) for name in NAMES}
    number = 0
    # Put to the database as it is: a million rows take Django's own way three times as long.
    with connection.chunked_cursor() as cursor:
        cursor.execute(*lines.order_by().values_list("pk", *_values()).query.sql_with_params())
        while chunk := cursor.fetchmany(_CHUNK):
            pk, first, last, *others = zip(*chunk, strict=True)
            for name, told in zip(NAMES, (pk, _days(first, last), *others), strict=True):
                columns[name] = with_room(columns[name], number + len(chunk))
                columns[name][number : number + len(chunk)] = _coded(told, words[name]) if name in WORDS else told
            number += len(chunk)
    return {name: column[:number] for name, column in columns.items()}


def with_room(column: Column, length: int) -> Column:
    """The column, or a longer one that begins with it: pieces put together at the end would be there twice."""
    if length <= len(column):
        return column
    longer = np.empty(max(2 * len(column), length), dtype=column.dtype)
    longer[: len(column)] = column
    return longer


def narrow(column: Column) -> Column:
    """The column in as few bytes as its numbers, none of which is below zero, can be held in."""
    return column.astype(np.min_scalar_type(int(column.max(initial=0))))


class Ordered:
    """A column of small numbers as their places among those that occur, in order: most take one byte, not two."""

    def __init__(self, column: Column) -> None:
        least = int(column.min(initial=0))
        numbers = column.astype(np.int32) - least
        self.values: Column = np.flatnonzero(np.bincount(numbers)) + least
        places = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.min_scalar_type(max(len(self.values) - 1, 0)))
        places[self.values - least] = np.arange(len(self.values))
        self._places: Column = places[numbers]

    def column(self) -> Column:
        """The numbers themselves."""
        numbers: Column = self.values.astype(np.int16)[self._places]
        return numbers

    def at_most(self, number: int) -> Column:
        """Which of them are this number or less."""
        found: Column = self._places < int(np.searchsorted(self.values, number, "right"))
        return found

    def at_least(self, number: int) -> Column:
        """Which of them are this number or more."""
        found: Column = self._places >= int(np.searchsorted(self.values, number, "left"))
        return found


def size(found: Any) -> int:
    """What something takes in memory, in bytes; what is no column hardly counts."""
    return found.nbytes if isinstance(found, np.ndarray) else 0


def before(places: Column, place: int) -> int:
    """How many places stand before one; told in the numbers of the column, all of which would be made longer else."""
    return int(np.searchsorted(places, np.int32(place)))


def numbers_in(codes: Column) -> list[tuple[int, int]]:
    """How often each number that occurs in a column does."""
    counts = np.bincount(codes)
    return [(int(code), int(counts[code])) for code in np.flatnonzero(counts)]


def _coded(values: Collection[Any], codes: dict[Any, int]) -> list[int]:
    """The codes of some words; new ones get the next."""
    for word in set(values):
        codes.setdefault(word, len(codes))
    return [codes[value] for value in values]


def _values() -> list[Any]:
    """What is asked of the database for each column but the first, in their order."""
    years = []
    for name in DATES:
        years += [_year(name, "earliest", NO_START, OPEN_START), _year(name, "latest", NO_END, OPEN_END)]
    days = [Cast(f"when_{end}", CharField()) for end in ("earliest", "latest")]
    words = [*map(F, WORDS[:-1]), _gaps()]
    return [*days, *(Coalesce(f"{name}_id", 0) for name in RECORDS), *words, *years]


def _gaps() -> Any:
    """What a transfer lacks, in bits."""
    sides = ("ordered", "delivered")
    no_number = Q(**{f"quantity_{side}_{end}__isnull": True for side in sides for end in ("low", "high")})
    conditions = {
        "quantity": no_number,
        "supplier": Q(supplier_known=Known.UNKNOWN),
        "recipient": Q(recipient_known=Known.UNKNOWN),
        "in_words": no_number & ~Q(**{f"quantity_{side}_text": "" for side in sides}),
    }
    bits = [Case(When(conditions[name], then=1 << place), default=0) for place, name in enumerate(GAPS)]
    first, *others = bits
    return reduce(add, others, first)


def _days(first: Sequence[str | None], last: Sequence[str | None]) -> Column:
    """The main dates as they are ordered, of their first and last days as text."""
    begin, end = (np.array(texts, dtype="datetime64[D]") for texts in (first, last))
    numbers = [((day - _FIRST_DAY).astype(np.int64) + 1) for day in (begin, end)]
    found: Column = np.where(np.isnat(begin), NO_DAY, numbers[0] << DAY_BITS | numbers[1])
    return found


def _year(name: str, end: str, no_date: int, opened: int) -> Case:
    """The year of one end of a date; on both engines the first letters of the day as text."""
    return Case(
        When(**{f"{name}_edtf": ""}, then=Value(no_date)),
        When(**{f"{name}_{end}__isnull": True}, then=Value(opened)),
        default=Cast(Substr(Cast(f"{name}_{end}", CharField()), 1, 4), IntegerField()),
    )
