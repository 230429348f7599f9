"""Parquet: the columns of the table with their types and notes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import Export
from .columns import Column
from .parquet import Writer


class ToParquet:
    extension = "parquet"
    media_type = "application/vnd.apache.parquet"
    label = "Parquet"
    description = _("The columns of the CSV with their types: numbers, days, times and truths are such; empty is null.")
    is_text = False
    is_flat = True

    def check(self, rows: int) -> None:
        """Any number of rows can be had."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        written: list[bytes] = []
        about = {"title": export.title, "address": export.address}
        about |= {f"about {place}": f"{name}: {value}" for place, (name, value) in enumerate(export.about, start=1)}
        with self.writer(written.append, export.columns, about) as writer:
            for part in export.parts:
                writer.add(part)
                yield b"".join(written)
                written.clear()
        yield b"".join(written)

    def writer(self, write: Callable[[bytes], Any], columns: Sequence[Column], about: Mapping[str, str]) -> Writer:
        """What writes rows that are given some at a time; the notes on columns stand beside what the file tells."""
        notes = {f"note on {column.name}": str(column.note) for column in columns}
        return Writer(write, {column.name: column.kind for column in columns}, {**about, **notes})
