"""The pages of one column in one group of rows, and what the end of the file tells of them."""

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from armsdb.exporters.columns import Kind

from . import thrift
from .cells import TYPES, Cells, Values

_GZIP, _LEVEL = 2, 6
_PLAIN, _RLE, _BY_DICTIONARY = 0, 3, 8
_DATA, _DICTIONARY = 0, 2


@dataclass(frozen=True)
class Chunk:
    """The pages as they stand in the file; what they take unpacked; where the one of the cells begins among them."""

    pages: bytes
    whole: int
    begin: int
    encodings: tuple[int, ...]
    rows: int
    nulls: int
    cells: Cells | None

    def told(self, name: str, kind: Kind, place: int) -> bytes:
        """What the end of the file tells of pages that stand at a place."""
        ends = []
        if self.cells is not None and self.cells.least is not None and self.cells.greatest is not None:
            ends = [thrift.binary(5, self.cells.greatest), thrift.binary(6, self.cells.least)]
        about = thrift.struct(
            thrift.i32(1, TYPES[kind].physical),
            thrift.i32s(2, self.encodings),
            thrift.texts(3, [name]),
            thrift.i32(4, _GZIP),
            thrift.i64(5, self.rows),
            thrift.i64(6, self.whole),
            thrift.i64(7, len(self.pages)),
            thrift.i64(9, place + self.begin),
            *([thrift.i64(11, place)] if self.begin else []),
            thrift.nested(12, thrift.struct(thrift.i64(3, self.nulls), *ends)),
        )
        return thrift.struct(thrift.i64(2, 0), thrift.nested(3, about))


class Column:
    """A column on its way: the different cells that are held, and which row has which of them, or none."""

    def __init__(self, name: str, kind: Kind) -> None:
        self.name, self.kind = name, kind
        self._begin()

    def _begin(self) -> None:
        self._different = _Different()
        self._codes: list[Values] = []
        self._there: list[Values] = []

    def add(self, cells: Sequence[str]) -> None:
        self._there.append(np.fromiter(map(bool, cells), dtype=bool, count=len(cells)))
        self._codes.append(np.fromiter(map(self._different.__getitem__, filter(None, cells)), dtype="<u2"))

    def taken(self) -> Chunk:
        """What is held as pages; nothing is held any more."""
        codes, there = np.concatenate(self._codes), np.concatenate(self._there)
        cells = TYPES[self.kind].stored(list(self._different)) if self._different else None
        self._begin()
        pages: list[tuple[bytes, int]] = []
        if cells is None:
            encoding, written = _PLAIN, b""
        elif self.kind is Kind.TRUTH or 2 * len(cells.values) > len(codes):
            encoding, written = _PLAIN, cells.plain(codes)
        else:
            number = len(cells.values)
            told = thrift.nested(7, thrift.struct(thrift.i32(1, number), thrift.i32(2, _PLAIN)))
            pages.append(_page(_DICTIONARY, told, cells.plain()))
            encoding, written = _BY_DICTIONARY, _packed_codes(codes, number)
        heads = (thrift.i32(1, len(there)), thrift.i32(2, encoding), thrift.i32(3, _RLE), thrift.i32(4, _RLE))
        begin = sum(len(page) for page, _whole in pages)
        pages.append(_page(_DATA, thrift.nested(5, thrift.struct(*heads)), _levels(there) + written))
        return Chunk(
            pages=b"".join(page for page, _whole in pages),
            whole=sum(whole for _page, whole in pages),
            begin=begin,
            encodings=tuple(sorted({_PLAIN, _RLE, encoding})),
            rows=len(there),
            nulls=len(there) - len(codes),
            cells=cells,
        )


class _Different(dict[str, int]):
    """Different cells, each with its place among them."""

    def __missing__(self, cell: str) -> int:
        place = self[cell] = len(self)
        return place


def _page(kind: int, told: thrift.Field, body: bytes) -> tuple[bytes, int]:
    """A page with its head, and how long both are unpacked."""
    packed = gzip.compress(body, _LEVEL, mtime=0)
    check = int.from_bytes(zlib.crc32(packed).to_bytes(4, "big"), "big", signed=True)
    sizes = (thrift.i32(2, len(body)), thrift.i32(3, len(packed)))
    head = thrift.struct(thrift.i32(1, kind), *sizes, thrift.i32(4, check), told)
    return head + packed, len(head) + len(body)


def _levels(there: Values) -> bytes:
    """Which rows have a cell, in bits; where all have, that so many do."""
    told = thrift.varint(len(there) << 1) + b"\x01" if there.all() else _in_eights(there)
    return len(told).to_bytes(4, "little") + told


def _packed_codes(codes: Values, number: int) -> bytes:
    """Codes below a number, each in as many bits as the largest takes, and how many these are."""
    if number == 1:
        return b"\x01" + thrift.varint(len(codes) << 1) + b"\x00"
    width = (number - 1).bit_length()
    padded = np.zeros(-(-len(codes) // 8) * 8, dtype="<u2")
    padded[: len(codes)] = codes
    bits = np.unpackbits(padded.view(np.uint8).reshape(-1, 2), axis=1, bitorder="little")[:, :width]
    return bytes([width]) + _in_eights(bits.reshape(-1), width)


def _in_eights(bits: Values, width: int = 1) -> bytes:
    """A run of numbers of so many bits, told in groups of eight."""
    groups = -(-len(bits) // (8 * width))
    packed = np.packbits(bits, bitorder="little").tobytes()
    return thrift.varint(groups << 1 | 1) + packed.ljust(groups * width, b"\0")
