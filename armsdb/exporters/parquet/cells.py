"""Cells as Parquet stores them: the type of each kind of column, and the bytes of different cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from armsdb.exporters.columns import Kind

from . import thrift

#: Digits of numbers, how many of them stand behind the point, and the bytes that so many take.
DIGITS, PLACES, WIDTH = 24, 4, 11
#: Least and greatest texts that are longer than this, in bytes, are not told.
_TOLD = 64
#: The physical types by their numbers, and the older names of the logical ones that some readers go by.
_BOOLEAN, _INT32, _INT64, _BYTES, _FIXED = 0, 1, 2, 6, 7
_UTF8, _DECIMAL, _DATE, _MICROSECONDS, _INT_64 = 0, 5, 6, 10, 18

Values = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Cells:
    """Different cells: their bytes, and of the least and the greatest of them, where they are told."""

    values: Values
    least: bytes | None = None
    greatest: bytes | None = None

    def plain(self, codes: Values | None = None) -> bytes:
        """The bytes of all of them, or of those at some places, one after the other."""
        found = self.values if codes is None else self.values[codes]
        if found.dtype == bool:
            return np.packbits(found, bitorder="little").tobytes()
        return b"".join(found) if found.dtype == object else found.tobytes()


@dataclass(frozen=True)
class Type:
    """How cells of a kind are stored: a physical type, what the schema tells of it, and the way of the cells there."""

    physical: int
    schema: tuple[thrift.Field, ...]
    stored: Callable[[Sequence[str]], Cells]


def _texts(cells: Sequence[str]) -> Cells:
    written = [cell.encode() for cell in cells]
    values = np.empty(len(written), dtype=object)
    values[:] = [len(one).to_bytes(4, "little") + one for one in written]
    ends = min(written), max(written)
    return Cells(values, *ends) if max(map(len, ends)) <= _TOLD else Cells(values)


def _numbers(cells: Sequence[str]) -> Cells:
    scaled = [Decimal(cell).scaleb(PLACES) for cell in cells]
    wholes = [int(number) for number in scaled]
    most = max(map(abs, wholes))
    if wholes != scaled or most >= 10**DIGITS:
        raise ValueError(f"A number has more than {DIGITS} digits, or more than {PLACES} behind the point.")
    written = [number.to_bytes(WIDTH, "big", signed=True) for number in wholes]
    least, greatest = (one.to_bytes(WIDTH, "big", signed=True) for one in (min(wholes), max(wholes)))
    return Cells(np.frombuffer(b"".join(written), dtype=f"V{WIDTH}"), least, greatest)


def _wholes(cells: Sequence[str]) -> Cells:
    return _ordered(np.array(list(map(int, cells)), dtype="<i8"))


def _days(cells: Sequence[str]) -> Cells:
    return _ordered(np.array(cells, dtype="M8[D]").astype("<i4"))


def _moments(cells: Sequence[str]) -> Cells:
    if not all(cell.endswith("Z") for cell in cells):
        raise ValueError("A time is not told in UTC.")
    return _ordered(np.array([cell[:-1] for cell in cells], dtype="M8[us]").astype("<i8"))


def _truths(cells: Sequence[str]) -> Cells:
    return _ordered(np.array([_TRUTHS[cell] for cell in cells]))


def _ordered(values: Values) -> Cells:
    return Cells(values, values.min().tobytes(), values.max().tobytes())


def _logical(number: int, held: bytes = b"\0") -> thrift.Field:
    return thrift.nested(10, thrift.struct(thrift.nested(number, held)))


_TRUTHS = {"true": True, "false": False}
_TEXT = Type(_BYTES, (thrift.i32(6, _UTF8), _logical(1)), _texts)
_IN_MICROSECONDS = thrift.nested(2, thrift.struct(thrift.nested(2, thrift.struct())))
TYPES: Mapping[Kind, Type] = {
    Kind.TEXT: _TEXT,
    Kind.WORD: _TEXT,
    Kind.NUMBER: Type(
        _FIXED,
        (
            *(thrift.i32(6, _DECIMAL), thrift.i32(7, PLACES), thrift.i32(8, DIGITS)),
            _logical(5, thrift.struct(thrift.i32(1, PLACES), thrift.i32(2, DIGITS))),
        ),
        _numbers,
    ),
    Kind.WHOLE: Type(
        _INT64,
        (
            thrift.i32(6, _INT_64),
            _logical(10, thrift.struct(thrift.byte(1, 64), thrift.truth(2, value=True))),
        ),
        _wholes,
    ),
    Kind.DAY: Type(_INT32, (thrift.i32(6, _DATE), _logical(6)), _days),
    Kind.MOMENT: Type(
        _INT64,
        (
            thrift.i32(6, _MICROSECONDS),
            _logical(8, thrift.struct(thrift.truth(1, value=True), _IN_MICROSECONDS)),
        ),
        _moments,
    ),
    Kind.TRUTH: Type(_BOOLEAN, (), _truths),
}


def schema(name: str, kind: Kind) -> bytes:
    """What a column is called and holds; every one may be empty."""
    told = TYPES[kind]
    width = [thrift.i32(2, WIDTH)] if told.physical == _FIXED else []
    return thrift.struct(thrift.i32(1, told.physical), *width, thrift.i32(3, 1), thrift.text(4, name), *told.schema)
