"""The published transfers as columns of small numbers in memory: what facets are counted from, on either engine.

Every process keeps one set of columns, filled when it is first asked for and again when the data version of transfers
has moved. A million transfers take about 45 MB.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Case, CharField, F, IntegerField, Value, When
from django.db.models.functions import Cast, Coalesce, Substr

from .data_versions import DataVersion
from .ledgers import DATES
from .transfers import Transfer

#: A column of numbers, or of truths, as long as there are transfers.
Column = np.ndarray[Any, np.dtype[Any]]

#: References, held as the keys of the records; 0 is none.
RECORDS = ("supplier", "recipient", "dataset", "equipment")
#: Words, held as their places among those that occur.
WORDS = ("category", "nature", "status", "evidence", "counts_as_arms", "to_government")
#: Years that stand for an open beginning, an open end, and both sides of a date that is not told: it meets no years.
_OPEN_START, _OPEN_END = 0, 32_766
_NO_START, _NO_END = 32_767, -1
_YEARS = tuple(f"{name}_{end}" for name in DATES for end in ("from", "to"))
_NAMES = ("pk", *RECORDS, *WORDS, *_YEARS)
_KINDS = {"pk": np.int64} | dict.fromkeys(RECORDS, np.int32) | dict.fromkeys(WORDS, np.int8)
#: Rows that are read at once.
_CHUNK = 20_000


class Columns:
    """The columns of all published transfers, in the order of their keys."""

    def __init__(self) -> None:
        self._words: dict[str, dict[Any, int]] = {name: {} for name in WORDS}
        parts: list[list[Column]] = [[np.empty(0, dtype=_KINDS.get(name, np.int16)) for name in _NAMES]]
        rows = Transfer.objects.published().order_by("pk").values_list("pk", *_values()).iterator(chunk_size=_CHUNK)
        while chunk := list(islice(rows, _CHUNK)):
            parts.append(list(map(self._column, _NAMES, zip(*chunk, strict=True))))
        whole = map(np.concatenate, zip(*parts, strict=True))
        self._by_name: dict[str, Column] = dict(zip(_NAMES, whole, strict=True))

    def _column(self, name: str, values: Sequence[Any]) -> Column:
        if name in WORDS:
            codes = self._words[name]
            for word in set(values):
                codes.setdefault(word, len(codes))
            values = [codes[value] for value in values]
        return np.array(values, dtype=_KINDS.get(name, np.int16))

    def __len__(self) -> int:
        return len(self._by_name["pk"])

    def having(self, name: str, values: Iterable[Any]) -> Column:
        """Which transfers have any of these records (keys; None for no record) or words in a column."""
        codes: list[Any] = [value or 0 for value in values]
        if name in WORDS:
            codes = [self._words[name][value] for value in values if value in self._words[name]]
        found: Column = np.isin(self._by_name[name], codes)
        return found

    def with_keys(self, keys: Iterable[int]) -> Column:
        """Which transfers have these keys of their own."""
        found: Column = np.isin(self._by_name["pk"], np.fromiter(keys, dtype=np.int64), assume_unique=True)
        return found

    def in_years(self, first: int, last: int) -> Column:
        """Which transfers have a date that can fall in these years, the last one included."""
        found = np.zeros(len(self), dtype=bool)
        for name in DATES:
            found |= (self._by_name[f"{name}_from"] <= last) & (self._by_name[f"{name}_to"] >= first)
        return found

    def undated(self) -> Column:
        """Which transfers have no date at all."""
        found: Column = np.logical_and.reduce([self._by_name[f"{name}_from"] == _NO_START for name in DATES])
        return found

    def counts(self, name: str, kept: Column) -> dict[Any, int]:
        """How many of the transfers that are kept have each record (its key, None for none) or word of a column."""
        counts = np.bincount(self._by_name[name][kept])
        told = {int(code): int(counts[code]) for code in np.flatnonzero(counts)}
        words = list(self._words.get(name, ()))
        return {words[code] if words else code or None: number for code, number in told.items()}

    def years(self) -> tuple[int, int] | None:
        """The first and the last year with which a date begins or ends; None where nothing is dated."""
        ends = [self._by_name[name] for name in _YEARS]
        told = np.concatenate([column[(column > _OPEN_START) & (column < _OPEN_END)] for column in ends])
        return (int(told.min()), int(told.max())) if len(told) else None


def columns() -> Columns:
    """The columns of transfers as readers see them now; one query where they are at hand."""
    version = DataVersion.objects.filter(type=Transfer.TYPE).values_list("number", "changed").first()
    key = (connection.settings_dict["NAME"], version)
    with _lock:
        if _kept.get("key") != key:
            _kept.update(key=key, columns=Columns())
        found: Columns = _kept["columns"]
    return found


_kept: dict[str, Any] = {}
_lock = Lock()


def _values() -> list[Any]:
    """What is asked of the database for each column but the first, in their order."""
    years = []
    for name in DATES:
        years += [_year(name, "earliest", _NO_START, _OPEN_START), _year(name, "latest", _NO_END, _OPEN_END)]
    return [*(Coalesce(f"{name}_id", 0) for name in RECORDS), *map(F, WORDS), *years]


def _year(name: str, end: str, no_date: int, opened: int) -> Case:
    """The year of one end of a date; on both engines the first letters of the day as text."""
    return Case(
        When(**{f"{name}_edtf": ""}, then=Value(no_date)),
        When(**{f"{name}_{end}__isnull": True}, then=Value(opened)),
        default=Cast(Substr(Cast(f"{name}_{end}", CharField()), 1, 4), IntegerField()),
    )
