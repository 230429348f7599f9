"""Plain values of rows by their keys, column by column: what makes a million rows leave quickly."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import orjson
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import BooleanField, CharField, DateField, DateTimeField, IntegerField
from django.db.models.functions import Cast

#: How rows are asked for by a list of keys that is one value: a statement with a place for each takes long to read.
_AMONG = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s)"}


def read(model: type[models.Model], columns: Sequence[str], keys: Sequence[int]) -> dict[str, Sequence[Any]]:
    """The values of some columns of the rows with these keys, in their order, as the database's driver gives them.

    Days and times are text. Where a row is not there any more, KeyError: who exports reads as of one moment.
    """
    by_key = {row[0]: row for row in _rows(_statement(model, tuple(columns), "pk", connection.vendor), keys)}
    rows = [by_key[key] for key in keys]
    values = zip(*rows, strict=True) if rows else [()] * (len(columns) + 1)
    return dict(zip(("pk", *columns), values, strict=True))


def read_beside(
    model: type[models.Model], reference: str, columns: Sequence[str], keys: Sequence[int]
) -> list[Sequence[Any]]:
    """The rows that refer to others by these keys, column by column: those keys, then the values of some columns.

    They come together by key, in the order of their own keys.
    """
    rows = sorted(_rows(_statement(model, tuple(columns), reference, connection.vendor), keys))
    referring, _own, *values = zip(*rows, strict=True) if rows else [()] * (len(columns) + 2)
    return [referring, *values]


def _rows(statement: str, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    told = list(keys)
    if not told:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [orjson.dumps(told).decode() if connection.vendor == "sqlite" else told])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@cache
def _statement(model: Any, columns: tuple[str, ...], by: str, vendor: str) -> str:
    """A statement as Django puts it together; a list of keys is its one value."""
    shown = [_shown(model, name) for name in columns]
    first = ("pk",) if by == "pk" else (by, "pk")
    query = model._base_manager.filter(**{f"{by}__in": [0]}).order_by().values_list(*first, *shown).query
    sql, _values = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    text: str = sql.replace("IN (%s)", _AMONG[vendor])
    return text


def _shown(model: Any, name: str) -> Any:
    """Days and times as text and truths as numbers, as SQLite has them: else a value would be made of each first."""
    field = model._meta.get_field(name)
    if isinstance(field, DateField | DateTimeField):
        return Cast(name, CharField())
    return Cast(name, IntegerField()) if isinstance(field, BooleanField) else name


class Written(dict[Any, str]):
    """Values as text; those that were met before are not written again."""

    MOST = 5_000

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Any) -> str:
        if len(self) >= self.MOST:
            self.clear()
        text = self[value] = "" if value is None else self._write(value)
        return text
