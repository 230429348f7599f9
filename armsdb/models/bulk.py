"""Many finished rows at once, by the fastest way that each database has: COPY, or one statement run many times."""

import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Max
from django.db.models.base import ModelState

#: What COPY's text format needs written otherwise.
_COPIED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_TO_ESCAPE = re.compile(r"[\\\t\n\r]")


def twin(row: Any) -> Any:
    """A second row with the same values, of a row that is not saved: quicker than to make one of its class."""
    kind: Any = type(row)
    made = kind.__new__(kind)
    made.__dict__.update(row.__dict__)
    made._state = ModelState()
    made._state.fields_cache = dict(row._state.fields_cache)
    return made


def filled(blank: Any, **columns: Any) -> Any:
    """A new row like a blank one but for these columns, by the names of their attributes."""
    made = twin(blank)
    made.__dict__.update(columns)
    return made


def take_ids(model: type[models.Model], number: int) -> range | list[int]:
    """Keys for so many new rows of a table; on SQLite the caller holds the lock of the database."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            given = cursor.fetchone()
            last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
            first = max(given[0] if given else 0, last) + 1
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [first + number - 1, _table(model)])
            if given is None:
                values = [_table(model), first + number - 1]
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", values)
        return range(first, first + number)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [_table(model), _key(model), number],
        )
        return [row[0] for row in cursor.fetchall()]


def insert(rows: Sequence[Any]) -> None:
    """Insert rows of one table, all with their keys or all without: the database alone checks them, nothing follows."""
    if not rows:
        return
    model: Any = type(rows[0])
    columns, values_of, writers = _layout(model, connection.vendor, rows[0].pk is not None)
    finished = ([write(value) for write, value in zip(writers, values_of(row), strict=True)] for row in rows)
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    table = connection.ops.quote_name(_table(type(rows[0])))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", list(finished))  # noqa: S608
        else:
            cursor.copy_expert(f"COPY {table} ({quoted}) FROM STDIN", _stream(finished))


def update(rows: Sequence[Any]) -> None:
    """Write all columns of rows of one table that are there: the database alone checks them, nothing follows."""
    if not rows:
        return
    model: Any = type(rows[0])
    columns, values_of, _writers = _layout(model, connection.vendor, False)
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    writers = [_for_sqlite(field) if connection.vendor == "sqlite" else _for_postgresql(field) for field in fields]
    quoted = ", ".join(f"{connection.ops.quote_name(column)} = %s" for column in columns)
    table = connection.ops.quote_name(_table(type(rows[0])))
    finished = [[*(write(value) for write, value in zip(writers, values_of(row), strict=True)), row.pk] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {quoted} WHERE id = %s", finished)  # noqa: S608


def delete(rows: Sequence[Any]) -> None:
    """Delete rows of one table, to which nothing refers."""
    if rows:
        found = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
        found._raw_delete(found.db)


def renew_statistics() -> None:
    """Let the database count anew what its tables hold, as after many rows: it chooses by that which index to take."""
    ours = [connection.ops.quote_name(_table(model)) for model in apps.get_app_config("armsdb").get_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 2000")  # rows that it looks at for each index
            cursor.execute("ANALYZE")
        else:
            cursor.execute(f"ANALYZE {', '.join(ours)}")


def _stream(finished: Iterable[list[str]]) -> io.StringIO:
    return io.StringIO("".join("\t".join(row) + "\n" for row in finished))


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _key(model: Any) -> str:
    return str(model._meta.pk.column)


@cache
def _layout(model: Any, vendor: str, with_keys: bool) -> tuple[list[str], Callable[[Any], tuple], list[Callable]]:
    """The columns of a table, how a row gives their values, and how each value is written for the engine."""
    fields = [field for field in model._meta.concrete_fields if with_keys or not field.primary_key]
    write = _for_sqlite if vendor == "sqlite" else _for_copy
    columns = [field.column or "" for field in fields]
    return columns, attrgetter(*(field.attname for field in fields)), [write(field) for field in fields]


def _for_sqlite(field: models.Field) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.DateTimeField):
        return _time_for_sqlite
    if isinstance(field, models.DateField | models.DecimalField):
        return lambda value: None if value is None else str(value)
    return lambda value: value


@lru_cache(maxsize=64)
def _time_for_sqlite(value: datetime | None) -> str | None:
    """A time as the engine keeps it; rows that are written together share theirs."""
    return None if value is None else connection.ops.adapt_datetimefield_value(value)


def _for_postgresql(field: models.Field) -> Callable[[Any], Any]:
    return json.dumps if isinstance(field, models.JSONField) else lambda value: value


def _for_copy(field: models.Field) -> Callable[[Any], str]:
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value).translate(_COPIED)
    if isinstance(field, models.CharField | models.TextField):
        return _copied_text
    return _copied


def _copied_text(value: str | None) -> str:
    if value is None:
        return "\\N"
    return value.translate(_COPIED) if _TO_ESCAPE.search(value) else str(value)


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
