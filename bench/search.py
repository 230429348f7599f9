"""How well names are found, and how fast, on the engine of DATABASE_URL.

    python -m bench.search fill       writes the seed and 60,000 made-up names into the database, which should be empty
    python -m bench.search measure    asks the labelled searches of bench/searches.csv, and prints how well they do

Each labelled search has the words, the id of the record that is meant (several with spaces between; none: nothing
should be found) and what kind of search it is. Printed are, for each kind and for all, the mean reciprocal rank of the
first record that is meant among the first ten, the share of searches that have it among the first five, and which
searches for nothing find something; then how long searches and suggestions take within the process.
"""

import csv
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import django

from bench import names

SEARCHES = Path(__file__).parent / "searches.csv"
COMPANIES, EQUIPMENT = 20_000, 40_000
#: How many of the first answers count.
RANKS, RECALLED = 10, 5


@dataclass(frozen=True)
class Search:
    """One labelled search."""

    words: str
    meant: frozenset[str]
    kind: str


def searches() -> list[Search]:
    """The labelled searches, in the order of the file."""
    with SEARCHES.open(encoding="utf-8", newline="") as file:
        return [Search(row["words"], frozenset(row["meant"].split()), row["kind"]) for row in csv.DictReader(file)]


def fill() -> None:
    """Write the seed and the made-up names, as an import writes them."""
    from django.core.management import call_command

    from armsdb.models import Equipment, Organisation

    call_command("migrate", verbosity=0)
    call_command("seed")
    write(Organisation, names.companies(COMPANIES), kind="company")
    write(Equipment, names.equipment(EQUIPMENT))


def write(model: Any, made: Iterable[names.Named], **columns: Any) -> None:
    """Write made-up names of one kind, as an import writes them."""
    from armsdb import actions

    began, number = time.monotonic(), 0
    with actions.gathered():
        maker = actions.Maker(model, reason="Made up to measure the search.")
        for some in _batches(made):
            for one in some:
                aliases = [{"name": other, "kind": "other"} for other in one.others]
                maker.make(name=one.name, public_id=one.public_id, aliases=aliases, **columns)
            maker.write()
            number += len(some)
    print(f"{number:,} {model._meta.verbose_name_plural}: {number / (time.monotonic() - began):,.0f} a second")


def _batches(made: Iterable[names.Named]) -> Iterable[list[names.Named]]:
    rest = iter(made)
    return iter(lambda: list(islice(rest, 200)), [])


def measure() -> None:
    """Ask every labelled search, and print how well and how fast it was answered."""
    from django.db import connection

    from armsdb import search

    ranks: dict[str, list[float]] = defaultdict(list)
    found_for_nothing, missed, times = [], [], []
    for asked in searches():
        began = time.perf_counter()
        results = search.search(asked.words, limit=RANKS)
        times.append(1000 * (time.perf_counter() - began))
        if not asked.meant:
            found_for_nothing += [asked.words] if results.count else []
            continue
        rank = next((at for at, hit in enumerate(results.hits, 1) if hit.public_id in asked.meant), 0)
        ranks[asked.kind].append(1 / rank if rank else 0)
        missed += [f"{asked.words} (rank {rank or 'none'})"] if rank != 1 else []
    print(f"{connection.vendor}: {len(searches())} searches")
    ranks["all"] = [one for of_kind in ranks.values() for one in of_kind]
    for kind, of_kind in ranks.items():
        recalled = sum(one >= 1 / RECALLED for one in of_kind) / len(of_kind)
        print(f"  {kind:<32} {len(of_kind):>4}  MRR {statistics.mean(of_kind):.3f}  recall at 5 {recalled:.3f}")
    print(f"  not first: {'; '.join(missed) or 'none'}")
    print(f"  searches for nothing that find something: {'; '.join(found_for_nothing) or 'none'}")
    print(f"  a search: {spread(times)}")
    _measure_suggestions()


def _measure_suggestions() -> None:
    """How long suggestions take for every beginning of the names that are meant, beside the least SQL for it."""
    from django.db import connection

    from armsdb import search
    from armsdb.lib.names import key
    from armsdb.search import postgresql, sqlite

    begun = sorted({asked.words[:end] for asked in searches() for end in (1, 2, 3, 5, 8)})
    begun = [words for words in begun if key(words)]
    engine = sqlite if connection.vendor == "sqlite" else postgresql

    def least(words: str) -> None:
        condition, bounds = engine.begins("n.key", key(words))
        sql = (
            "SELECT e.type, e.public_id, e.name, n.name FROM armsdb_searchname n "
            f"JOIN armsdb_searchentry e ON e.id = n.entry_id WHERE n.rank = 2 AND {condition} "
            f"ORDER BY {engine.BY_KEY.replace('key', 'n.key')} LIMIT 10"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, bounds)
            cursor.fetchall()

    print(f"  a suggestion: {spread(_times(search.suggest, begun))}")
    print(f"  one query for ten names of one kind: {spread(_times(least, begun))}")


def _times(ask: Callable[[str], object], words: list[str]) -> list[float]:
    """Milliseconds that each of these takes, after all were asked once."""
    found = []
    for turn in range(2):
        for one in words:
            began = time.perf_counter()
            ask(one)
            if turn:
                found.append(1000 * (time.perf_counter() - began))
    return found


def spread(times: list[float]) -> str:
    """Times in words: the median, the 95th of a hundred, the worst."""
    times = sorted(times)
    return f"median {statistics.median(times):.2f} ms, p95 {times[int(0.95 * len(times))]:.2f}, worst {times[-1]:.2f}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
    django.setup()
    match sys.argv[1:]:
        case ["fill"]:
            fill()
        case ["measure"]:
            measure()
        case _:
            sys.exit(__doc__)
