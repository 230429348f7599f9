"""All transfers page by page with a cursor, while another process adds lines: is each there once, and how fast?

    python -m bench.walking 10000      walks over the database of DATABASE_URL, and adds so many lines meanwhile

The lines stay: name a copy of the database. Each line that was there at the start has to come exactly once. When all
are added, the first page and the last full one are asked for in turn; the goal is that the last takes at most 1.3 times
the first.
"""

import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from itertools import islice
from urllib.parse import urlsplit

import orjson

from bench.loading import set_up
from bench.servers import Site, django_sites, running

PAGE, TIMES, GOAL = 500, 30, 1.3
START = f"/api/v1/transfers/?cursor=&page_size={PAGE}"
#: Lines that come into the database together, and seconds between them.
_TOGETHER, _PAUSE = 500, 1


def add(number: int) -> None:
    """Write copies of lines, published, with their passages and entries, some hundreds in a transaction."""
    from armsdb import actions, search
    from armsdb.actions.saving import move_with
    from armsdb.models import Citation, Transfer
    from armsdb.models.bulk import filled, insert, take_ids

    lines = list(Transfer.objects.published().order_by("pk").prefetch_related("citations")[:_TOGETHER])
    mark = f"walk-{time.time_ns()}"
    for first in range(0, number, _TOGETHER):
        with actions.gathered():
            places = range(first, min(first + _TOGETHER, number))
            facts = [
                filled(line, pk=None, id=pk, public_id=f"{mark}-{place}", key=f"{mark}-{place}")
                for line, place, pk in zip(lines, places, take_ids(Transfer, len(places)), strict=False)
            ]
            passages = [
                (fact, passage) for fact, line in zip(facts, lines, strict=False) for passage in line.citations.all()
            ]
            cited = [
                filled(passage, id=pk, public_id=f"{fact.public_id}-c{place}", transfer_id=fact.pk)
                for place, ((fact, passage), pk) in enumerate(
                    zip(passages, take_ids(Citation, len(passages)), strict=True)
                )
            ]
            insert(facts)
            insert(cited)
            search.index_new(facts)
            move_with(Transfer, Citation)
        time.sleep(_PAUSE)


def walk(site: Site, adding: subprocess.Popen[bytes]) -> tuple[Counter[str], str, float]:
    """How often each line came, the address of the last full page, and how long it took."""
    came: Counter[str] = Counter()
    began, address, full = time.monotonic(), START, START
    while True:
        status, body = site.get(address)
        assert status == 200, f"{address}: {status} {body[:200]!r}"
        page = orjson.loads(body)
        came.update(row["id"] for row in page["results"])
        if page["next"] is None:
            print(f"adding had {'ended' if adding.poll() is not None else 'not ended'} when the last page came")
            return came, full, time.monotonic() - began
        if len(page["results"]) == PAGE:
            full = address
        asked = urlsplit(page["next"])
        address = f"{asked.path}?{asked.query}"


def took(site: Site, address: str) -> float:
    began = time.perf_counter()
    assert site.get(address)[0] == 200
    return 1000 * (time.perf_counter() - began)


def main(number: int) -> int:
    """Print what came and how fast; 1 where a line is missing or doubled, or where the goal is missed."""
    set_up()
    from armsdb.models import Transfer

    url = os.environ["DATABASE_URL"]
    there = set(Transfer.objects.published().values_list("public_id", flat=True))
    with running([site for site in django_sites(url) if site.name == "armsdb"]) as sites:
        site = sites["armsdb"]
        adding = subprocess.Popen([sys.executable, "-m", "bench.walking", "add", str(number)])
        try:
            came, last, seconds = walk(site, adding)
        finally:
            status = adding.wait()
        times = [(took(site, START), took(site, last)) for _ in range(TIMES)]
    first_page, last_page = (statistics.median(found) for found in zip(*times, strict=True))
    missing = len(there - came.keys())
    doubled = [name for name, often in came.items() if often > 1]
    pages = -(-len(came) // PAGE)
    print(f"{len(there):,} lines at the start, {number:,} added meanwhile (exit {status}): {len(came):,} came on")
    print(f"{pages:,} pages in {seconds:.1f} s; missing {missing}, doubled {len(doubled)} {list(islice(doubled, 3))}")
    print(f"first page {first_page:.1f} ms, last page {last_page:.1f} ms, ratio {last_page / first_page:.2f}")
    return int(bool(missing or doubled or status or last_page > GOAL * first_page))


if __name__ == "__main__":
    match sys.argv[1:]:
        case [number] if number.isdigit():
            sys.exit(main(int(number)))
        case ["add", number] if number.isdigit():
            set_up()
            add(int(number))
        case _:
            sys.exit(__doc__)
