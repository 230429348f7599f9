"""Which records a name means, with a score that is explained, and whether one of them is safely the one.

The score is how like the names are (0 to 100), and for each property that is given 5 more where the record has the
value, 25 less where it has others; what identifies decides. A match is one alone: its name is safely the same, nothing
that is given says otherwise, and no other record comes near.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from armsdb.models import Organisation
from armsdb.search.reconciling import Candidate, candidates

from .kinds import COMPANY, MODELS, PROPERTIES, identified, read_by_keys, types_of
from .questions import Query

#: Candidates whose score is lower are not told.
LOWEST = 50.0
#: By how much a match leads the next; and what a property adds or takes.
LEAD, AGREES, CONTRADICTS = 5.0, 5.0, 25.0
OTHER_TYPE = 10.0
#: A record that is named by what identifies it, whatever its name.
IDENTIFIED = 90.0


@dataclass(frozen=True)
class Scored:
    """A record that may be meant: by which name, what it scores, and what that is made of."""

    record: Any
    named: Candidate | None
    score: float
    agreed: Mapping[str, bool]
    is_safe: bool
    match: bool = False


def answer(query: Query) -> list[Scored]:
    """The records that a query may mean, best first."""
    kinds = _kinds(query)
    named = {(one.type, one.record_id): one for one in candidates(query.name, kinds)} if query.name.strip() else {}
    keys: dict[str, set[int]] = identified(query.given, kinds)
    certain = {(kind, key) for kind, of_kind in keys.items() for key in of_kind}
    for kind, key in named:
        keys.setdefault(kind, set()).add(key)
    found = [
        _scored(query, record, named.get((kind, key)), is_identified=(kind, key) in certain)
        for kind, of_kind in keys.items()
        for key, record in read_by_keys(kind, of_kind).items()
        if _is_of(query, record)
    ]
    found = sorted((one for one in found if one.score >= LOWEST), key=_order)
    return _with_match(found)[: query.limit]


def _kinds(query: Query) -> list[str]:
    """The types whose records may be meant."""
    wanted = {Organisation.TYPE if one == COMPANY else one for one in query.types}
    return [kind for kind in MODELS if not wanted or query.type_strict == "should" or kind in wanted]


def _is_of(query: Query, record: Any) -> bool:
    return query.type_strict == "should" or _has_types(query, record)


def _has_types(query: Query, record: Any) -> bool:
    asked, had = set(query.types), set(types_of(record))
    return not asked or (asked <= had if query.type_strict == "all" else bool(asked & had))


def _scored(query: Query, record: Any, named: Candidate | None, *, is_identified: bool) -> Scored:
    agreed = {
        name: told
        for name, values in query.given.items()
        if values and (told := _agrees(name, values, record)) is not None
    }
    likeness = named.likeness if named else 0.0
    score = max(likeness, IDENTIFIED) if is_identified else likeness
    score += sum(AGREES if told else -CONTRADICTS for told in agreed.values())
    is_meant = _has_types(query, record) and all(agreed.values())
    score -= 0 if _has_types(query, record) else OTHER_TYPE
    safe = is_identified or (named is not None and named.is_safe)
    return Scored(record, named, round(min(max(score, 0.0), 100.0), 1), agreed, safe and is_meant)


def _agrees(name: str, values: list[str], record: Any) -> bool | None:
    """Whether a record has one of the values that are given; None where it has none at all."""
    told = PROPERTIES[name]
    if not any(told.is_of(kind) for kind in types_of(record)):
        return None
    had = told.read(record)
    assert told.means is not None
    return any(told.means(value, one) for value in values for one in had) if had else None


def _order(one: Scored) -> tuple[float, bool, int, str]:
    return -one.score, not one.is_safe, len(one.record.name), one.record.public_id


def _with_match(found: list[Scored]) -> list[Scored]:
    """Say of the first that it is the one that is meant, where that is safe."""
    if not found or not found[0].is_safe:
        return found
    first, *others = found
    near = [one for one in others if one.is_safe and one.score > first.score - LEAD]
    return found if near else [Scored(**{**vars(first), "match": True}), *others]
