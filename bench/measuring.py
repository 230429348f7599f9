"""How long answers take: every contestant is asked in turn, in the same rounds, so that what disturbs disturbs all."""

import itertools
import json
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bench.asked import OK, Asked, Workload
from bench.best import Best
from bench.servers import Site

#: Each is asked so many times in a row as fit in so many seconds, at least once and at most 25 times: the first of a
#: row pays for what the caches of the machine hold of who was asked before, and is to be less than one in twenty.
_IN_A_ROW, _MOST_IN_A_ROW = 0.06, 25
#: What takes longer than so many seconds is asked once in all, or twice, the rest at least three times.
_VERY_SLOW, _SLOW, _LEAST_ROUNDS, _MOST_ROUNDS = 15.0, 4.0, 3, 60
_CLIENTS, _FOR_SECONDS, _TIMES = 4, 3.0, 3
#: Rows of a page, and how many pages are turned before it is begun again: more rows than any site remembers.
_PAGE, _TURNED = 50, 60
#: Rows of a page on the way to one far down, and the seconds that may take.
_WALKED, _WALKING = 500, 240.0


@dataclass
class Answers:
    """What one contestant answered to one question: how long it took each time, in milliseconds, and the count told.

    `status` is other than 200 where the question is not answered; then there are no times.
    """

    status: int = OK
    count: int | None = None
    size: int = 0
    times: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        if not self.times:
            return {"status": self.status}
        return {
            "median": round(statistics.median(self.times), 3),
            "p95": round(p95(self.times), 3),
            "times": len(self.times),
            "count": self.count,
            "bytes": self.size,
        }


def p95(times: Sequence[float]) -> float:
    """The time under which 95 of 100 lie; of few times the longest."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


@dataclass
class Contest:
    """One question to one contestant."""

    ask: Callable[[], None]
    answers: Answers
    in_a_row: int = 1
    is_slow: bool = False
    is_done: bool = False


def contests(workload: Workload, best: Best, sites: dict[str, Site], cursor: str | None) -> dict[str, Contest]:
    """The question put to each contestant that has such a thing, by its name; each is asked once or twice, untimed."""
    found: dict[str, Contest] = {}
    if workload.sql is not None:
        found["sql"] = _of_sql(workload.sql, best)
    for name, asked in workload.sites.items():
        if name in sites:
            found[name] = _of_site(sites[name], asked, cursor)
    for contest in found.values():
        took = _took(contest)
        if took > _VERY_SLOW:
            contest.is_done = True
            continue
        if took < _SLOW:
            took = _took(contest)  # what is measured: the first may have found what is remembered from then on
        contest.in_a_row = max(1, min(_MOST_IN_A_ROW, int(_IN_A_ROW / took)))
        contest.is_slow = took > _SLOW
        contest.answers.times.clear()
    return found


def _took(contest: Contest) -> float:
    """The seconds that asking once takes."""
    began = time.perf_counter()
    contest.ask()
    return time.perf_counter() - began


def _of_sql(put: Callable[[Best], int], best: Best) -> Contest:
    answers = Answers()

    def ask() -> None:
        began = time.perf_counter()
        answers.count = put(best)
        answers.times.append(1000 * (time.perf_counter() - began))

    return Contest(ask, answers)


def _of_site(site: Site, asked: Asked, cursor: str | None) -> Contest:
    answers, turned = Answers(), itertools.count()
    path = asked.path
    if path == "cursor":
        path = cursor or "/api/v1/transfers/?cursor="

    def ask() -> None:
        pages = min(_TURNED, (answers.count or 0) // _PAGE)
        asked_now = path.replace("{page}", str(2 + next(turned) % max(1, pages - 1)))
        site.ready()
        began = time.perf_counter()
        status, body = site.get(asked_now, asked.heads)
        took = 1000 * (time.perf_counter() - began)
        answers.status = status
        if status == OK:
            answers.times.append(took)
            if not answers.size:
                answers.count, answers.size = asked.count(body), len(body)

    return Contest(ask, answers)


def measure(all_contests: Sequence[dict[str, Contest]], seconds: float) -> None:
    """Ask everybody everything in rounds, for about so many seconds."""
    until = time.monotonic() + seconds
    for number in range(_MOST_ROUNDS):
        if number >= _LEAST_ROUNDS and time.monotonic() > until:
            return
        for of_question in all_contests:
            for contest in of_question.values():
                if contest.is_done or contest.answers.status != OK or (contest.is_slow and number >= 2):
                    continue
                for _ in range(contest.in_a_row):
                    contest.ask()


def cursor_at(site: Site, row: int) -> tuple[str | None, int]:
    """The address of the page by cursor that begins at a row, and that row; none where there is no cursor.

    Who takes too long on the way is asked for the page where the time was over.
    """
    until = time.monotonic() + _WALKING
    path = _with("/api/v1/transfers/?cursor=", page_size=_WALKED, fields="id")
    at = 0
    while at < row and time.monotonic() < until:
        if row - at < _WALKED:
            path = _with(path, page_size=row - at)
        status, body = site.get(path)
        if status != OK:
            return None, 0
        told = json.loads(body)
        if not told.get("next"):
            return None, 0
        at += len(told["results"])
        path = told["next"]
    return _with(path, page_size=50, fields=None), at


def _with(address: str, **changed: Any) -> str:
    """An address, without scheme and host, with other values of some parameters; None takes one away."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | changed
    return f"{parts.path}?{urlencode({name: value for name, value in query.items() if value is not None})}"


def requests_a_second(site: Site, path: str) -> float:
    """How many answers four clients get in a second, the median of some times."""
    return statistics.median(_rate(site, path) for _ in range(_TIMES))


def _rate(site: Site, path: str) -> float:
    began = time.perf_counter()
    until = began + _FOR_SECONDS

    def client(_number: int) -> int:
        got = 0
        while time.perf_counter() < until:
            status, _body = site.get(path)
            if status != OK:
                return 0
            got += 1
        return got

    with ThreadPoolExecutor(_CLIENTS) as clients:
        got = sum(clients.map(client, range(_CLIENTS)))
    return got / (time.perf_counter() - began)


def shaping(body: bytes) -> float:
    """Milliseconds that it takes to make the rows of an answer out of plain values, and to write them as JSON.

    That is what nobody who gives this answer can do without: each object and list is made anew, then all is encoded.
    """
    try:
        import orjson

        encode: Callable[[Any], Any] = orjson.dumps
    except ImportError:
        encode = json.dumps
    rows = json.loads(body)["results"]
    times = []
    for _ in range(30):
        began = time.perf_counter()
        encode(_anew(rows))
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def _anew(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _anew(own) for name, own in value.items()}
    if isinstance(value, list):
        return [_anew(own) for own in value]
    return value
