"""How long all lines take as a file, and how much memory, against a bare cursor that feeds csv.writer with the same
columns.

    DATABASE_URL=… python -m bench.files 100000       fills the database, unless it has these lines

Each is made in a process of its own, one after the other. `bare` is what it all has to cost: one statement and the
writer, and nothing else. JSON lines have the passages of each line, too: what they have to cost is `passages`, the bare
cursor and another one for these, whose rows are written the same way.
"""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.asked import OK
from bench.best import Best
from bench.loading import fill, set_up

#: What is made, in this order, each with what it is held against.
WAYS = {"bare": "bare", "passages": "bare", "csv": "bare", "jsonl": "passages", "xlsx": "bare", "parquet": "bare"}
WAYS |= dict.fromkeys(("jsonld", "ftm"), "passages") | dict.fromkeys(("graphml", "gexf"), "bare")
_SITE = "http://localhost"
_REFERENCES = {
    "supplier": "country",
    "recipient": "country",
    "supplier_organisation": "organisation",
    "recipient_organisation": "organisation",
    "equipment": "equipment",
    "deal": "deal",
    "returns": "transfer",
    "dataset": "dataset",
}
_VAGUE = "CASE WHEN t.{0}_approximate THEN 'true' WHEN coalesce(t.{0}_low, t.{0}_high) IS NULL THEN '' ELSE 'false' END"
_TRUTH = "CASE t.{0} WHEN true THEN 'true' WHEN false THEN 'false' END"
_BESIDE = {
    "companies": "role || ': ' || o.public_id FROM armsdb_transfercompany AS c"
    " JOIN armsdb_organisation AS o ON o.id = c.company_id WHERE c.transfer_id = t.id",
    "deliveries": "date_edtf || ': ' || coalesce(CAST(quantity_low AS text), quantity_text) FROM armsdb_delivery AS d"
    " WHERE d.transfer_id = t.id",
    "may_overlap": "other.public_id FROM armsdb_transferoverlap AS pair JOIN armsdb_transfer AS other"
    " ON other.id = CASE pair.first_id WHEN t.id THEN pair.second_id ELSE pair.first_id END"
    " WHERE (pair.first_id = t.id OR pair.second_id = t.id) AND pair.verdict <> 'different'",
}
_OTHERS = {
    "id": "t.public_id",
    "equipment_category": "t.category",
    "dataset_licence": "dataset.licence",
    "page": f"'{_SITE}/transfers/' || t.public_id || '/'",
    **{name: _VAGUE.format(name.removesuffix("_approximate")) for name in (
        "quantity_ordered_approximate", "quantity_delivered_approximate", "value_approximate")},
    **{name: _TRUTH.format(name) for name in ("local_production", "to_government", "counts_as_arms")},
}  # fmt: skip


def statement(names: list[str], vendor: str) -> str:
    """The one statement that gives the columns of the file; what stands beside a line comes of its own index."""
    joined = "group_concat" if vendor == "sqlite" else "string_agg"

    def shown(name: str) -> str:
        if name in _REFERENCES:
            return f"{name}.public_id"
        if name.removesuffix("_name") in _REFERENCES:
            return f"{name.removesuffix('_name')}.name"
        if name in _BESIDE:
            told, _, where = _BESIDE[name].partition(" FROM ")
            return f"(SELECT {joined}({told}, '; ') FROM {where})"
        return _OTHERS.get(name, f"t.{name}")

    joins = (f"LEFT JOIN armsdb_{kind} AS {name} ON {name}.id = t.{name}_id" for name, kind in _REFERENCES.items())
    columns = ", ".join(map(shown, names))
    return f"SELECT {columns} FROM armsdb_transfer AS t {' '.join(joins)} WHERE t.state = 'published'"


#: What JSON lines tell of the published passages of lines.
_PASSAGES = """SELECT t.public_id, c.public_id, c.updated, quotes.public_id, quotes.name, c.locator, c.stance,
c.attributed_to, c.basis, c.interested, c.reported, c.note, source.public_id, source.name, publisher.public_id,
publisher.name, person.public_id, person.name, body.public_id, body.name
FROM armsdb_citation AS c JOIN armsdb_transfer AS t ON t.id = c.transfer_id
JOIN armsdb_source AS source ON source.id = c.source_id
LEFT JOIN armsdb_organisation AS publisher ON publisher.id = source.publisher_id
LEFT JOIN armsdb_source AS quotes ON quotes.id = c.quotes_id
LEFT JOIN armsdb_person AS person ON person.id = c.attributed_to_person_id
LEFT JOIN armsdb_organisation AS body ON body.id = c.attributed_to_organisation_id
WHERE c.state = 'published' AND t.state = 'published'"""


class _Counted:
    """Takes what is written, and tells how long it is."""

    def __init__(self) -> None:
        self.length = 0

    def write(self, text: str) -> int:
        self.length += len(text.encode())
        return len(text)


def _bare(url: str, *, passages: bool) -> tuple[int, int]:
    from armsdb.exporters import tables
    from armsdb.models import Transfer

    best = Best(url)
    out = _Counted()
    rows = _fed(best, statement([column.name for column in tables()[Transfer].columns], best.vendor), out)
    if passages:
        _fed(best, _PASSAGES, out)
    return rows, out.length


def _fed(best: Best, sql: str, out: _Counted) -> int:
    """Feed csv.writer with what a statement gives; tell how many rows that were."""
    rows = 0
    cursor = best.connection.cursor() if best.is_sqlite else _kept_there(best)
    cursor.execute(sql)

    def counted() -> Iterator[Any]:
        nonlocal rows
        for row in cursor:
            rows += 1
            yield row

    csv.writer(out).writerows(counted())
    cursor.close()
    return rows


def _kept_there(best: Best) -> Any:
    """A cursor whose rows stay with PostgreSQL until they are fetched."""
    best.connection.autocommit = False
    cursor = best.connection.cursor("lines")
    cursor.itersize = 2_000
    return cursor


def _of_site(word: str) -> tuple[int, int]:
    answer = _asked(f"format={word}")
    return int(answer["ArmsDB-Rows"]), sum(map(len, answer.streaming_content))


def _asked(query: str) -> Any:
    from django.test import Client

    answer = Client(headers={"host": "localhost"}).get(f"/api/v1/transfers/?{query}")
    if answer.status_code != OK:
        sys.exit(f"{query}: {answer.status_code}")
    return answer


def measured(way: str, url: str) -> dict[str, Any]:
    """Make one file; tell its rows and bytes, the seconds, and the most megabytes that were held."""
    _asked("page_size=1")  # What a site that runs has at hand already is no part of a file.
    began, worked = time.perf_counter(), time.process_time()
    rows, length = _bare(url, passages=way == "passages") if way in WAYS.values() else _of_site(way)
    took = {"seconds": round(time.perf_counter() - began, 2), "cpu": round(time.process_time() - worked, 2)}
    held = _most_held()
    return {"way": way, "rows": rows, "bytes": length, **took, "megabytes": round(held)}


def _most_held() -> float:
    """The most megabytes that this process held; what the system counts as its maximum begins with its parent's."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(told["VmHWM"].split()[0]) / 1024


def compared(url: str, number: int) -> Iterator[dict[str, Any]]:
    """The figures of each way, with how many times those of what it is held against it takes."""
    worked: dict[str, float] = {}
    for way, against in WAYS.items():
        command = [sys.executable, "-W", "ignore", "-m", "bench.files", str(number), way]
        done = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE, check=True)
        told = json.loads(done.stdout)
        worked[way] = told["cpu"]
        yield told | {"times": round(told["cpu"] / worked[against], 2)}


def main(number: int, url: str) -> None:
    """Fill the database, unless it is, and print the table."""
    fill(number)
    print(f"{'':10}{'rows':>10}{'MB':>8}{'s':>8}{'CPU s':>8}{'times':>7}{'held MB':>9}")
    for told in compared(url, number):
        size = told["bytes"] / 1_000_000
        print(
            f"{told['way']:10}{told['rows']:>10,}{size:>8.0f}{told['seconds']:>8.1f}{told['cpu']:>8.1f}"
            f"{told['times']:>7.2f}{told['megabytes']:>9,}",
            flush=True,
        )


if __name__ == "__main__":
    match sys.argv[1:]:
        case [number] if number.isdigit():
            set_up()
            main(int(number), os.environ["DATABASE_URL"])
        case [number, way] if number.isdigit() and way in WAYS:
            set_up()
            print(json.dumps(measured(way, os.environ["DATABASE_URL"])))
        case _:
            sys.exit(__doc__)
