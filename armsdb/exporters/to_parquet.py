"""Parquet: the columns of the table with their types and notes. It takes pyarrow, which a site need not have."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .base import Export, ExportRefused
from .columns import Column, Kind

#: Parts that are one group of rows: readers skip whole groups, and a group is held in memory.
_PARTS = 4


class ToParquet:
    extension = "parquet"
    media_type = "application/vnd.apache.parquet"
    label = "Parquet"
    description = _("The columns of the CSV with their types: numbers, days, times and truths are such; empty is null.")
    is_text = False
    is_flat = True

    @cached_property
    def _arrow(self) -> Any:
        import pyarrow
        import pyarrow.parquet

        # Its own keeps what it had; of this one the C library gives back what is not used any more.
        pyarrow.set_memory_pool(pyarrow.system_memory_pool())
        return pyarrow

    def check(self, rows: int) -> None:
        try:
            self._arrow  # noqa: B018
        except ImportError:
            told = _now("This site writes no Parquet, since pyarrow is not installed there; CSV has the same columns.")
            raise ExportRefused(told) from None

    def pieces(self, export: Export) -> Iterator[bytes]:
        out = _Out()
        about = {"title": export.title, "address": export.address}
        about |= {f"about {place}": f"{name}: {value}" for place, (name, value) in enumerate(export.about, start=1)}
        with Groups(self._arrow, out, export.columns, about) as groups:
            for part in export.parts:
                groups.add(part)
                yield out.taken()
        yield out.taken()

    def groups(self, path: Path, columns: Sequence[Column], about: Mapping[str, str]) -> "Groups":
        """What writes a file of rows that are given some at a time."""
        return Groups(self._arrow, str(path), columns, about)


class Groups:
    """Rows on their way into a file: so many at a time are held, typed and written as one group."""

    def __init__(self, arrow: Any, out: Any, columns: Sequence[Column], about: Mapping[str, str]) -> None:
        self._arrow = arrow
        types = {
            Kind.NUMBER: arrow.decimal128(24, 4),
            Kind.WHOLE: arrow.int64(),
            Kind.DAY: arrow.date32(),
            Kind.MOMENT: arrow.timestamp("us", tz="UTC"),
            Kind.TRUTH: arrow.bool_(),
        }
        fields = [
            arrow.field(one.name, types.get(one.kind, arrow.string()), metadata={"note": str(one.note)})
            for one in columns
        ]
        self._schema = arrow.schema(fields, metadata=dict(about))
        sink = out if isinstance(out, str) else arrow.PythonFile(out, mode="w")
        self._writer = arrow.parquet.ParquetWriter(sink, self._schema, compression="zstd")
        self._held: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: Any, *_others: Any) -> None:
        if kind is None and self._held:
            self._write()
        self._writer.close()

    def add(self, part: Sequence[Sequence[str]]) -> None:
        """Take some rows, column by column."""
        arrays = [self._array(cells, field.type) for cells, field in zip(part, self._schema, strict=True)]
        self._held.append(self._arrow.RecordBatch.from_arrays(arrays, schema=self._schema))
        if len(self._held) == _PARTS:
            self._write()

    def _write(self) -> None:
        self._writer.write_table(self._arrow.Table.from_batches(self._held, self._schema).combine_chunks())
        self._held = []

    def _array(self, cells: Sequence[str], kind: Any) -> Any:
        """A column of the buffers that it is made of: whoever makes it of a list looks for pandas, and loads it."""
        written = [cell.encode() for cell in cells]
        ends = np.zeros(len(written) + 1, dtype=np.int32)
        np.cumsum([len(cell) for cell in written], out=ends[1:])
        there = np.packbits(np.diff(ends) > 0, bitorder="little")
        buffers = map(self._arrow.py_buffer, (there, ends, b"".join(written)))
        return self._arrow.Array.from_buffers(self._arrow.string(), len(written), list(buffers)).cast(kind)


class _Out:
    """Takes what is written until it is sent."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []
        self._length = 0

    def write(self, piece: Any) -> int:
        self._written.append(bytes(piece))
        self._length += len(self._written[-1])
        return len(self._written[-1])

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        """What was written since this was last asked for."""
        piece = b"".join(self._written)
        self._written.clear()
        return piece
