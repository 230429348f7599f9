"""Make a release of ArmsDB from the release before it and the delta between them, byte for byte.

    python apply.py EARLIER DELTA NEW

EARLIER is the folder of the earlier release, DELTA the folder `delta` of the later one, NEW a folder that is made. In
it come the tables of the later release in CSV and JSON lines, each compared with the SHA-256 that the delta tells.
It takes Python 3.9 and nothing else, and holds no more than a row of each file in memory.
"""

import csv
import hashlib
import heapq
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

#: A row of a file: its id, and its bytes.
Row = tuple[str, bytes]


class Unfit(Exception):
    """A delta that does not belong to a release, with a sentence that says how that is known."""


def csv_rows(path: Path) -> tuple[bytes, Iterator[Row]]:
    """The header and the rows of a CSV file; a row may go over line ends that stand in quotes."""
    records = _records(path)
    return next(records, b""), ((record[: record.index(b",")].decode(), record) for record in records)


def _records(path: Path) -> Iterator[bytes]:
    if not path.exists():
        return
    with path.open("rb") as file:
        record = b""
        for line in file:
            record += line
            if record.count(b'"') % 2 == 0:
                yield record
                record = b""


def json_rows(path: Path) -> tuple[bytes, Iterator[Row]]:
    """The rows of a file of JSON lines, which has no header."""

    def rows() -> Iterator[Row]:
        if path.exists():
            with path.open("rb") as file:
                for line in file:
                    yield json.loads(line)["id"], line

    return b"", rows()


READERS = {"csv": csv_rows, "jsonl": json_rows}


def merged(earlier: Iterable[Row], delta: Iterable[Row], gone: set[str]) -> Iterator[bytes]:
    """The rows of the later file: both are in the order of ids, and where both have one, that of the delta stands."""
    numbered = (((one, 1, row) for one, row in delta), ((one, 0, row) for one, row in earlier if one not in gone))
    for _id, same in groupby(heapq.merge(*numbered), key=itemgetter(0)):
        yield list(same)[-1][2]


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    told = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            told.update(piece)
    return told.hexdigest()


def withdrawn(delta: Path) -> dict[str, set[str]]:
    """The ids that the later release does not have any more, by table."""
    gone: dict[str, set[str]] = {}
    with (delta / "changes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["change"] == "withdrawn":
                gone.setdefault(row["table"], set()).add(row["id"])
    return gone


def apply(earlier: Path, delta: Path, new: Path) -> int:
    """Write the later release's tables; give how many files that were. Unfit where the delta is of another release."""
    told = json.loads((delta / "delta.json").read_bytes())
    for name, sha256 in told["before"].items():
        if not (earlier / name).is_file() or digest(earlier / name) != sha256:
            raise Unfit(f"{earlier / name} is not the file that this delta was made from.")
    gone = withdrawn(delta)
    for name, sha256 in told["after"].items():
        form, _, file_name = name.partition("/")
        (new / form).mkdir(parents=True, exist_ok=True)
        head, rows = READERS[form](earlier / name)
        changed_head, changed = READERS[form](delta / name)
        with (new / name).open("wb") as out:
            out.write(changed_head or head)
            out.writelines(merged(rows, changed, gone.get(file_name.partition(".")[0], set())))
        if digest(new / name) != sha256:
            raise Unfit(f"{new / name} is not what the later release has: take that one whole.")
    return len(told["after"])


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        number = apply(*map(Path, sys.argv[1:]))
    except (Unfit, OSError, ValueError, KeyError) as error:
        sys.exit(f"{error}")
    sys.stdout.write(f"{number} files, each with the SHA-256 that the delta tells.\n")
