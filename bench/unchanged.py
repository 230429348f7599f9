"""What it costs to be told that nothing changed (304), against the answer itself (200), which was asked for before.

    python -m bench.unchanged        asks over the database of DATABASE_URL, else over the one that `make run` serves

Both are asked in turn, packed with gzip as clients ask: within the process, from the request as the server hands it
over to the last byte of the answer, and over the wire, where the server and who asks cost both the same half
millisecond. Printed are the medians in milliseconds and their ratio. The goal is a tenth at most of the cost of a list
of 50 transfers within the process; over the wire the ratio is told beside it.
"""

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from wsgiref.util import setup_testing_defaults

from bench.loading import set_up
from bench.servers import ASKING, Site, django_sites, pin, running

TIMES, GOAL = 300, 0.1
LIST = "/api/v1/transfers/"
#: Answers whose cost is told; the list is the one that the goal is for.
PATHS = (LIST, f"{LIST}?page_size=500", f"{LIST}facets/", f"{LIST}summary/?group_by=year,supplier")

#: Status, mark and length of the answer to a path and headers.
Asking = Callable[[str, dict[str, str]], tuple[int, str, int]]


def over_the_wire(site: Site) -> Asking:
    """Asking a server over one kept connection."""
    connection = site.ready()

    def ask(path: str, heads: dict[str, str]) -> tuple[int, str, int]:
        connection.request("GET", path, headers=heads)
        answer = connection.getresponse()
        return answer.status, answer.headers["ETag"], len(answer.read())

    return ask


def in_process() -> Asking:
    """Asking the application as the server does."""
    from armsdb.wsgi import application

    def ask(path: str, heads: dict[str, str]) -> tuple[int, str, int]:
        where, _, query = path.partition("?")
        environ = {"PATH_INFO": where, "QUERY_STRING": query, "wsgi.input": io.BytesIO(), "HTTP_HOST": "localhost"}
        environ |= {"HTTP_" + name.upper().replace("-", "_"): value for name, value in heads.items()}
        setup_testing_defaults(environ)
        told: list[tuple[str, list[tuple[str, str]]]] = []
        answer = application(environ, lambda status, headers: told.append((status, headers)))
        length = sum(map(len, answer))
        answer.close()
        status, headers = told[0]
        return int(status.split()[0]), dict(headers)["ETag"], length

    return ask


def measured(ask: Asking, path: str) -> tuple[float, float, int]:
    """The median of the answer, that of being told that it is the same, and the length of the answer."""
    packed = {"Accept-Encoding": "gzip"}
    status, tag, length = ask(path, packed)
    assert status == 200, f"{path}: {status}"
    times: dict[int, list[float]] = {200: [], 304: []}
    for _ in range(TIMES):
        for expected, heads in ((200, packed), (304, packed | {"If-None-Match": tag})):
            began = time.perf_counter()
            status = ask(path, heads)[0]
            times[expected].append(1000 * (time.perf_counter() - began))
            assert status == expected, f"{path}: {status}"
    return statistics.median(times[200]), statistics.median(times[304]), length


def main() -> int:
    """Print what each costs; 1 where the goal is missed."""
    set_up()
    goal_is_met = True
    with running([site for site in django_sites(os.environ.get("DATABASE_URL", "")) if site.name == "armsdb"]) as sites:
        pin(ASKING)
        for where, ask in (("in process", in_process()), ("over the wire", over_the_wire(sites["armsdb"]))):
            for path in PATHS:
                whole, same, length = measured(ask, path)
                told = (
                    f"200 {whole:6.2f} ms, 304 {same:5.2f} ms, ratio {same / whole:.3f}, {length / 1000:.1f} kB gzipped"
                )
                print(f"{where:<14} {path:<52} {told}")
                if path == LIST and where == "in process":
                    goal_is_met = same <= GOAL * whole
    print(f"A 304 of {LIST} at most {GOAL} of its 200, in process: {'met' if goal_is_met else 'missed'}")
    return int(not goal_is_met)


if __name__ == "__main__":
    sys.exit(main())
