"""Asking the index: for the rows of a list, their order, and across all kinds."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Count, F, Func, Model, Q, QuerySet, Value, When
from django.db.models.functions import Collate, Length

from armsdb.models import Fact, SearchEntry, SearchName

from . import postgresql, sqlite
from .likeness import likened
from .matches import (
    FACT_IN_NAME,
    FACT_IN_TEXT,
    IN_NAME,
    IN_OTHER_NAME,
    IN_TEXT,
    WHOLE_NAME,
    WHOLE_OTHER_NAME,
    Match,
    matches_of,
)
from .words import Asked

#: The score that is told of an answer.
SCORES = {
    WHOLE_NAME: 1.0,
    WHOLE_OTHER_NAME: 0.9,
    IN_NAME: 0.7,
    IN_OTHER_NAME: 0.6,
    IN_TEXT: 0.5,
    FACT_IN_NAME: 0.4,
    FACT_IN_TEXT: 0.2,
}
#: What is left of a score where a word of the query is only like the one that was found.
LIKE = 0.5


@dataclass(frozen=True)
class Hit:
    """One record that was found, and why; see Match for the last four."""

    type: str
    record_id: int
    public_id: str
    name: str
    score: float
    matched: str
    matched_name: str | None
    matched_kind: str | None
    snippet: str


@dataclass(frozen=True)
class Results:
    """One page of what was found: `count` under the types asked for, `types` for the whole query.

    Where nothing has the words as they are written, `likes` has the known words that were looked for in their place.
    """

    count: int
    types: dict[str, int]
    hits: list[Hit]
    likes: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Found(Func):
    """Whether an entry answers a query, put to the database's own engine."""

    def __init__(self, asked: Asked, *, in_names: bool = False) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.asked = asked
        self.in_names = in_names

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        sql, _ = compiler.compile(self.source_expressions[0])
        return sqlite.condition(sql, self.asked, in_names=self.in_names)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        (key,) = self.get_source_expressions()
        table = compiler.quote_name_unless_alias(key.alias)
        return postgresql.condition(table, self.asked, in_names=self.in_names)


def understood(model: type[Model], q: str, *, exact: bool = False) -> Asked:
    """A query to rows of a model: as it is written, or, where none answers it so, with known words like its own.

    Raise terms.QueryError, a sentence, for a query that is too long. One query where a word may be mistyped; where
    nothing answers, one for the words that are like it, and one for each of two tries with them.
    """
    asked = Asked.parse(q)
    if exact or not asked.mistakable or _entries(model, asked).exists():
        return asked
    return next((like for like in likened(asked) if _entries(model, like).exists()), asked)


def matching(model: type[Model], q: str | Asked) -> QuerySet:
    """The rows of a model that answer a query, for `filter(pk__in=…)`; none where there is no word to look for.

    A text is taken as it is written. Raise terms.QueryError, a sentence, for one that is too long.
    """
    return _entries(model, _read(q)).values("record_id")


def _read(q: str | Asked) -> Asked:
    return Asked.parse(q) if isinstance(q, str) else q


def _entries(model: Any, asked: Asked) -> QuerySet[SearchEntry]:
    if asked.is_empty:
        return SearchEntry.objects.none()
    return SearchEntry.objects.filter(Found(asked), type=model.TYPE)


def by_relevance(rows: QuerySet, q: str | Asked) -> QuerySet:
    """Rows that answer a query, best first: whole names, words in its name, in other names, the rest; a total order."""
    asked = _read(q)
    whole = SearchName.objects.whole().filter(entry__type=rows.model.TYPE, key__in=asked.keys)
    in_names = _entries(rows.model, asked).filter(Found(asked, in_names=True))
    own = Q() if issubclass(rows.model, Fact) else _in_own_name(asked)  # facts have no other names
    tier = Case(
        When(pk__in=whole.filter(kind="").values("entry__record_id"), then=Value(WHOLE_NAME)),
        When(pk__in=whole.exclude(kind="").values("entry__record_id"), then=Value(WHOLE_OTHER_NAME)),
        When(own & Q(pk__in=in_names.values("record_id")), then=Value(IN_NAME)),
        When(pk__in=in_names.values("record_id"), then=Value(IN_OTHER_NAME)),
        default=Value(IN_TEXT),
    )
    return rows.order_by(tier, Length("name"), _plainly("name"), "pk")


def search(
    q: str, *, types: Collection[str] | None = None, offset: int = 0, limit: int = 50, exact: bool = False
) -> Results:
    """One page of what answers a query in all kinds, or in these `types`, best first; the order is total.

    Where nothing has the words as they are written, and they need not be `exact`, names with words like them answer.
    Raise terms.QueryError, a sentence, for a query that is too long. Three queries: the counts, the page, its names;
    where nothing was found, one more for the words that are like those asked for, and one for each of two tries.
    """
    asked = Asked.parse(q)
    if asked.is_empty:
        return Results(0, {}, [])
    of_types = _counts(asked)
    if not of_types and not exact:
        tried = ((like, _counts(like)) for like in likened(asked))
        asked, of_types = next(((like, counts) for like, counts in tried if counts), (asked, of_types))
    found = SearchEntry.objects.filter(Found(asked))
    if types is not None:
        found = found.filter(type__in=types)
    count = sum(number for type_, number in of_types.items() if types is None or type_ in types)
    entries = list(_best_first(found, asked)[offset : offset + limit]) if offset < count else []
    matches = matches_of(entries, asked)
    return Results(count, of_types, [_hit(entry, matches[entry.pk], asked) for entry in entries], dict(asked.likes))


def _counts(asked: Asked) -> dict[str, int]:
    """How many entries of each type answer, the most first."""
    found = SearchEntry.objects.filter(Found(asked))
    return dict(found.values_list("type").annotate(number=Count("pk")).order_by("-number", "type"))


def _best_first(found: QuerySet[SearchEntry], asked: Asked) -> QuerySet[Any]:
    whole = SearchName.objects.whole().filter(key__in=asked.keys)
    tier = Case(
        When(pk__in=whole.filter(kind="").values("entry"), then=Value(WHOLE_NAME)),
        When(pk__in=whole.values("entry"), then=Value(WHOLE_OTHER_NAME)),
        When(Q(is_fact=True) & Q(Found(asked, in_names=True)), then=Value(FACT_IN_NAME)),
        When(is_fact=True, then=Value(FACT_IN_TEXT)),
        When(_in_own_name(asked) & Q(Found(asked, in_names=True)), then=Value(IN_NAME)),
        When(Found(asked, in_names=True), then=Value(IN_OTHER_NAME)),
        default=Value(IN_TEXT),
    )
    order = ("tier", Length("name"), _plainly("name"), _plainly("public_id"), "type")
    return found.annotate(tier=tier).defer("names", "text").order_by(*order)


def _in_own_name(asked: Asked) -> Q:
    """Whether what answers in some name has all the words in its own one, by the letters of that as it is shown."""
    wanted = Q()
    for ways in asked.wanted_ways:
        any_way = Q()
        for way in ways:
            any_way |= Q(*(Q(name__icontains=word) for word in way))
        wanted &= any_way
    return wanted


def _plainly(column: str) -> Collate:
    """A column in the order of its code points, which is the same on both engines."""
    return Collate(column, (sqlite if connection.vendor == "sqlite" else postgresql).COLLATION)


def _hit(entry: Any, match: Match, asked: Asked) -> Hit:
    return Hit(
        type=entry.type,
        record_id=entry.record_id,
        public_id=entry.public_id,
        name=entry.name,
        score=SCORES[entry.tier] * (LIKE if asked.likes else 1),
        matched=match.matched,
        matched_name=match.name,
        matched_kind=match.kind,
        snippet=match.snippet,
    )
