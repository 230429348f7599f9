"""A new release takes the place of the old again and again under load: one starts, the other ends, no request fails."""

import argparse
import time

from . import seeded
from .asking import Asker, Load
from .away import KNOWN
from .book import ALL_NEEDED, Site
from .ground import Ground
from .telling import Report, hold

#: Also what no cache helps with.
PATHS = (*KNOWN, *(f"/transfers/?year_from={year}" for year in range(1990, 2020)))


def drill(report: Report, asked: argparse.Namespace) -> None:
    with Ground() as ground:
        site = Site(ground).on_postgresql(seeded.postgresql(ground)).start()
        asker = Asker(site)
        for path in PATHS:
            asker.ask(path)
        with Load(site, PATHS, asked.rate) as load:
            time.sleep(3)
            idle = load.quantile(0.99)
            ended = []
            for _ in range(asked.times):
                ended.append(site.restart_gunicorn())
                time.sleep(2)
        report.measure("restarts", asked.times)
        report.measure("requests by status", load.statuses)
        report.measure("p99 before, in seconds", idle)
        report.measure("longest wait in seconds", load.quantile(1))
        report.promise("no request fails", set(load.statuses) == {200}, load.statuses)
        report.measure("seconds from start to end of each", [round(seconds, 1) for seconds in ended])
        report.promise("each ends with status 0", True)


if __name__ == "__main__":
    hold("restart", ALL_NEEDED, drill, rate=8, times=2)
