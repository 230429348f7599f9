"""The whole database as files, one a table, for whoever runs a site: drafts and what may not be passed on included."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from armsdb.lib.formulas import inert
from armsdb.lib.vocab import Terms
from armsdb.models import Dataset
from armsdb.models.snapshots import one_moment
from armsdb.models.whole import as_text, columns_of, tables

MANIFEST = "manifest.json"
_TOGETHER = 2_000
_WARNING = "Not for passing on: this is everything that the site has, whatever the licences say."

Rows = list[list[str | None]]


def export(folder: Path, form: str) -> int:
    """Write every table into a folder, which is made; give how many rows there were.

    The manifest is written last: a folder without it is not whole.
    """
    folder.mkdir(parents=True)
    told: dict[str, dict[str, Any]] = {}
    with one_moment():
        for name, model in tables().items():
            path = folder / f"{name}.{form}"
            told[path.name] = _written(path, FORMS[form](list(columns_of(model)), _parts(model)))
        withheld = Dataset.objects.exclude(terms=Terms.OPEN).order_by("public_id")
        closed = [{"id": one.public_id, "name": one.name, "terms": one.terms} for one in withheld]
    manifest = {"warning": _WARNING, "not_for_passing_on": closed, "files": told}
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    return sum(one["rows"] for one in told.values())


def _parts(model: Any) -> Iterator[Rows]:
    """The rows of a table as text, in the order of their keys, some at a time."""
    columns = columns_of(model)
    writers = [as_text(field) for field in columns.values()]
    part: Rows = []
    for row in model._base_manager.order_by("pk").values_list(*columns).iterator(chunk_size=_TOGETHER):
        part.append([write(value) for write, value in zip(writers, row, strict=True)])
        if len(part) == _TOGETHER:
            yield part
            part = []
    if part:
        yield part


def _written(path: Path, pieces: Iterable[tuple[int, bytes]]) -> dict[str, Any]:
    rows, digest = 0, hashlib.sha256()
    with path.open("wb") as out:
        for number, piece in pieces:
            rows += number
            digest.update(piece)
            out.write(piece)
    return {"rows": rows, "sha256": digest.hexdigest()}


def _csv(names: list[str], parts: Iterable[Rows]) -> Iterator[tuple[int, bytes]]:
    """Empty cells are what is not told; text that a spreadsheet would compute is inert."""
    head: Rows = [[*names]]
    for rows in chain([head], parts):
        out = io.StringIO()
        csv.writer(out).writerows(inert([cell or "" for cell in row]) for row in rows)
        yield 0 if rows is head else len(rows), out.getvalue().encode()


def _jsonl(names: list[str], parts: Iterable[Rows]) -> Iterator[tuple[int, bytes]]:
    """An object a line; every value is text, or null."""
    for part in parts:
        objects = (dict(zip(names, row, strict=True)) for row in part)
        yield len(part), b"".join(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in objects)


FORMS: dict[str, Callable[[list[str], Iterable[Rows]], Iterator[tuple[int, bytes]]]] = {"csv": _csv, "jsonl": _jsonl}
