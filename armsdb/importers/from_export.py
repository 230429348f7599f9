"""The whole database from the files that `manage.py export` wrote, into an empty one."""

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from armsdb import actions
from armsdb.lib.formulas import as_it_was
from armsdb.models.whole import columns_of, from_text, tables

from .files import LONGEST

csv.field_size_limit(LONGEST)
_CHUNK = 1 << 20


class ExportFault(ValueError):
    """What is wrong with a folder: a sentence that names the file and the line."""


def load(folder: Path) -> int:
    """Write the rows of every file, all or nothing; give how many there were."""
    files = _files(folder)
    rows = ((model, _rows(files[name], model)) for name, model in tables().items())
    return actions.restore(tables=rows)


def _files(folder: Path) -> dict[str, Path]:
    """The file of each table, as the manifest tells of it."""
    try:
        told = json.loads((folder / "manifest.json").read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportFault(f"{folder} has no manifest.json that can be read: the export is not whole.") from error
    found = {Path(name).stem: folder / Path(name).name for name in told}
    missing, unknown = sorted(tables().keys() - found.keys()), sorted(found.keys() - tables().keys())
    if missing or unknown:
        fault = f"has no file of {', '.join(missing)}" if missing else f"has files of unknown {', '.join(unknown)}"
        raise ExportFault(f"{folder} {fault}: it was written by another release.")
    for path in found.values():
        if not path.is_file() or _digest(path) != told[path.name].get("sha256"):
            raise ExportFault(f"{path.name} is not as the manifest tells: take the export again.")
    return found


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _rows(path: Path, model: Any) -> Iterator[Any]:
    """The rows of a table, not saved."""
    fields = columns_of(model)
    readers = {name: from_text(field) for name, field in fields.items()}
    for number, told in enumerate(_told(path, list(fields)), start=1):
        values: dict[str, Any] = {}
        for name, read in readers.items():
            try:
                text = told[name]
                values[name] = None if text is None else read(text)
            except (ValueError, ArithmeticError, KeyError, TypeError) as error:
                raise ExportFault(f"{path.name}, row {number}: {name} cannot be read.") from error
        yield model(**values)


def _told(path: Path, names: list[str]) -> Iterator[dict[str, Any]]:
    """What each row tells, by column."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            table = csv.reader(file, strict=True)
            if next(table, None) != names:
                raise ExportFault(f"{path.name} has not the columns of this release: {', '.join(names)}.")
            for row in table:
                yield dict(zip(names, map(as_it_was, row), strict=False))
            return
        for line in file:
            yield json.loads(line)
