"""The whole database as tables of text: what is in them, and how each value is written and read.

Left out are accounts, with all that names them, and what is made anew from the rest.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import orjson
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

#: What `manage.py rebuild` makes, and what is told of this one machine.
_MADE = {"SearchEntry", "SearchName", "Job"}


@cache
def tables() -> dict[str, Any]:
    """The tables by the names of their files; those that cannot do without an account are left out."""
    own = [one for one in apps.get_app_config("armsdb").get_models() if not one._meta.proxy]
    kept = [one for one in own if one.__name__ not in _MADE and not any(map(_needs_account, one._meta.concrete_fields))]
    return {one._meta.db_table.removeprefix("armsdb_"): one for one in kept}


def _is_of_account(field: models.Field) -> bool:
    return field.is_relation and field.related_model is get_user_model()


def _needs_account(field: models.Field) -> bool:
    return _is_of_account(field) and not field.null


def columns_of(model: Any) -> dict[str, models.Field]:
    """The columns of a table that are written; whoever did something is not told."""
    return {field.attname: field for field in model._meta.concrete_fields if not _is_of_account(field)}


def as_text(field: models.Field) -> Callable[[Any], str | None]:
    """How a value of a column is written: the same on every engine; None stays None."""
    write = next((write for kind, (write, _read) in _FORMS.items() if isinstance(field, kind)), str)
    return lambda value: None if value is None else write(value)


def from_text(field: models.Field) -> Callable[[str], Any]:
    """How it is read; ValueError for what it cannot be. An empty text is None where a column may be that."""
    column: Any = field
    target = column.target_field if field.is_relation else field
    read: Callable[[str], Any] = next(
        (read for kind, (_write, read) in _FORMS.items() if isinstance(target, kind)), str
    )
    return lambda text: None if text == "" and field.null else read(text)


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


_Form = tuple[Callable[[Any], str], Callable[[str], Any]]
_FORMS: dict[type[models.Field], _Form] = {
    models.BooleanField: (lambda value: "true" if value else "false", _truth),
    models.DateTimeField: (
        lambda value: value.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        lambda text: datetime.fromisoformat(text),
    ),
    models.DateField: (date.isoformat, date.fromisoformat),
    models.DecimalField: (lambda value: format(value, "f"), Decimal),
    models.JSONField: (lambda value: orjson.dumps(value).decode(), orjson.loads),
    models.IntegerField: (str, int),
}
