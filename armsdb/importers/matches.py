"""Which records that imports made may be others that are there: proposals for an editor, never decided here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rapidfuzz import fuzz, process

from armsdb.lib import names
from armsdb.lib.vocab import State
from armsdb.models import Alias, Distinction

#: How alike two names have to be, of 100; the order of their words does not count.
ALIKE = 88
#: Likely matches of one record.
_MOST = 3
#: Records whose matches are fetched together.
_CHUNK = 100


@dataclass(frozen=True)
class Match:
    """A record that nobody has compared yet, another that it may be, their names, and how alike those are, of 100."""

    record: Any
    other: Any
    name: str
    other_name: str
    alike: int


def not_yet_matched(kind: Any) -> Any:
    """The records of a kind that an import made and that nobody has compared with the others."""
    return kind.objects.published().filter(unmatched=True).order_by("pk")


def likely_matches(kind: Any, records: Iterable[Any] | None = None) -> Iterator[Match]:
    """For each record of a kind that is not yet matched, or each of those given, the likeliest others, best first.

    Pairs that an editor told apart are no matches.
    """
    known = _Names(kind)
    rest = iter(not_yet_matched(kind) if records is None else records)
    while chunk := list(islice(rest, _CHUNK)):
        found = [(record, *match) for record in chunk for match in known.like(record)]
        others = kind.objects.in_bulk({pk for _record, pk, _name, _alike in found})
        for record, pk, name, alike in found:
            yield Match(record, others[pk], record.name, name, alike)


class _Names:
    """Every name of the published records of a kind, and which of these were told apart."""

    def __init__(self, kind: Any) -> None:
        aliases = Alias.objects.filter(**{f"{kind.TYPE}__state": State.PUBLISHED}).order_by(kind.TYPE, "pk")
        own = kind.objects.published().order_by("pk").values_list("pk", "name")
        owners = dict.fromkeys([*own, *aliases.values_list(kind.TYPE, "name")])
        self._owners = sorted(owners, key=lambda owner: owner[0])  # the older record first
        self._folded = [names.fold(name) for _pk, name in self._owners]
        pairs = Distinction.objects.among(kind).values_list("first", "second")
        self._apart = {pair for one, other in pairs for pair in ((one, other), (other, one))}

    def like(self, record: Any) -> list[tuple[int, str, int]]:
        """The records that are called most like one: each with that name, and how alike it is."""
        best: dict[int, tuple[int, str, int]] = {}
        own = names.fold(record.name)
        # All names of the record itself are among those found, hence more than are told.
        found = process.extract(own, self._folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=_MOST + 20)
        for _text, alike, place in found:
            pk, name = self._owners[place]
            if pk != record.pk and pk not in best and (record.pk, pk) not in self._apart:
                best[pk] = pk, name, round(alike)
        return list(best.values())[:_MOST]
