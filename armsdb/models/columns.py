"""The published transfers as columns of small numbers in memory: what lists are counted, paged and narrowed by.

Every process keeps one set of columns, in the order of the main date, filled when it is first asked for. When the data
version of transfers has moved, what moved is read anew, or all of it where that were much. A million transfers take
about 40 MB. It is the same on either engine.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, reduce
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection

from .column_rows import (
    DAY_BITS,
    NAMES,
    NO_DAY,
    NO_START,
    OPEN_END,
    OPEN_START,
    RECORDS,
    WORDS,
    YEARS,
    Column,
    Ordered,
    before,
    narrow,
    numbers_in,
    read,
    size,
)
from .connections import FILLING, allowed
from .data_versions import moved_since
from .ledgers import DATES
from .memory import Memory, View, now
from .transfers import Transfer

#: What questions found is remembered as long as there are no more things, of so many bytes in all.
_MOST, _MOST_BYTES = 100, 8 * 2**20


class Columns:
    """The columns of all published transfers, by the main date, its end and the key; those without a date come last."""

    def __init__(self, words: dict[str, dict[Any, int]], by_name: dict[str, Column]) -> None:
        self._words = words
        self._years = {name: Ordered(by_name.pop(name)) for name in YEARS}
        self._by_name = by_name | {name: narrow(by_name.pop(name)) for name in (*RECORDS, *WORDS)}
        pk = by_name["pk"]
        #: Where the transfer of each key stands; -1 where there is none.
        self._places = np.full(int(pk.max(initial=0)) + 1, -1, dtype=np.int32)
        self._places[pk] = np.arange(len(pk), dtype=np.int32)
        self._dated = int(np.searchsorted(by_name["day"], NO_DAY))
        self._counted: dict[str, dict[Any, int]] = {}
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
            whole = sum(map(size, remembered.values()))
            while len(remembered) > _MOST or whole > _MOST_BYTES:
                whole -= size(remembered.pop(next(iter(remembered))))
        return found

    @classmethod
    def read(cls) -> "Columns":
        """The columns of all of them."""
        words: dict[str, dict[Any, int]] = {name: {} for name in WORDS}
        whole = read(Transfer.objects.published(), words)
        order = np.lexsort((whole["pk"], whole["day"]))
        return cls(words, {name: whole.pop(name)[order] for name in NAMES})

    def renewed(self, keys: Collection[int]) -> "Columns":
        """The columns after the transfers with these keys changed, came or went."""
        words = {name: dict(codes) for name, codes in self._words.items()}
        new = read(Transfer.objects.published().filter(pk__in=keys), words)
        order = np.lexsort((new["pk"], new["day"]))
        left = ~self.with_keys(keys)
        days, pks = self._by_name["day"][left], self._by_name["pk"][left]
        places = []
        for day, pk in zip(new["day"][order], new["pk"][order], strict=True):
            begin, end = np.searchsorted(days, day, "left"), np.searchsorted(days, day, "right")
            places.append(begin + np.searchsorted(pks[begin:end], pk))
        at = np.array(places, dtype=np.int64)
        whole = self._by_name | {name: self._years[name].column() for name in YEARS}
        kept = {name: whole[name][left].astype(new[name].dtype) for name in NAMES}
        return Columns(words, {name: np.insert(kept.pop(name), at, new[name][order]) for name in NAMES})

    def __len__(self) -> int:
        return len(self._by_name["pk"])

    def having(self, name: str, values: Iterable[Any]) -> Column:
        """Which transfers have any of these records (keys; None for no record) or words in a column."""
        codes: list[Any] = [value or 0 for value in values]
        if name in WORDS:
            codes = [self._words[name][value] for value in values if value in self._words[name]]
        column = self._by_name[name]
        return reduce(np.logical_or, [column == code for code in codes] or [np.zeros(len(self), dtype=bool)])

    def with_keys(self, keys: Iterable[int]) -> Column:
        """Which transfers have these keys of their own."""
        found = np.zeros(len(self), dtype=bool)
        places = self.at(np.fromiter(keys, dtype=np.int64))
        found[places[places >= 0]] = True
        return found

    def places(self, meeting: Sequence[Column]) -> Column | None:
        """The places of the transfers that meet all of some conditions; None for all of them, without a condition."""
        if not meeting:
            return None
        return np.flatnonzero(reduce(np.logical_and, meeting)).astype(np.int32)

    def at(self, keys: Column) -> Column:
        """The places of the transfers with these keys; -1 for one that is not there."""
        found: Column = self._places.take(keys, mode="clip")
        found[keys >= len(self._places)] = -1
        return found

    def are_kept(self, kept: Column | None, keys: Sequence[int]) -> list[bool]:
        """Whether each of the transfers with these keys is at the places that are kept (None for all)."""
        places = self.at(np.array(keys, dtype=np.int64))
        if kept is None or not len(kept):
            found = (places >= 0) & (kept is None)
        else:
            found = kept[np.minimum(np.searchsorted(kept, places), len(kept) - 1)] == places
        return list(found.tolist())

    def in_years(self, first: int, last: int) -> Column:
        """Which transfers have a date that can fall in these years, the last one included."""
        return reduce(np.logical_or, (begins.at_most(last) & ends.at_least(first) for begins, ends in self._spans()))

    def within_years(self, first: int, last: int) -> Column:
        """Which transfers have a date that lies wholly in these years, the last one included."""
        spans = ((begins.at_least(first) & ~begins.at_least(NO_START), ends) for begins, ends in self._spans())
        return reduce(np.logical_or, (begun & ends.at_most(last) for begun, ends in spans))

    def _spans(self) -> Iterator[tuple[Ordered, Ordered]]:
        return ((self._years[f"{name}_from"], self._years[f"{name}_to"]) for name in DATES)

    @cached_property
    def undated(self) -> Column:
        """Which transfers have no date at all."""
        return reduce(np.logical_and, (begins.at_least(NO_START) for begins, _ends in self._spans()))

    def keys(self, kept: Column | None, bounds: slice, *, descending: bool) -> list[int]:
        """The keys of a part of the transfers at some places (None for all), by the main date, undated ones last."""
        number, dated = self._extent(kept)
        asked = np.arange(*bounds.indices(number))
        if descending:
            asked = np.where(asked < dated, dated - 1 - asked, number - 1 - (asked - dated))
        places = asked if kept is None else kept[asked]
        keys: list[int] = self._by_name["pk"][places].tolist()
        return keys

    def main_date(self, key: int) -> tuple[date | None, date | None]:
        """The first and the last day of the main date of a transfer."""
        day = int(self._by_name["day"][self._places[key]])
        if day == NO_DAY:
            return None, None
        return date.fromordinal(day >> DAY_BITS), date.fromordinal(day & ((1 << DAY_BITS) - 1))

    def number_before(
        self, kept: Column | None, first: date | None, last: date | None, pk: int, *, descending: bool
    ) -> int:
        """How many of the transfers at some places stand before what follows a row with this main date and key."""
        number, dated = self._extent(kept)
        day = NO_DAY if first is None or last is None else first.toordinal() << DAY_BITS | last.toordinal()
        days, keys = self._by_name["day"], self._by_name["pk"]
        begin, end = np.searchsorted(days, day, "left"), np.searchsorted(days, day, "right")
        place = int(begin + np.searchsorted(keys[begin:end], np.int32(pk), "left" if descending else "right"))
        passed = place if kept is None else before(kept, place)
        if not descending:
            return passed
        return dated - passed if day != NO_DAY else dated + number - passed

    def _extent(self, kept: Column | None) -> tuple[int, int]:
        """How many are at some places, and how many of them have a date."""
        return (len(self), self._dated) if kept is None else (len(kept), before(kept, self._dated))

    def count_undated(self, kept: Column | None) -> int:
        """How many of the transfers at some places (None for all) have no date at all."""
        return int(np.count_nonzero(self.undated if kept is None else self.undated[kept]))

    def of_datasets(self, kept: Column | None, keys: Collection[int]) -> Column | None:
        """The places (None for all), of some, of the transfers of these datasets."""
        if set(self.counts("dataset", kept)) <= set(keys):
            return kept
        among = self.having("dataset", keys)
        return np.flatnonzero(among).astype(np.int32) if kept is None else kept[among[kept]]

    def counts(self, name: str, kept: Column | None) -> dict[Any, int]:
        """How many of the transfers at some places (None for all) have each record (its key, None for none) or word."""
        if kept is None:
            return dict(self._counts_of_all(name))
        return self._counts(name, self._by_name[name][kept])

    def _counts_of_all(self, name: str) -> dict[Any, int]:
        if name not in self._counted:
            self._counted[name] = self._counts(name, self._by_name[name])
        return self._counted[name]

    def counts_of_either(self, names: Sequence[str]) -> Counter[Any]:
        """How many of all transfers have each record in any of one or two columns."""
        counts = Counter[Any]()
        for name in names:
            counts.update(self._counts_of_all(name))
        if len(names) == 2:
            first, second = (self._by_name[name] for name in names)
            counts.subtract(self._counts(names[0], first[first == second]))
        return counts

    def _counts(self, name: str, column: Column) -> dict[Any, int]:
        words = list(self._words.get(name, ()))
        return {words[code] if words else code or None: number for code, number in numbers_in(column)}

    def decades(self, kept: Column | None) -> dict[int, int]:
        """How many of the transfers at some places (None for all) may fall in each decade, by its first year."""
        decades, sets, column = self._decades
        counts = dict.fromkeys(decades, 0)
        for code, number in numbers_in(column if kept is None else column[kept]):
            for decade in sets[code]:
                counts[decade] += number
        return counts

    @cached_property
    def _decades(self) -> tuple[range, list[list[int]], Column]:
        """The decades from the first to the last, the sets of them that a transfer may fall in, and which has which."""
        ends = self.years
        decades = range(ends[0] // 10 * 10, ends[1] + 1, 10) if ends else range(0)
        codes, sets = np.zeros(len(self), dtype=np.int16), [list[int]()]
        for decade in decades:
            within = self.in_years(decade, decade + 9)
            for code, _number in numbers_in(codes[within]):
                codes[within & (codes == code)] = len(sets)
                sets.append([*sets[code], decade])
        return decades, sets, narrow(codes)

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year with which a date begins or ends; None where nothing is dated."""
        ends = np.concatenate([self._years[name].values for name in YEARS])
        told = ends[(ends > OPEN_START) & (ends < OPEN_END)]
        return (int(told.min()), int(told.max())) if len(told) else None


def columns(memory: Memory | None = None) -> Columns:
    """The columns of transfers as readers see them now, or saw them when a memory began, or later."""
    memory = memory or now()
    key = _key(memory)
    with _lock:
        if _kept and _moved_back(_kept["key"], key):
            # An answer that began before others saw a change: what is there now serves it as well.
            key = _key(View().memory)
        if _kept.get("key") != key:
            moved = moved_since(Transfer.TYPE, _kept["key"], key) if _kept else None
            with allowed(FILLING):
                found = _kept["columns"].renewed(moved) if moved is not None else Columns.read()
            _kept.update(key=key, columns=found)
        at_hand: Columns = _kept["columns"]
        at_hand.as_of(memory.version)
    return at_hand


def _key(memory: Memory) -> tuple[Any, Any]:
    """The database, and the version of its transfers and when it came."""
    return connection.settings_dict["NAME"], memory.versions.get(Transfer.TYPE)


def _moved_back(old: tuple[Any, Any], new: tuple[Any, Any]) -> bool:
    """Whether the second version of the same transfers is the older one."""
    (database, before), (other, now) = old, new
    return bool(database == other and before and now and now[0] < before[0])


def forget(**_signal: Any) -> None:
    """Read the columns anew when they are next asked for."""
    with _lock:
        _kept.clear()


_kept: dict[str, Any] = {}
_lock = Lock()
