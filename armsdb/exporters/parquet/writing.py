"""A file from its first bytes to its last: groups of rows, and the end that tells of all of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from armsdb import __version__
from armsdb.exporters.columns import Kind

from . import thrift
from .cells import schema
from .pages import Column

_MAGIC, _VERSION = b"PAR1", 2
#: Rows that are one group at most: readers skip whole groups, and one is held in memory.
ROWS = 10_000


class Writer:
    """Rows on their way into a file; so many at a time are held, typed and written as one group.

    Its columns are of the kinds by their names; `about` is what the file tells of itself. ValueError, KeyError or
    ArithmeticError where a cell is not of the kind of its column: then the file has no end, and no reader takes it for
    whole.
    """

    def __init__(self, write: Callable[[bytes], Any], columns: Mapping[str, Kind], about: Mapping[str, str]) -> None:
        self._write = write
        self._columns = [Column(name, kind) for name, kind in columns.items()]
        self._about = about
        self._place = self._rows = self._held = 0
        self._groups: list[bytes] = []
        self._put(_MAGIC)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: Any, *_others: Any) -> None:
        if kind is None:
            self._end()

    def add(self, part: Sequence[Sequence[str]]) -> None:
        """Take some rows, column by column; at most as many as a group has."""
        number = len(part[0])
        if self._held and self._held + number > ROWS:
            self._put_group()
        for column, cells in zip(self._columns, part, strict=True):
            column.add(cells)
        self._held += number

    def _put(self, piece: bytes) -> None:
        self._write(piece)
        self._place += len(piece)

    def _put_group(self) -> None:
        begin, whole, told = self._place, 0, []
        for column in self._columns:
            chunk = column.taken()
            told.append(chunk.told(column.name, column.kind, self._place))
            whole += chunk.whole
            self._put(chunk.pages)
        sizes = (
            thrift.i64(2, whole),
            thrift.i64(3, self._held),
            thrift.i64(5, begin),
            thrift.i64(6, self._place - begin),
        )
        self._groups.append(thrift.struct(thrift.structs(1, told), *sizes))
        self._rows += self._held
        self._held = 0

    def _end(self) -> None:
        if self._held:
            self._put_group()
        root = thrift.struct(thrift.text(4, "schema"), thrift.i32(5, len(self._columns)))
        about = [thrift.struct(thrift.text(1, key), thrift.text(2, value)) for key, value in self._about.items()]
        order = thrift.struct(thrift.nested(1, thrift.struct()))  # that of the type, for the least and the greatest
        told = thrift.struct(
            thrift.i32(1, _VERSION),
            thrift.structs(2, [root, *(schema(column.name, column.kind) for column in self._columns)]),
            thrift.i64(3, self._rows),
            thrift.structs(4, self._groups),
            thrift.structs(5, about),
            thrift.text(6, f"ArmsDB version {__version__}"),
            thrift.structs(7, [order] * len(self._columns)),
        )
        self._put(told + len(told).to_bytes(4, "little") + _MAGIC)
