"""Lines of the United Nations Register in files of JSON, and what else of it is handed out as JSON."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from armsdb.lib.text import storable

from .files import File, FileRefused
from .refusals import Record
from .tables import Faulty

#: Bytes of the largest file that is read: a file of JSON is held as a whole.
_LARGEST = 200_000_000
#: What the key of a matrix is called: own report and partner's report of one state, by category.
_MATRIX = re.compile(r"(hw|salw)_(imp|exp)|[a-z]+_?[a-z0-9]*_[12]|contains_classified")
_BETWEEN = re.compile(r"[\s,\[\]]*")
_WANTED = "take the file of transfers, whose lines have year, exporter, importer and category."


def begins(file: File) -> bool:
    """Whether the first text of a file begins a list or an object."""
    first = next((text for _line, text in file.read() if text.strip("\ufeff \t\r")), "")
    return first.lstrip("\ufeff \t").startswith(("[", "{"))


def refuse_other_objects(file: File) -> None:
    """Raise FileRefused, with what it is instead, where the first objects are no lines of reports."""
    told = [set(found) for _line, found in islice(objects(file), 3) if isinstance(found, dict)]
    if not told or any(len(keys & {"year", "exporter", "importer", "category"}) > 1 for keys in told):
        return
    keys = set.union(*told)
    if keys == {"country"}:
        what = "a list of the states that the Register knows"
    elif keys == {"country", "years"}:
        what = "a list of the years in which states reported"
    elif any(map(_MATRIX.fullmatch, keys)):
        what = "a matrix of one state by category, in which lines of reports are summed"
    else:
        what = "JSON of another kind"
    raise FileRefused(f"{file.path.name} is {what}, and has no lines of reports: {_WANTED}")


def read_line(line: int, told: Any, columns: Sequence[str]) -> Record | Faulty:
    """An object as a record with these columns."""
    unknown = sorted(set(told) - set(columns)) if isinstance(told, dict) else []
    if not isinstance(told, dict) or unknown:
        what = f"has the unknown keys {', '.join(unknown)[:200]}" if unknown else "is no object"
        return Faulty(Record(line, [""] * len(columns)), f"The line {what}.")
    values = [told.get(name) for name in columns]
    record = Record(line, ["" if value is None else " ".join(str(value).split()) for value in values])
    nested = next((name for name, value in zip(columns, values, strict=True) if isinstance(value, list | dict)), None)
    if nested is not None:
        return Faulty(record, f"“{nested}” holds no single value.")
    return record if all(map(storable, record.cells)) else Faulty(record, "It holds a character that is no text.")


def objects(file: File) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON list with the line in which each begins, or one object a line."""
    if file.path.stat().st_size > _LARGEST:
        raise FileRefused(f"{file.path.name} is larger than any such file: {_LARGEST:,} bytes at most.")
    text = "\n".join(line for _number, line in file.read()).lstrip("\ufeff")
    if text.lstrip().startswith("[") and not text.rstrip().endswith("]"):
        raise FileRefused(f"{file.path.name}, line {file.line}: the list has no end, so the file was cut.")
    decoder, at, line = json.JSONDecoder(), 0, 1
    while True:
        begun = _BETWEEN.match(text, at)
        assert begun is not None
        line += text.count("\n", at, begun.end())
        at = begun.end()
        if at >= len(text):
            return
        try:
            told, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise FileRefused(f"{file.path.name}, line {line}: it is no sound JSON.") from error
        yield line, told
        line += text.count("\n", at, end)
        at = end
