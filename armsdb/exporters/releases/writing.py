"""The tables of a release, each written in every form while its rows are read once."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from armsdb.exporters.columns import Column, Kind
from armsdb.exporters.tables import Table
from armsdb.exporters.to_csv import header, lines
from armsdb.exporters.to_parquet import ToParquet

from .databases import Database
from .rows import keys_of

FORMS = ("csv", "jsonl", "parquet")
#: Cells that are JSON as they stand.
_LITERAL = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.TRUTH})
_PIECE = 1 << 20


@dataclass(frozen=True)
class Written:
    """A file of a release, by its place in the folder."""

    name: str
    bytes: int
    sha256: str


def file_of(table: Table, form: str) -> str:
    """Where a table stands in a release."""
    return f"{form}/{table.model.COLLECTION}.{form}"


def write(table: Table, folder: Path, database: Database, *, site: str, about: Mapping[str, str]) -> int:
    """Write a table in every form, and into the database; give how many rows it has."""
    paths = {form: folder / file_of(table, form) for form in FORMS}
    for path in paths.values():
        path.parent.mkdir(exist_ok=True)
    keys = keys_of(table.model)
    with ExitStack() as held:
        as_csv, as_json, as_parquet = (
            held.enter_context(paths[form].open("wb")) for form in ("csv", "jsonl", "parquet")
        )
        typed = held.enter_context(ToParquet().writer(as_parquet.write, table.columns, about))
        as_csv.write(header(table.columns))
        database.begin(table)
        for part in table.parts(keys, site):
            as_csv.write(lines(table.columns, part))
            as_json.write(typed_lines(table.columns, part))
            typed.add(part)
            database.add(part)
    return len(keys)


def typed_lines(columns: Sequence[Column], part: Sequence[Sequence[str]]) -> bytes:
    """Rows as objects of the columns, one a line: numbers and truths are such, what is empty is null."""
    told = [_typed(column, cells) for column, cells in zip(columns, part, strict=True)]
    line = "{" + ",".join(f'"{column.name}":%s' for column in columns) + "}\n"
    return "".join([line % row for row in zip(*told, strict=True)]).encode()


def _typed(column: Column, cells: Sequence[str]) -> list[str]:
    if column.kind in _LITERAL:
        return [cell or "null" for cell in cells]
    return [orjson.dumps(cell).decode() if cell else "null" for cell in cells]


def measured(folder: Path, name: str) -> Written:
    """A file as it is: its length and its SHA-256."""
    digest, path = hashlib.sha256(), folder / name
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return Written(name, path.stat().st_size, digest.hexdigest())


def names_in(folder: Path) -> list[str]:
    """The names of all files in a folder and below it, in their order."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def as_json(value: Any) -> bytes:
    """What a program reads, for people to read as well."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
