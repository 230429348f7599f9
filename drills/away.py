"""The database, then the application, goes away under load and comes back: the cache tells what was asked for."""

import argparse
import time

from . import seeded
from .asking import Asker, Load
from .book import ALL_NEEDED, Site
from .ground import Ground, until
from .telling import Report, hold

KNOWN = (
    "/",
    "/transfers/",
    "/transfers/articles-t44/",
    "/countries/russia/",
    "/api/v1/transfers/",
    "/api/v1/transfers/articles-t44/",
)
#: What nobody asks for otherwise, each year once.
UNKNOWN, UNKNOWN_API = "/transfers/?year_from={}", "/api/v1/transfers/?year_from={}"
#: Seconds in which a refusal comes at the latest, also on a machine that others keep busy.
AT_ONCE = 3.0


def drill(report: Report, asked: argparse.Namespace) -> None:
    with Ground() as ground:
        cluster = seeded.postgresql(ground)
        site = Site(ground).on_postgresql(cluster).start()
        asker = Asker(site)
        for path in KNOWN:
            asker.ask(path)
        with Load(site, KNOWN, asked.rate) as load:
            time.sleep(3)
            cluster.stop()
            _while_away(report, site, asked.seconds, "the database", 2001)
            cluster.start()
            back = until(lambda: _is_fresh(asker), "answers are fresh again", 60)
            report.measure("seconds until answers are fresh after the database is back", back)
        _judge(report, load, "the database is away and comes back")

        with Load(site, KNOWN, asked.rate) as load:
            time.sleep(2)
            site.stop_gunicorn()
            site.close_socket()
            _while_away(report, site, asked.seconds, "the application", 2002)
            site.start_gunicorn()
            report.measure(
                "seconds until answers are fresh after the application is back",
                until(lambda: _is_fresh(asker), "answers are fresh again", 60),
            )
        _judge(report, load, "the application is away and comes back")


def _while_away(report: Report, site: Site, seconds: int, what: str, year: int) -> None:
    """What is told meanwhile: ages for what is kept, refusals in our shape for the rest, nothing kept for a session."""
    time.sleep(seconds)
    asker = Asker(site)
    kept = asker.ask(KNOWN[1])
    report.promise(
        f"{what} away: a kept page tells its age",
        kept.status == 200 and kept.age >= seconds - 2,
        (kept.status, kept.age),
    )
    for path, shape in ((UNKNOWN, "text/html"), (UNKNOWN_API, "application/problem+json")):
        began = time.monotonic()
        answer = asker.ask(path.format(year))
        took = time.monotonic() - began
        told = (answer.status, answer.headers.get("content-type"), answer.headers.get("retry-after"), round(took, 2))
        right = answer.status in (502, 503) and told[1].startswith(shape) and told[2] and took < AT_ONCE
        report.promise(
            f"{what} away: {path.partition('?')[0]} that is not kept is refused at once as {shape}", right, told
        )
    personal = {"a session": {"Cookie": "sessionid=abc"}, "a token": {"Authorization": "Token abc"}}
    for whose, headers in personal.items():
        answer = asker.ask(KNOWN[4], **headers)
        report.promise(
            f"{what} away: nothing kept is told to who has {whose}", answer.status in (401, 502, 503), answer.status
        )


def _is_fresh(asker: Asker) -> bool:
    answer = asker.ask(KNOWN[2])
    other = asker.ask(UNKNOWN.format(2003), Cookie="sessionid=none")
    return answer.status == 200 and answer.age <= 4 and other.status == 200


def _judge(report: Report, load: Load, when: str) -> None:
    report.measure(f"{when}: requests by status", load.statuses)
    report.measure(f"{when}: oldest answer in seconds", max(answer.age for answer in load.answers))
    report.measure(f"{when}: slowest answer in seconds", load.quantile(1))
    wrong = [(answer.status, answer.path, answer.body[:200]) for answer in load.answers if answer.status != 200]
    report.promise(f"{when}: every request for what is kept is answered 200", not wrong, wrong[:3])


if __name__ == "__main__":
    hold("away", ALL_NEEDED, drill, rate=12, seconds=8)
