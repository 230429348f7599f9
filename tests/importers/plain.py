"""SIPRI's register read by a few lines of plain Python, and by nothing of ours: what imports are measured against."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


def rows_of(path: Path) -> list[list[str]]:
    """The rows below the header; the second line of a broken one begins with a comma, and may be padded."""
    lines = path.read_text(encoding="cp1252").splitlines()
    head = next(
        number for number, line in enumerate(lines) if re.match("(Recipient|SIPRI AT Database ID),Supplier", line)
    )
    whole: list[str] = []
    for line in lines[head + 1 :]:
        if line.startswith(","):
            whole[-1] = whole[-1].rstrip(",") + line.rstrip(",")
        elif line.strip(",; "):
            whole.append(line.rstrip(";"))
    return [[cell.strip() for cell in line.split(",")] for line in whole]


def key_of(row: list[str]) -> tuple[str, ...]:
    """Parties, designation and year of order, without what editions spell differently."""
    return tuple(re.sub("[^a-z0-9]", "", row[place].casefold()) for place in (0, 1, 6, 2))


def kinds() -> dict[str, str]:
    """Which category of the Register things of a description are of, as the table of descriptions has it."""
    with (settings.BASE_DIR / "armsdb/importers/names/descriptions.csv").open(encoding="utf-8", newline="") as stream:
        return {row["description"]: row["category"] for row in csv.DictReader(stream)}


KINDS = kinds()


def said(row: list[str]) -> tuple[str, ...]:
    """What a row of the 16 columns says; a number ordered of 0 is one that is not known.

    Of its description only the category that it means is said: editions word the same thing otherwise.
    """
    ordered = "" if row[4] == "0" else row[4]
    of_order = row[14] if ordered or row[14] != "0" else ""
    return (*key_of(row), KINDS.get(row[7].casefold(), ""), row[3], ordered, row[5], *row[8:14], of_order, row[15])


def doubts(rows: list[list[str]]) -> list[int]:
    """How many question marks stand at years of order, numbers ordered and numbers delivered, in 16 columns."""
    return [Counter(row[place] for row in rows)["?"] for place in (3, 5, 9)]


@dataclass(frozen=True)
class Difference:
    """How many rows of two editions in 16 columns are new, gone, in both, and say the same in both."""

    new: int
    gone: int
    both: int
    same: int


def difference(old: list[list[str]], new: list[list[str]]) -> Difference:
    """Compare two editions row by row; those with equal keys are told apart by what they say, in any order."""
    before, after = Counter(map(key_of, old)), Counter(map(key_of, new))
    same = Counter(map(said, old)) & Counter(map(said, new))
    return Difference((after - before).total(), (before - after).total(), (before & after).total(), same.total())
