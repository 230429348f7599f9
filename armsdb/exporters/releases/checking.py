"""Whether the files of a release are whole: each is read again, and held against database and release before."""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import orjson

from armsdb.exporters.tables import Table

from .databases import NAME, numbers_in
from .writing import FORMS, file_of

#: The part of the rows of the release before that a table has at least, in hundredths.
LEAST = 99
csv.field_size_limit(1 << 27)


def faults(folder: Path, tables: Iterable[Table], wanted: Mapping[str, int]) -> Iterator[str]:
    """What keeps files from being what they have to be, in sentences: no release is made with one of these."""
    in_database: Mapping[str, int] = {}
    try:
        in_database = numbers_in(folder / NAME)
    except (ValueError, OSError) as error:
        yield f"{NAME} is not sound: {error}."
    for table in tables:
        kind = table.model.COLLECTION
        for form in FORMS:
            name = file_of(table, form)
            try:
                number = COUNTERS[form](folder / name, len(table.columns))
            except (ValueError, OSError, csv.Error) as error:
                yield f"{name} does not parse: {error}."
                continue
            if number != wanted[kind]:
                yield f"{name} has {number} rows, and the database {wanted[kind]}."
        if in_database and in_database.get(kind) != wanted[kind]:
            yield f"{NAME} has {in_database.get(kind)} rows of {kind}, and the database {wanted[kind]}."


def doubts(rows: Mapping[str, int], before: Mapping[str, int]) -> Iterator[str]:
    """What somebody has to look at before a release is made: tables that are empty, or have lost rows."""
    for kind, number in rows.items():
        if number == 0:
            yield f"{kind} has no rows."
        elif number * 100 < before.get(kind, 0) * LEAST:
            yield f"{kind} has {number} rows, and the release before {before[kind]}."
    for kind in before.keys() - rows.keys():
        yield f"{kind} is no table any more."


def _in_csv(path: Path, columns: int) -> int:
    with path.open("rb") as file:
        file.seek(-2, os.SEEK_END)
        if file.read() != b"\r\n":
            raise ValueError("its last row does not end")
    with path.open(encoding="utf-8", newline="") as file:
        number = -1
        for row in csv.reader(file, strict=True):
            number += 1
            if len(row) != columns:
                raise ValueError(f"row {number} has {len(row)} cells, not {columns}")
    return max(number, 0)


def _in_jsonl(path: Path, columns: int) -> int:
    number = 0
    with path.open("rb") as file:
        for line in file:
            number += 1
            if len(orjson.loads(line)) != columns:
                raise ValueError(f"line {number} has not {columns} keys")
    return number


def _in_parquet(path: Path, columns: int) -> int:
    import pyarrow.parquet

    told = pyarrow.parquet.ParquetFile(path)
    with told:
        if told.metadata.num_columns != columns:
            raise ValueError(f"it has not {columns} columns")
        for group in range(told.metadata.num_row_groups):
            told.read_row_group(group)
        return int(told.metadata.num_rows)


COUNTERS = {"csv": _in_csv, "jsonl": _in_jsonl, "parquet": _in_parquet}
