"""How safely names become records, on the engine of DATABASE_URL.

    python -m bench.reconciliation fill       writes the seed and 2,000 made-up names into an empty database
    python -m bench.reconciliation measure    asks for the labelled names of bench/reconciled.csv

Each labelled name has the words, the type and the country that are given with it, the id that is meant (none: nothing
should be taken for it) and what kind of name it is. What counts is `match: true`, which nobody looks at again: printed
are its precision, its recall, each wrong and each missing one, and how long a name takes within the process. The goal
is a precision of 0.98 at a recall of 0.90.
"""

import csv
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import django

from bench import names
from bench.search import spread, write

LABELLED = Path(__file__).parent / "reconciled.csv"
COMPANIES, EQUIPMENT = 1_000, 1_000
PRECISION, RECALL = 0.98, 0.90


@dataclass(frozen=True)
class Labelled:
    """One labelled name."""

    words: str
    type: str
    country: str
    meant: str
    kind: str


@dataclass
class Measured:
    """What came of the labelled names: `wrong` and `missed` with what was meant and what was taken for it."""

    right: int = 0
    wrong: list[tuple[Labelled, str]] = field(default_factory=list)
    missed: list[tuple[Labelled, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len({one for one, _ in [*self.missed, *self.wrong] if one.meant}))


def labelled() -> list[Labelled]:
    """The labelled names, in the order of the file."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [Labelled(**row) for row in csv.DictReader(file)]


def fill() -> None:
    """Write the seed and the made-up names, as an import writes them."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("seed")
    fill_names()


def fill_names() -> None:
    """Write the made-up names beside what is there."""
    from armsdb.models import Equipment, Organisation

    write(Organisation, names.companies(COMPANIES), kind="company")
    write(Equipment, names.equipment(EQUIPMENT))


def measure() -> Measured:
    """Ask for every labelled name as a client does, and count what is said to match."""
    from armsdb.api.reconciliation.kinds import entity_id
    from armsdb.api.reconciliation.matching import answer
    from armsdb.api.reconciliation.questions import Query

    found = Measured()
    for one in labelled():
        types, given = (one.type,) if one.type else (), {"country": [one.country]} if one.country else {}
        began = time.perf_counter()
        scored = answer(Query(one.words, types, given=given))
        found.times.append(1000 * (time.perf_counter() - began))
        match = next((entity_id(each.record) for each in scored if each.match), "")
        if match and match == one.meant:
            found.right += 1
        elif match:
            found.wrong.append((one, match))
        elif one.meant:
            found.missed.append((one, ", ".join(entity_id(each.record) for each in scored[:2])))
    return found


def tell(found: Measured) -> bool:
    """Print what came of it; whether the goal was reached."""
    from django.db import connection

    meant = sum(bool(one.meant) for one in labelled())
    print(f"{connection.vendor}: {len(labelled())} names, of which {meant} mean a record")
    print(f"  match: true    precision {found.precision:.4f}, recall {found.recall:.4f}")
    for one, match in found.wrong:
        print(f"  wrong   {one.words!r} ({one.kind}): {match}, meant {one.meant or 'nothing'}")
    for one, candidates in found.missed:
        print(f"  missed  {one.words!r} ({one.kind}): {one.meant}, candidates {candidates or 'none'}")
    print(f"  missed by kind: {dict(Counter(one.kind for one, _ in found.missed))}")
    print(f"  a name: {spread(found.times)}")
    return found.precision >= PRECISION and found.recall >= RECALL


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
    django.setup()
    match sys.argv[1:]:
        case ["fill"]:
            fill()
        case ["measure"]:
            sys.exit(not tell(measure()))
        case _:
            sys.exit(__doc__)
