"""Rows by their keys, with all that their lists show: one statement a table, put together once, and each row made once.

Django's own way makes every row anew wherever it is joined, and composes each statement each time it is asked: at
fifty lines of a register with their passages that takes several times as long as the database.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache, partial
from operator import attrgetter
from typing import Any

import orjson
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState

from .memory import now

#: Columns that are not read with the rows, and with the records that they refer to; who asks for one has it fetched.
UNSHOWN = frozenset({"created", "state_reason", "fingerprint"})
UNSHOWN_OF_OTHERS = UNSHOWN | {"updated"}
#: Keys that are put into one statement.
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Beside:
    """Rows of another table that refer to the rows of a plan: under which attribute, with what joined.

    `kept` says which of them are there, `order` how they follow each other.
    """

    name: str
    joins: tuple[str, ...] = ()
    kept: Callable[[Any], bool] = bool
    order: Callable[[Any], Any] = attrgetter("pk")


@dataclass(frozen=True)
class Plan:
    """What is read with the rows of a table: the records that they refer to, and the rows that refer to them.

    `joins` are paths as for `select_related`. The rows come out as they do from the database otherwise; what refers to
    them stands where `prefetch_related` puts it, as lists.
    """

    model: type[models.Model]
    joins: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()

    def read(self, keys: Collection[int]) -> list[Any]:
        """The rows with these keys, in their order; those that are not there any more are missing."""
        by_key = {row.pk: row for row in _rows(self.model, "pk", keys)}
        found = [by_key[key] for key in keys if key in by_key]
        self.complete(found)
        return found

    def complete(self, rows: Sequence[Any]) -> None:
        """Read what belongs to rows that are at hand."""
        held: _Held = defaultdict(dict)
        wanted = [(rows, self.joins)]
        for beside in self.beside:
            wanted.append((_put_beside(self.model, rows, beside), beside.joins))
        _join(wanted, held)


_Held = defaultdict[type[models.Model], dict[int, Any]]


def _put_beside(model: type[models.Model], rows: Sequence[Any], beside: Beside) -> list[Any]:
    """Read the rows that refer to these, and put them beside them."""
    column = getattr(model, beside.name).rel.field
    by_key: dict[int, list[Any]] = {row.pk: [] for row in rows}
    owners = {row.pk: row for row in rows}
    found = sorted(filter(beside.kept, _rows(column.model, column.name, by_key)), key=beside.order)
    for one in found:
        key = getattr(one, column.attname)
        by_key[key].append(one)
        one._state.fields_cache[column.name] = owners[key]
    for row in rows:
        row.__dict__.setdefault("_prefetched_objects_cache", {})[beside.name] = by_key[row.pk]
    return found


def _join(wanted: Iterable[tuple[Sequence[Any], tuple[str, ...]]], held: _Held) -> None:
    """Read what rows refer to, step by step along the paths: of each table what several steps want, once."""
    wanted = [(rows, joins) for rows, joins in wanted if rows and joins]
    if not wanted:
        return
    steps: list[tuple[Sequence[Any], Any, set[str]]] = []
    for rows, joins in wanted:
        further: dict[str, set[str]] = defaultdict(set)
        for path in joins:
            first, _, after = path.partition("__")
            further[first] |= {after} - {""}
        model: Any = type(rows[0])
        steps += [(rows, model._meta.get_field(name), rest) for name, rest in further.items()]
    memory = now()
    missing: dict[type[models.Model], set[int]] = defaultdict(set)
    for rows, column, _rest in steps:
        of_model = held[column.related_model]
        missing[column.related_model] |= {getattr(row, column.attname) for row in rows} - of_model.keys() - {None}
    for model, keys in missing.items():
        held[model] |= memory.all_found(("joined", model), keys, partial(_joined, model))
    following: list[tuple[Sequence[Any], tuple[str, ...]]] = []
    for rows, column, rest in steps:
        of_model = held[column.related_model]
        for row in rows:
            row._state.fields_cache[column.name] = of_model.get(getattr(row, column.attname))
        if rest:
            reached = {id(one): one for row in rows if (one := row._state.fields_cache[column.name]) is not None}
            following.append((list(reached.values()), tuple(sorted(rest))))
    _join(following, held)


def _joined(model: type[models.Model], keys: Collection[int]) -> dict[int, Any]:
    """Rows that others refer to, by key."""
    return {row.pk: row for row in _rows(model, "pk", keys, UNSHOWN_OF_OTHERS)}


@dataclass(frozen=True)
class _Statement:
    """A statement that reads rows of a table by the values of a column, and how its values become Python's."""

    before: str
    after: str
    names: tuple[str, ...]
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]


@cache
def _statement(model: type[models.Model], column: str, left_out: frozenset[str], vendor: str) -> _Statement:
    """Put together by Django, with a mark where the keys go."""
    fields = [field for field in model._meta.concrete_fields if field.name not in left_out]
    shown = model._base_manager.only(*(field.name for field in fields))
    query = shown.filter(**{f"{column}__in": [0]}).order_by().query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    sql, _values = compiler.as_sql()
    before, _, after = sql.partition("IN (%s)")
    converters = [
        (place, convert)
        for place, (chain, expression) in compiler.get_converters([one for one, _sql, _name in compiler.select]).items()
        for convert in _converting(fields[place], chain, expression)
    ]
    names = tuple(field.attname for field in fields)
    return _Statement(f"{before}IN (", f"){after}", names, tuple(converters))


def _converting(field: models.Field, chain: Iterable[Any], expression: Any) -> list[Callable[[Any], Any]]:
    """How values of a column become Python's: as Django has it, without the detours of what most rows have."""
    quick = next((read for kind, read in _QUICK.items() if type(field) is kind), None)
    if quick is not None:
        return [quick] if chain else []
    if isinstance(field, models.DateField | models.BooleanField):
        return []  # Django has told SQLite's driver how to read these
    return [partial(_converted, convert, expression) for convert in chain]


def _converted(convert: Any, expression: Any, value: Any) -> Any:
    return convert(value, expression, connection)


#: Times come without their zone from SQLite, and JSON as text from both.
_QUICK: Mapping[type[models.Field], Callable[[Any], Any]] = {
    models.DateTimeField: lambda value: value.replace(tzinfo=UTC),
    models.JSONField: orjson.loads,
}


class _Stored(ModelState):
    """The state of a row that the database has."""

    adding = False
    db = DEFAULT_DB_ALIAS

    def __init__(self) -> None:
        self.fields_cache = {}


def _rows(
    model: type[models.Model], column: str, keys: Collection[int], left_out: frozenset[str] = UNSHOWN
) -> list[Any]:
    """The rows of a table with any of these keys in a column, in no order, without columns that nobody shows."""
    if not keys:
        return []
    statement = _statement(model, column, left_out, connection.vendor)
    listed = list(keys)
    found = []
    with connection.cursor() as cursor:
        for start in range(0, len(listed), _AT_ONCE):
            some = listed[start : start + _AT_ONCE]
            cursor.execute(f"{statement.before}{', '.join(['%s'] * len(some))}{statement.after}", some)
            found += cursor.fetchall()
    return [_made(model, statement, row) for row in found]


def _made(model: Any, statement: _Statement, row: Sequence[Any]) -> Any:
    values = list(row)
    for place, convert in statement.converters:
        if values[place] is not None:
            values[place] = convert(values[place])
    made = model.__new__(model)
    made.__dict__ = dict(zip(statement.names, values, strict=True))
    made._state = _Stored()
    return made


def beside(row: Any, name: str) -> list[Any]:
    """The rows that refer to one by this attribute: those that were read with it, else all of them."""
    at_hand = row.__dict__.get("_prefetched_objects_cache", {})
    return list(at_hand[name] if name in at_hand else getattr(row, name).all())
