"""Which records that imports made may be others that are there: proposals for an editor, never decided here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from armsdb.lib import names

#: How alike two names have to be, of 100; the order of their words does not count.
ALIKE = 88
#: Likely matches of one record.
_MOST = 3


@dataclass(frozen=True)
class Match:
    """A record that nobody has compared yet, another that it may be, their names, and how alike those are, of 100."""

    record: Any
    other: Any
    name: str
    other_name: str
    alike: int


def likely_matches(kind: Any) -> Iterator[Match]:
    """For each record of a kind that is not yet matched, the likeliest others, the most alike first."""
    records = list(kind.objects.published().prefetch_related("aliases").order_by("pk"))
    owners: list[tuple[Any, str]] = []
    folded: list[str] = []
    for record in records:
        for name in dict.fromkeys((record.name, *(alias.name for alias in record.aliases.all()))):
            owners.append((record, name))
            folded.append(names.fold(name))
    for record in records:
        if record.unmatched:
            yield from _of(record, owners, folded)


def _of(record: Any, owners: list[tuple[Any, str]], folded: list[str]) -> list[Match]:
    best: dict[int, Match] = {}
    own = names.fold(record.name)
    # All names of the record itself are among those found, hence more than are told.
    found = process.extract(own, folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=_MOST + 20)
    for _text, alike, place in found:
        other, name = owners[place]
        if other.pk != record.pk and other.pk not in best:
            best[other.pk] = Match(record, other, record.name, name, round(alike))
    return list(best.values())[:_MOST]
