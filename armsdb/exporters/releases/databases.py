"""The tables of a release as one SQLite file, with keys between them: what Datasette serves as it stands."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from armsdb.exporters.columns import Column, Kind
from armsdb.exporters.tables import Table

NAME = "armsdb.sqlite"
_TYPES = {Kind.NUMBER: "NUMERIC", Kind.WHOLE: "INTEGER", Kind.TRUTH: "INTEGER"}
_TRUTHS = {"true": 1, "false": 0}


class Database:
    """Takes the rows of one table after the other; the same rows give the same bytes."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        # Nobody else has the file yet, and where it fails it is thrown away.
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16000"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("BEGIN")
        self._columns: Sequence[Column] = ()
        self._insert = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: Any, *_others: Any) -> None:
        if kind is None:
            self._connection.execute("COMMIT")
        self._connection.close()

    def begin(self, table: Table) -> None:
        """Make a table; rows that come now are its own."""
        self._columns = table.columns
        name = table.model.COLLECTION
        declared = ", ".join(map(_declared, table.columns))
        self._connection.execute(f'CREATE TABLE "{name}" ({declared})')
        for column in filter(refers, table.columns):
            self._connection.execute(f'CREATE INDEX "{name} {column.name}" ON "{name}" ("{column.name}")')
        self._insert = f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(table.columns))})'  # noqa: S608

    def add(self, part: Sequence[Sequence[str]]) -> None:
        """Take some rows, column by column."""
        columns = [_values(column, cells) for column, cells in zip(self._columns, part, strict=True)]
        self._connection.executemany(self._insert, zip(*columns, strict=True))


def refers(column: Column) -> str:
    """The table that a column leads to; empty where it leads to none, or to what a release has no table of."""
    kind: Any = column.refers_to
    return getattr(kind, "COLLECTION", "") if kind else ""


def _declared(column: Column) -> str:
    if column.name == "id":
        return '"id" TEXT PRIMARY KEY'
    table = refers(column)
    leads = f' REFERENCES "{table}" ("id")' if table else ""
    return f'"{column.name}" {_TYPES.get(column.kind, "TEXT")}{leads}'


def _values(column: Column, cells: Sequence[str]) -> list[Any]:
    if column.kind is Kind.TRUTH:
        return [_TRUTHS.get(cell) for cell in cells]
    return [cell or None for cell in cells]


def numbers_in(path: Path) -> dict[str, int]:
    """How many rows each table has; ValueError where the file is not sound or a key leads nowhere."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise ValueError("it is damaged")
        stray = connection.execute("PRAGMA foreign_key_check").fetchone()
        if stray:
            raise ValueError(f"a row of {stray[0]} refers to one that {stray[2]} does not have")
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    return counts
