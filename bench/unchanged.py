"""What it costs to be told that nothing changed (304), against the answer itself (200).

    python -m bench.unchanged        asks over the database of DATABASE_URL, else over the one that `make run` serves

Both are asked in turn, packed with gzip as clients ask: within the process, from the request as the server hands it
over to the last byte of the answer, and over the wire, where the server and who asks cost both the same half
millisecond. Printed are the medians in milliseconds and their ratio. The goal is a tenth at most of the cost of a list
of 50 transfers within the process, both of pages that nobody asked for before and of one whose rows are remembered;
over the wire the ratio is told beside it.
"""

import gc
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

from bench.loading import set_up
from bench.servers import ASKING, Site, django_sites, pin, running

TIMES, GOAL = 300, 0.1
#: Seconds after which enough is known of an address.
ENOUGH = 20
LIST = "/api/v1/transfers/"
#: The goal is for the first two: pages of the list, each asked for once, and the list, asked again like all others.
PAGES = f"{LIST}?page={{}}"
PATHS = (PAGES, LIST, f"{LIST}?page_size=500", f"{LIST}facets/", f"{LIST}summary/?group_by=year,supplier")

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

    gc.collect()
    gc.freeze()  # as the server does
    usual: dict[str, Any] = {"HTTP_HOST": "localhost"}
    setup_testing_defaults(usual)

    def ask(path: str, heads: dict[str, str]) -> tuple[int, str, int]:
        where, _, query = path.partition("?")
        environ = usual | {"PATH_INFO": where, "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
        environ |= {"HTTP_" + name.upper().replace("-", "_"): value for name, value in heads.items()}
        told: list[tuple[str, list[tuple[str, str]]]] = []
        answer = application(environ, lambda status, headers: told.append((status, headers)))
        length = sum(map(len, answer))
        answer.close()
        status, headers = told[0]
        return int(status.split()[0]), dict(headers)["ETag"], length

    return ask


def measured(ask: Asking, path: str) -> tuple[float, float, int]:
    """The median of the answers, that of being told that they are the same, and the length of the longest."""
    packed = {"Accept-Encoding": "gzip"}
    times: dict[int, list[float]] = {200: [], 304: []}
    ask(path.format(1), packed)
    ends, length = time.monotonic() + ENOUGH, 0
    for number in range(2, TIMES + 2):
        if time.monotonic() > ends:
            break
        heads = packed
        for expected in (200, 304):
            began = time.perf_counter()
            status, tag, read = ask(path.format(number), heads)
            times[expected].append(1000 * (time.perf_counter() - began))
            assert status == expected, f"{path}: {status}"
            heads, length = packed | {"If-None-Match": tag}, max(length, read)
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
                if path in (PAGES, LIST) and where == "in process":
                    goal_is_met &= same <= GOAL * whole
    print(f"A 304 of {LIST} at most {GOAL} of its 200, in process: {'met' if goal_is_met else 'missed'}")
    return int(not goal_is_met)


if __name__ == "__main__":
    sys.exit(main())
