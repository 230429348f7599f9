"""How many of some transfers stand in each group, counted in memory: by dataset, party, category, grade and time.

Unlike totals (`summaries`) it counts alone, and so it is as quick for a million transfers as for some.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .column_rows import Column
from .columns import Columns
from .ledgers import DATES
from .times import Times, times_of

#: Up to so many possible groups each gets a counter, and so many for each row; of more, those that occur are sorted.
_COUNTERS, _SPARE = 1_000_000, 8
#: Rows that are counted at once: of a million rows all that is worked out on the way would take a hundred megabytes.
_TOGETHER = 1 << 17

#: Columns of codes by name, each with the values that they stand for.
Coded = Mapping[str, tuple[Column, Sequence[Any]]]
#: Codes of some rows by name, and how many transfers each row stands for; None for one.
Piece = tuple[Mapping[str, Column], Column | None]


@dataclass(frozen=True)
class Groups:
    """Groups of transfers: for each of these names a column of codes with the values they stand for; and how many."""

    names: tuple[str, ...]
    codes: dict[str, Column]
    values: dict[str, Sequence[Any]]
    numbers: Column

    def items(self) -> Iterator[tuple[tuple[Any, ...], int]]:
        """Each group by its values, with its number."""
        columns = [self.codes[name].tolist() for name in self.names]
        told = [self.values[name] for name in self.names]
        for number, *codes in zip(self.numbers.tolist(), *columns, strict=True):
            yield tuple(values[code] for values, code in zip(told, codes, strict=True)), number

    def where(self, kept: Column) -> "Groups":
        """Some of them."""
        codes = {name: column[kept] for name, column in self.codes.items()}
        return Groups(self.names, codes, self.values, self.numbers[kept])

    def having(self, name: str, value: Any) -> "Groups":
        """Those with one value."""
        return self.where(self.codes[name] == list(self.values[name]).index(value))

    def joined(self, *names: str) -> Column:
        """One number for all that they have under these names: equal where these are."""
        found = np.zeros(len(self.numbers), dtype=np.int64)
        for name in names:
            found = found * max(len(self.values[name]), 1) + self.codes[name]
        return found

    def by(self, *names: str) -> "Groups":
        """The same transfers, grouped by fewer names."""
        return _grouped(names, [(self.codes, self.numbers)], self.values, len(self.numbers))

    def mapped(self, name: str, places: Column, values: Sequence[Any]) -> "Groups":
        """The same with other values under one name: `places` has that of each code among them."""
        return Groups(
            self.names, self.codes | {name: places[self.codes[name]]}, {**self.values, name: values}, self.numbers
        )


def tally(columns: Columns, kept: Column | None, *names: str) -> Groups:
    """How many of the transfers at some places (None for all) stand in each group, which has a value for each name.

    A record is named by its key in the database, None for none; a word by itself. `time` is that of `summaries.Time`,
    and `kind` the kind of its date: a transfer of several times counts once in each of them.
    """
    times = {"time", "kind"} & set(names)
    coded = {name: _coded(columns, name) for name in names if name not in times}
    values = {name: told for name, (_column, told) in coded.items()}
    if not times:
        return _grouped(names, _pieces(coded, kept), values, len(columns) if kept is None else len(kept))
    entries = times_of(columns)
    values |= {"time": entries.times, "kind": DATES}
    truths = None if kept is None else _truths(len(columns), kept)
    return _grouped(names, _timed_pieces(columns, coded, entries, truths), values, len(entries.pk))


def _pieces(coded: Coded, kept: Column | None) -> Iterator[Piece]:
    """The codes of transfers, some at a time."""
    whole = next(iter(coded.values()))[0] if kept is None else kept
    for some in _slices(len(whole)):
        yield {name: column[some if kept is None else kept[some]] for name, (column, _told) in coded.items()}, None


def _timed_pieces(columns: Columns, coded: Coded, entries: Times, truths: Column | None) -> Iterator[Piece]:
    """The codes of transfers with their times, some at a time; `truths` tells which are kept, None for all."""
    for some in _slices(len(entries.pk)):
        places = columns.at(entries.pk[some])
        meeting = places >= 0 if truths is None else (places >= 0) & truths[places]
        codes = {name: column[places[meeting]] for name, (column, _told) in coded.items()}
        yield codes | {"time": entries.time[some][meeting], "kind": entries.kind[some][meeting]}, None


def _slices(length: int) -> Iterator[slice]:
    return (slice(begin, begin + _TOGETHER) for begin in range(0, length, _TOGETHER))


def _truths(length: int, places: Column) -> Column:
    found = np.zeros(length, dtype=bool)
    found[places] = True
    return found


def _coded(columns: Columns, name: str) -> tuple[Column, Sequence[Any]]:
    """A column of small numbers, and the value that each of them stands for."""
    values = list(columns.counts(name, None))

    def code() -> Column:
        codes = np.zeros(len(columns), dtype=np.min_scalar_type(len(values)))
        for place, value in enumerate(values):
            codes[columns.having(name, [value])] = place
        return codes

    found: Column = columns.remembered(("tally", name), code)
    return found, values


def _grouped(names: tuple[str, ...], pieces: Iterable[Piece], values: Mapping[str, Sequence[Any]], rows: int) -> Groups:
    """Count so many rows, or add up what they stand for, by the codes that they have under these names."""
    sizes = [max(len(values[name]), 1) for name in names]
    possible = math.prod(sizes)
    joined = ((_joined(names, sizes, codes), numbers) for codes, numbers in pieces)
    if possible <= min(_COUNTERS, _SPARE * rows):
        found, counts = _each_counted(joined, possible)
    else:
        found, counts = _sorted(joined, possible, rows)
    told: dict[str, Column] = {}
    for name, size in zip(reversed(names), reversed(sizes), strict=True):
        found, places = np.divmod(found, size)
        told[name] = places.astype(np.int32)
    return Groups(names, told, {name: values[name] for name in names}, counts)


def _joined(names: Sequence[str], sizes: Sequence[int], codes: Mapping[str, Column]) -> Column:
    """One number for the codes that each row has under these names."""
    joined = np.zeros(len(codes[names[0]]), dtype=np.int64)
    for name, size in zip(names, sizes, strict=True):
        joined *= size
        joined += codes[name]
    return joined


def _each_counted(pieces: Iterable[tuple[Column, Column | None]], possible: int) -> tuple[Column, Column]:
    """The different ones among some numbers, each of which has a counter, and how often each is there."""
    counts = np.zeros(possible, dtype=np.int64)
    for joined, numbers in pieces:
        counts += np.bincount(joined, numbers, possible).astype(np.int64, copy=False)
    found = np.flatnonzero(counts)
    return found, counts[found]


def _sorted(pieces: Iterable[tuple[Column, Column | None]], possible: int, rows: int) -> tuple[Column, Column]:
    """The same of many possible numbers: all that are there are put in order, at most so many as there are rows."""
    whole = np.empty(rows, dtype=np.min_scalar_type(possible))
    stands_for: Column | None = None
    length = 0
    for joined, numbers in pieces:
        whole[length : length + len(joined)] = joined
        length += len(joined)
        stands_for = numbers  # these come in one piece
    whole = whole[:length]
    if stands_for is None:
        whole.sort()
    else:
        order = np.argsort(whole)
        whole, stands_for = whole[order], stands_for[order]
    first = np.flatnonzero(np.concatenate([[True], whole[1:] != whole[:-1]])[:length])
    counts = np.diff(np.append(first, length)) if stands_for is None else np.add.reduceat(stands_for, first)
    return whole[first].astype(np.int64), counts.astype(np.int64) if length else first
