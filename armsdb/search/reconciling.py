"""What a name may mean: records whose names are like it, each with how like, for lists of names from elsewhere.

Unlike a search it does not want every word: a name that is part of what is asked, or mistyped, is a candidate.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db import connection
from django.db.models.functions import Length

from armsdb.lib import names, terms
from armsdb.lib.same_names import Comparison, compare, telling
from armsdb.lib.vocab import AliasKind
from armsdb.models import Rank, SearchEntry, SearchName

from .finding import Found
from .likeness import likened
from .words import Asked

#: Words of a name that are looked for, rows that are read of all runs of them and of each, and records found by words.
WORDS, OF_RUNS, OF_RUN, BY_WORDS = 8, 200, 25, 25
#: What a name that is not the record's own takes from its likeness.
OF_OTHER_NAME = 1.0
#: The names by which a record is never surely meant; and the shortest code that means it.
UNSURE, SHORTEST_CODE = (AliasKind.WEAK,), 3
_NAMES, _TABLE = (model._meta.db_table for model in (SearchName, SearchEntry))


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant: by which of its names, of which kind, how like, and whether that is safe."""

    type: str
    record_id: int
    public_id: str
    name: str
    matched_name: str
    matched_kind: str
    likeness: float
    errors: int
    loose: int
    is_safe: bool


def candidates(name: str, types: Collection[str]) -> list[Candidate]:
    """The records of these types that a name may mean, the likest first; nothing where it has no letter or digit.

    Two queries where one has the very name; up to eight more, by words and by words like them, where none has.
    Raise terms.QueryError, a sentence, for a name that is too long.
    """
    terms.parse(name)
    words = names.parts(name)[: 2 * WORDS]
    if not words:
        return []
    found: dict[int, Candidate] = {}
    for entries in _entries(name, types):
        found |= _compared(name, [entry for entry in entries if entry not in found])
        if any(one.is_safe for one in found.values()):
            break
    return sorted(found.values(), key=lambda one: (-one.likeness, len(one.name), one.type, one.public_id))


def _entries(name: str, types: Collection[str]) -> Iterator[list[int]]:
    """The entries that may be meant: by names that are a run of its words, by ends of names, by words of names."""
    keys = list(dict.fromkeys([names.key(name), *_runs(names.fold(name).split()), *_runs(telling(name))]))
    whole = SearchName.objects.whole().filter(key__in=keys, entry__type__in=types)
    yield list(whole.order_by("rank", "id").values_list("entry_id", flat=True)[:OF_RUNS])
    yield _ending_so(keys, types)
    yield from _by_words(name, types)


def _ending_so(keys: list[str], types: Collection[str]) -> list[int]:
    """The entries with a name that ends with one of these; of each a few, at one place of the index."""
    places = ", ".join(["%s"] * len(types))
    one = (
        f"SELECT * FROM (SELECT n.entry_id FROM {_NAMES} n JOIN {_TABLE} e ON e.id = n.entry_id "  # noqa: S608
        f"WHERE n.key = %s AND n.rank = {int(Rank.WORD)} AND e.type IN ({places}) ORDER BY n.id LIMIT {OF_RUN}) AS run"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join([one] * len(keys)), [value for key in keys for value in (key, *types)])
        return sorted(entry for (entry,) in cursor.fetchall())


def _runs(words: list[str]) -> Iterator[str]:
    words = words[:WORDS]
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            yield "".join(words[start:end])


def _by_words(name: str, types: Collection[str]) -> Iterator[list[int]]:
    """The entries that have the telling words of a name in theirs, then those that have words like them."""
    asked = Asked.parse(" ".join(telling(name)))
    if asked.is_empty:
        return
    for way in chain([asked], likened(asked)):
        found = SearchEntry.objects.filter(Found(way, in_names=True), type__in=types)
        yield list(found.order_by(Length("name"), "pk").values_list("pk", flat=True)[:BY_WORDS])


def _compared(name: str, entries: list[int]) -> dict[int, Candidate]:
    """These entries by their names, each by the one that is most like."""
    found: dict[int, Candidate] = {}
    rows = SearchName.objects.whole().filter(entry__in=entries).select_related("entry") if entries else ()
    for row in rows:
        comparison = compare(name, row.name)
        likeness = max(0.0, comparison.likeness - (OF_OTHER_NAME if row.kind else 0))
        told = Candidate(
            type=row.entry.type,
            record_id=row.entry.record_id,
            public_id=row.entry.public_id,
            name=row.entry.name,
            matched_name=row.name,
            matched_kind=row.kind,
            likeness=likeness,
            errors=comparison.errors,
            loose=comparison.loose,
            is_safe=comparison.is_safe and _means_it(row, comparison, name),
        )
        best = found.get(row.entry_id)
        if best is None or (told.is_safe, told.likeness) > (best.is_safe, best.likeness):
            found[row.entry_id] = told
    return found


def _means_it(row: SearchName, comparison: Comparison, name: str) -> bool:
    """Whether a name of this kind means the record: acronyms and codes only as they are, and no short code."""
    if row.kind == SearchName.CODE:
        return name.strip().casefold() == row.name.casefold() and len(row.name) >= SHORTEST_CODE
    if row.kind == AliasKind.ACRONYM:
        return comparison.errors == 0
    return row.kind not in UNSURE
