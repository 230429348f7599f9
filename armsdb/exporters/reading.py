"""Plain values of rows by their keys, column by column: what makes a million rows leave quickly."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import BooleanField, CharField, DateField, DateTimeField, IntegerField
from django.db.models.functions import Cast

#: Keys that are put into one statement.
_AT_ONCE = 500


def read(model: type[models.Model], columns: Sequence[str], keys: Sequence[int]) -> dict[str, Sequence[Any]]:
    """The values of some columns of the rows with these keys, in their order, as the database's driver gives them.

    Days and times are text. Where a row is not there any more, KeyError: who exports reads as of one moment.
    """
    before, after = _statement(model, tuple(columns), "pk", connection.vendor)
    by_key = {row[0]: row for row in _rows(before, after, keys)}
    rows = [by_key[key] for key in keys]
    values = zip(*rows, strict=True) if rows else [()] * (len(columns) + 1)
    return dict(zip(("pk", *columns), values, strict=True))


def read_beside(
    model: type[models.Model], reference: str, columns: Sequence[str], keys: Sequence[int]
) -> list[Sequence[Any]]:
    """The rows that refer to others by these keys, column by column: those keys, then the values of some columns.

    They come together by key, in the order of their own keys.
    """
    before, after = _statement(model, columns=tuple(columns), by=reference, vendor=connection.vendor)
    rows = sorted(_rows(before, after, keys))
    referring, _own, *values = zip(*rows, strict=True) if rows else [()] * (len(columns) + 2)
    return [referring, *values]


def _rows(before: str, after: str, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(keys), _AT_ONCE):
            some = list(keys[start : start + _AT_ONCE])
            # Not the keys themselves: SQLite keeps the last hundred statements that it has made ready.
            cursor.execute(f"{before}{', '.join(['%s'] * len(some))}{after}", some)
            found += cursor.fetchall()
    return found


@cache
def _statement(model: Any, columns: tuple[str, ...], by: str, vendor: str) -> tuple[str, str]:
    """A statement as Django puts it together, in two parts: the keys go between them."""
    shown = [_shown(model, name) for name in columns]
    first = ("pk",) if by == "pk" else (by, "pk")
    query = model._base_manager.filter(**{f"{by}__in": [0]}).order_by().values_list(*first, *shown).query
    sql, _values = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    before, _, after = sql.partition("IN (%s)")
    return f"{before}IN (", f"){after}"


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
