"""Durability, which no kill shows: between each confirmed edit at the desk and its answer the log is synced to disk."""

import argparse
import re
from pathlib import Path

from . import seeded
from .asking import NOTHING
from .book import ALL_NEEDED, Site
from .clusters import Cluster
from .desk import Editor
from .ground import Ground, program, stop, until
from .telling import Report, hold

#: A sync; a request that came in; an answer that went out.
_SYNC = re.compile(r"(fsync|fdatasync)\((\d+)<([^>]*)>")
_REQUEST = re.compile(r'(?:recvfrom|recvmsg|read)\(\d+<[^"]*"(GET|POST) /')
_ANSWER = re.compile(r'(?:sendto|write|sendmsg)\(\d+<[^"]*"HTTP/1\.[01] \d')


def drill(report: Report, asked: argparse.Namespace) -> None:
    with Ground() as ground:
        site = Site(ground, 1, ARMSDB_SECOND_FACTOR="optional").on_sqlite().start()
        _watched(report, site, None, asked.edits)
    with Ground() as ground:
        cluster = seeded.postgresql(ground)
        site = Site(ground, 1, ARMSDB_SECOND_FACTOR="optional").on_postgresql(cluster).start()
        _watched(report, site, cluster, asked.edits)


def _watched(report: Report, site: Site, cluster: Cluster | None, times: int) -> None:
    """Edit so often, while strace looks at gunicorn and at the database."""
    engine = "SQLite" if cluster is None else "PostgreSQL"
    editor = Editor(site)
    first = editor.edit("The first.")
    if first.status != 302:
        raise RuntimeError(f"The desk answers {first.status}: {first.body[:2000].decode(errors='replace')}")
    log = site.ground.folder / "strace.txt"
    strace = program("strace")
    assert strace is not None
    assert site.gunicorn is not None
    pids = [site.gunicorn.pid, *([cluster.process.pid] if cluster and cluster.process else [])]
    attached = [f"--attach={one}" for pid in pids for one in _family(pid)]
    options = [
        "-f",
        "-y",
        "-ttt",
        "-s",
        "32",
        "-e",
        "trace=fsync,fdatasync,sendto,sendmsg,write,recvfrom,recvmsg,read",
        "-o",
        str(log),
    ]
    watching = site.ground.start("strace", [strace, *options, *attached])
    until(log.exists, "strace watches")
    until(
        lambda: "ttached" in (site.ground.folder / "strace.log").read_text() or log.stat().st_size, "strace watches", 20
    )
    statuses = [editor.edit(f"Edit {number}.").status for number in range(times)]
    stop(watching)
    synced = _judged(log.read_text(errors="replace").splitlines(), "-wal" if cluster is None else "pg_wal")
    report.measure(
        f"{engine}: edits, and what the desk answered", {status: statuses.count(status) for status in set(statuses)}
    )
    report.measure(f"{engine}: syncs of the log between each question for a form and its answer", synced["GET"])
    report.measure(f"{engine}: syncs of the log between each edit and its answer", synced["POST"])
    report.promise(f"{engine}: every edit is confirmed", set(statuses) == {302} and NOTHING not in statuses, statuses)
    # Each request of the desk writes that its session goes on; an edit has to sync once more. A checkpoint adds some.
    right = len(synced["POST"]) == times and min(synced["POST"]) > min(synced["GET"]) > 0
    report.promise(f"{engine}: the log is synced between each edit and its answer", right, synced)


def _family(pid: int) -> list[int]:
    """A process and its children, who are there already."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _judged(rows: list[str], name: str) -> dict[str, list[int]]:
    """How many syncs of the log there were between each request and its answer, by its method."""
    found: dict[str, list[int]] = {"GET": [], "POST": []}
    method, since = "", 0
    for row in rows:
        if asked := _REQUEST.search(row):
            method, since = asked[1], 0
        elif (sync := _SYNC.search(row)) and name in sync[3]:
            since += 1
        elif method and _ANSWER.search(row):
            found[method].append(since)
            method = ""
    return found


if __name__ == "__main__":
    hold("synced", (*ALL_NEEDED, "strace"), drill, edits=5)
