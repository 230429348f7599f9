"""Open-loop load at half of what the site can do: no answer but 200, and nothing of it grows."""

import argparse
import time
from pathlib import Path

from . import seeded
from .asking import Asker, Load
from .book import ALL_NEEDED, Site
from .clusters import Cluster
from .ground import Ground
from .telling import Report, hold

#: Routes by what they cost; each question is one of many, so that no cache helps beyond what readers' questions allow.
CLASSES = {
    "records": tuple(f"/transfers/articles-t{number}/" for number in range(1, 45)),
    "lists": tuple(f"/transfers/?year_from={year}" for year in range(1950, 2020)),
    "api": tuple(f"/api/v1/transfers/?year_from={year}" for year in range(1950, 2020)),
    "search": tuple(f"/search/?q={word}" for word in ("burma", "tank", "yak", "helicopter", "rosoboronexport")),
}


def _mixed() -> list[str]:
    """Half records, a quarter lists, a fifth API, and some searches."""
    shares = {"records": 10, "lists": 5, "api": 4, "search": 1}
    return [
        CLASSES[name][(turn * share + one) % len(CLASSES[name])]
        for turn in range(70)
        for name, share in shares.items()
        for one in range(share)
    ]


def drill(report: Report, asked: argparse.Namespace) -> None:
    paths = _mixed()
    with Ground() as ground:
        cluster = seeded.postgresql(ground)
        site = Site(ground, ARMSDB_LIMIT="0").on_postgresql(cluster).start()
        asker = Asker(site)
        there = {path for path in set(paths) if asker.ask(path).status == 200}
        paths = [path for path in paths if path in there]
        idle = {name: _p99(asker, several) for name, several in CLASSES.items()}
        rate = asked.rate or _capacity(site, paths) / 2
        report.measure("requests a second", rate)
        with Load(site, paths, rate, threads=32) as load:
            time.sleep(asked.seconds / 3)
            before = _held(site, cluster)
            time.sleep(asked.seconds * 2 / 3)
            after = _held(site, cluster)
        report.measure("requests by status", load.statuses)
        for name, several in CLASSES.items():
            report.measure(
                f"p99 of {name} in seconds, idle and loaded",
                (round(idle[name], 3), round(load.quantile(0.99, several), 3)),
            )
        report.measure("after a third of the time", before)
        report.measure("at the end", after)
        report.promise("no answer but 200", set(load.statuses) == {200}, load.statuses)
        for what, allowed in (("megabytes", 1.1), ("files", 1.2), ("threads", 1.0), ("connections", 1.2)):
            report.promise(f"{what} are as many as before", after[what] <= before[what] * allowed + 2, (before, after))


def _p99(asker: Asker, paths: tuple[str, ...]) -> float:
    """The slowest but the slowest hundredth, asked one after another when nobody else asks."""
    times = sorted(answer.seconds for path in paths if (answer := asker.ask(path)).status == 200)
    return times[int(0.99 * len(times))] if times else 0.0


def _capacity(site: Site, paths: list[str]) -> float:
    """Requests that are answered in a second when more are due than can be; asked for ten seconds."""
    with Load(site, paths, 1000.0, threads=32) as load:
        time.sleep(10)
        answered = len(load.answers)
    return answered / 10


def _held(site: Site, cluster: Cluster) -> dict[str, int]:
    """What all of gunicorn holds, and how many connections the database has."""
    assert site.gunicorn is not None
    found = {"megabytes": 0, "files": 0, "threads": 0}
    pid = site.gunicorn.pid
    for one in (str(pid), *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        told = dict(line.split(":", 1) for line in Path(f"/proc/{one}/status").read_text().splitlines() if ":" in line)
        found["megabytes"] += int(told["VmRSS"].split()[0]) // 1024
        found["threads"] += int(told["Threads"])
        found["files"] += len(list(Path(f"/proc/{one}/fd").iterdir()))
    found["connections"] = cluster.ask("SELECT count(*) FROM pg_stat_activity WHERE datname = 'armsdb'")[0][0]
    return found


if __name__ == "__main__":
    hold("load", ALL_NEEDED, drill, seconds=60, rate=0)
