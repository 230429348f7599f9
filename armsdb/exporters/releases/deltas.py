"""What changed from one release to the next: the rows that are new or otherwise, the ids that went, and why."""

import csv
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from armsdb.exporters.tables import Table

from .apply import READERS, Row
from .causes import Causes
from .writing import as_json, file_of, measured, names_in

FOLDER = "delta"
_FORMS = ("csv", "jsonl")
#: Rows whose causes are looked up together.
_TOGETHER = 500


@dataclass(frozen=True)
class Earlier:
    """The release before: where it is, what it is called, and the data version and moment that it is of."""

    folder: Path
    name: str
    data_version: str
    moment: datetime


@dataclass(frozen=True)
class _Difference:
    """A row that differs, with what the later release has of it in each form; nothing where it is gone."""

    id: str
    change: str
    rows: tuple[bytes, ...]


def write(folder: Path, tables: Iterable[Table], earlier: Earlier) -> Counter[tuple[str, str]]:
    """Write the delta into the folder of a release; give how many rows changed in each way, and why."""
    own = folder / FOLDER
    own.mkdir()
    counts: Counter[tuple[str, str]] = Counter()
    before, after = [], []
    causes = Causes(earlier.moment)
    with (own / "changes.csv").open("w", encoding="utf-8", newline="") as out:
        told = csv.writer(out)
        told.writerow(["table", "id", "change", "why"])
        for table in tables:
            names = [file_of(table, form) for form in _FORMS]
            before += [measured(earlier.folder, name) for name in names if (earlier.folder / name).exists()]
            after += [measured(folder, name) for name in names]
            found = iter(_write_table(own, names, earlier.folder, folder))
            while some := list(islice(found, _TOGETHER)):
                whys = causes.of(table.model, [one.id for one in some])
                for one in some:
                    told.writerow([table.model.COLLECTION, one.id, one.change, whys[one.id]])
                    counts[one.change, whys[one.id]] += 1
    manifest = {
        "from": {"release": earlier.name, "data_version": earlier.data_version},
        "before": {one.name: one.sha256 for one in before},
        "after": {one.name: one.sha256 for one in after},
        "changes": [{"change": change, "why": why, "rows": number} for (change, why), number in sorted(counts.items())],
        "files": {name: measured(own, name).sha256 for name in names_in(own)},
    }
    (own / "delta.json").write_bytes(as_json(manifest))
    return counts


def _write_table(own: Path, names: Sequence[str], earlier: Path, later: Path) -> Iterator[_Difference]:
    """Write what differs of a table in each form, and tell it."""
    old, new = ([READERS[form](folder / name) for form, name in zip(_FORMS, names, strict=True)]
                for folder in (earlier, later))  # fmt: skip
    heads = [head for head, _rows in new]
    has_other_columns = heads != [head for head, _rows in old]
    with ExitStack() as held:
        outs: list[Any] = []
        for one in _differences(_together(old), _together(new)):
            outs = outs or [
                held.enter_context(_begun(own / name, head)) for name, head in zip(names, heads, strict=True)
            ]
            for out, row in zip(outs, one.rows, strict=False):
                out.write(row)
            yield one
        if has_other_columns and not outs:
            _begun(own / names[0], heads[0]).close()


def _begun(path: Path, head: bytes) -> Any:
    path.parent.mkdir(exist_ok=True)
    out = path.open("wb")
    out.write(head)
    return out


def _together(forms: Sequence[tuple[bytes, Iterator[Row]]]) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """The rows of a table, each in every form: the files have the same ones in the same order."""
    for same in zip(*(rows for _head, rows in forms), strict=True):
        yield same[0][0], tuple(row for _id, row in same)


def _differences(old: Iterable[Any], new: Iterable[Any]) -> Iterator[_Difference]:
    """Where two files in the order of ids differ."""
    numbered = ((one, 0, rows) for one, rows in old), ((one, 1, rows) for one, rows in new)
    for public_id, same in groupby(heapq.merge(*numbered), key=itemgetter(0)):
        found = {place: rows for _id, place, rows in same}
        if 1 not in found:
            yield _Difference(public_id, "withdrawn", ())
        elif found.get(0) != found[1]:
            yield _Difference(public_id, "changed" if 0 in found else "added", found[1])
