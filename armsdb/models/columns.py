"""The published transfers as columns of small numbers in memory: what lists are counted, paged and narrowed by.

Every process keeps one set of columns, in the order of the main date, filled when it is first asked for. When the data
version of transfers has moved, what moved is read anew, or all of it where that were much. A million transfers take
about 60 MB. It is the same on either engine.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Substr

from .data_versions import OF_ALL, TransferMove, versions
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
_NAMES = ("pk", "day", *RECORDS, *WORDS, *_YEARS)
_KINDS = {"pk": np.int64, "day": np.int64} | dict.fromkeys(RECORDS, np.int32) | dict.fromkeys(WORDS, np.int8)
#: First and last day of the main date in one number; what has none stands last.
_DAY_BITS = 22
_NO_DAY = 1 << 62
_FIRST_DAY = np.datetime64("0001-01-01", "D")
#: Parts of questions that are remembered; each takes a byte a transfer at most.
_REMEMBERED = 24
#: Rows that are read at once.
_CHUNK = 20_000


class Columns:
    """The columns of all published transfers, by the main date, its end and the key; those without a date come last."""

    def __init__(self, words: dict[str, dict[Any, int]], by_name: dict[str, Column]) -> None:
        self._words = words
        self._by_name = by_name
        pk = by_name["pk"]
        #: Where the transfer of each key stands; -1 where there is none.
        self._places = np.full(int(pk.max(initial=0)) + 1, -1, dtype=np.int32)
        self._places[pk] = np.arange(len(pk), dtype=np.int32)
        self._dated = int(np.searchsorted(by_name["day"], _NO_DAY))
        self._remembered: dict[Hashable, Any] = {}
        self._version: object = None

    def as_of(self, version: object) -> None:
        """Forget what was remembered where anything that readers see has changed since."""
        if version != self._version:
            self._remembered, self._version = {}, version

    def remembered(self, what: Hashable, find: Callable[[], Any]) -> Any:
        """What is found in the database for a part of a question; the last ones are remembered.

        Who narrows a question down, turns its pages or looks at its facets asks the same again and again.
        """
        with _lock:
            remembered = self._remembered
            known = remembered.pop(what, None)
        found = find() if known is None else known
        with _lock:
            remembered[what] = found
            while len(remembered) > _REMEMBERED:
                remembered.pop(next(iter(remembered)))
        return found

    @classmethod
    def read(cls) -> "Columns":
        """The columns of all of them."""
        words: dict[str, dict[Any, int]] = {name: {} for name in WORDS}
        whole = _read(Transfer.objects.published(), words)
        order = np.lexsort((whole["pk"], whole["day"]))
        return cls(words, {name: column[order] for name, column in whole.items()})

    def renewed(self, keys: Collection[int]) -> "Columns":
        """The columns after the transfers with these keys changed, came or went."""
        words = {name: dict(codes) for name, codes in self._words.items()}
        new = _read(Transfer.objects.published().filter(pk__in=keys), words)
        order = np.lexsort((new["pk"], new["day"]))
        left = ~self.with_keys(keys)
        days, pks = self._by_name["day"][left], self._by_name["pk"][left]
        places = []
        for day, pk in zip(new["day"][order], new["pk"][order], strict=True):
            begin, end = np.searchsorted(days, day, "left"), np.searchsorted(days, day, "right")
            places.append(begin + np.searchsorted(pks[begin:end], pk))
        at = np.array(places, dtype=np.int64)
        return Columns(words, {name: np.insert(self._by_name[name][left], at, new[name][order]) for name in _NAMES})

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
        found = np.zeros(len(self), dtype=bool)
        asked = np.fromiter(keys, dtype=np.int64)
        places = self._places[asked[asked < len(self._places)]]
        found[places[places >= 0]] = True
        return found

    def are_kept(self, kept: Column | None, keys: Sequence[int]) -> list[bool]:
        """Whether each of the transfers with these keys is among those that are kept (None for all)."""
        asked = np.array(keys, dtype=np.int64)
        places = np.where(asked < len(self._places), self._places[np.minimum(asked, len(self._places) - 1)], -1)
        found = places >= 0 if kept is None else (places >= 0) & kept[places]
        are: list[bool] = found.tolist()
        return are

    def in_years(self, first: int, last: int) -> Column:
        """Which transfers have a date that can fall in these years, the last one included."""
        found = np.zeros(len(self), dtype=bool)
        for name in DATES:
            found |= (self._by_name[f"{name}_from"] <= last) & (self._by_name[f"{name}_to"] >= first)
        return found

    @cached_property
    def undated(self) -> Column:
        """Which transfers have no date at all."""
        found: Column = np.logical_and.reduce([self._by_name[f"{name}_from"] == _NO_START for name in DATES])
        return found

    def keys(self, kept: Column | None, bounds: slice, *, descending: bool) -> list[int]:
        """The keys of a part of the transfers that are kept (None for all), by the main date, the undated ones last."""
        found = None if kept is None else np.flatnonzero(kept)
        number, dated = self._extent(found)
        asked = np.arange(*bounds.indices(number))
        if descending:
            asked = np.where(asked < dated, dated - 1 - asked, number - 1 - (asked - dated))
        places = asked if found is None else found[asked]
        keys: list[int] = self._by_name["pk"][places].tolist()
        return keys

    def main_date(self, key: int) -> tuple[date | None, date | None]:
        """The first and the last day of the main date of a transfer."""
        day = int(self._by_name["day"][self._places[key]])
        if day == _NO_DAY:
            return None, None
        return date.fromordinal(day >> _DAY_BITS), date.fromordinal(day & ((1 << _DAY_BITS) - 1))

    def number_before(
        self, kept: Column | None, first: date | None, last: date | None, pk: int, *, descending: bool
    ) -> int:
        """How many of the transfers that are kept stand before what follows a row with this main date and key."""
        found = None if kept is None else np.flatnonzero(kept)
        number, dated = self._extent(found)
        day = _NO_DAY if first is None or last is None else first.toordinal() << _DAY_BITS | last.toordinal()
        days, keys = self._by_name["day"], self._by_name["pk"]
        begin, end = np.searchsorted(days, day, "left"), np.searchsorted(days, day, "right")
        place = begin + np.searchsorted(keys[begin:end], pk, "left" if descending else "right")
        before = int(place if found is None else np.searchsorted(found, place))
        if not descending:
            return before
        return dated - before if day != _NO_DAY else dated + number - before

    def _extent(self, found: Column | None) -> tuple[int, int]:
        """How many are found, and how many of them have a date."""
        return (len(self), self._dated) if found is None else (len(found), int(np.searchsorted(found, self._dated)))

    def counts(self, name: str, kept: Column | None) -> dict[Any, int]:
        """How many of the transfers that are kept (None for all) have each record (its key, None for none) or word."""
        if kept is None:
            return dict(self._counts_of_all[name])
        return self._counts(name, self._by_name[name][kept])

    @cached_property
    def _counts_of_all(self) -> dict[str, dict[Any, int]]:
        return {name: self._counts(name, self._by_name[name]) for name in (*RECORDS, *WORDS)}

    def _counts(self, name: str, column: Column) -> dict[Any, int]:
        counts = np.bincount(column)
        told = {int(code): int(counts[code]) for code in np.flatnonzero(counts)}
        words = list(self._words.get(name, ()))
        return {words[code] if words else code or None: number for code, number in told.items()}

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year with which a date begins or ends; None where nothing is dated."""
        ends = [self._by_name[name] for name in _YEARS]
        told = np.concatenate([column[(column > _OPEN_START) & (column < _OPEN_END)] for column in ends])
        return (int(told.min()), int(told.max())) if len(told) else None


def columns() -> Columns:
    """The columns of transfers as readers see them now; one query where they are at hand."""
    return columns_and_version()[0]


def columns_and_version() -> tuple[Columns, object]:
    """The same, with the data version of all kinds: what is read after this is as new, or newer."""
    now = versions()
    key = (connection.settings_dict["NAME"], now.get(Transfer.TYPE))
    with _lock:
        if _kept.get("key") != key:
            moved = _moved_since(_kept["key"], key) if _kept else None
            found = _kept["columns"].renewed(moved) if moved is not None else Columns.read()
            _kept.update(key=key, columns=found)
        at_hand: Columns = _kept["columns"]
        at_hand.as_of(now.get(OF_ALL))
    return at_hand, now.get(OF_ALL)


def _moved_since(old: tuple[Any, Any], new: tuple[Any, Any]) -> set[int] | None:
    """The keys of the transfers that moved from one version to another; None where that is not known, or too many."""
    (database, before), (other, now) = old, new
    if database != other or before is None or now is None or now[0] <= before[0]:
        return None
    return TransferMove.objects.moved_between(before[0], now[0])


def forget(**_signal: Any) -> None:
    """Read the columns anew when they are next asked for."""
    with _lock:
        _kept.clear()


_kept: dict[str, Any] = {}
_lock = Lock()


def _read(lines: QuerySet, words: dict[str, dict[Any, int]]) -> dict[str, Column]:
    """The columns of some transfers, in no order; new words get codes."""
    parts: list[list[Column]] = [[np.empty(0, dtype=_KINDS.get(name, np.int16)) for name in _NAMES]]
    rows = lines.order_by().values_list("pk", *_values()).iterator(chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        pk, first, last, *others = zip(*chunk, strict=True)
        columns = [_column("pk", pk, words), _days(first, last)]
        parts.append(columns + [_column(name, told, words) for name, told in zip(_NAMES[2:], others, strict=True)])
    return dict(zip(_NAMES, map(np.concatenate, zip(*parts, strict=True)), strict=True))


def _column(name: str, values: Sequence[Any], words: dict[str, dict[Any, int]]) -> Column:
    if name in WORDS:
        codes = words[name]
        for word in set(values):
            codes.setdefault(word, len(codes))
        values = [codes[value] for value in values]
    return np.array(values, dtype=_KINDS.get(name, np.int16))


def _values() -> list[Any]:
    """What is asked of the database for each column but the first, in their order."""
    years = []
    for name in DATES:
        years += [_year(name, "earliest", _NO_START, _OPEN_START), _year(name, "latest", _NO_END, _OPEN_END)]
    days = [Cast(f"when_{end}", CharField()) for end in ("earliest", "latest")]
    return [*days, *(Coalesce(f"{name}_id", 0) for name in RECORDS), *map(F, WORDS), *years]


def _days(first: Sequence[str | None], last: Sequence[str | None]) -> Column:
    """The main dates as they are ordered, of their first and last days as text."""
    begin, end = (np.array(texts, dtype="datetime64[D]") for texts in (first, last))
    numbers = [((day - _FIRST_DAY).astype(np.int64) + 1) for day in (begin, end)]
    found: Column = np.where(np.isnat(begin), _NO_DAY, numbers[0] << _DAY_BITS | numbers[1])
    return found


def _year(name: str, end: str, no_date: int, opened: int) -> Case:
    """The year of one end of a date; on both engines the first letters of the day as text."""
    return Case(
        When(**{f"{name}_edtf": ""}, then=Value(no_date)),
        When(**{f"{name}_{end}__isnull": True}, then=Value(opened)),
        default=Cast(Substr(Cast(f"{name}_{end}", CharField()), 1, 4), IntegerField()),
    )
