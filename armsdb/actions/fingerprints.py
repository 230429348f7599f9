"""What a register says in one row, as a short text: rows that say the same have the same."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from armsdb.models import Fact
from armsdb.models.parts import PARTS

from .pasts import columns, fields

#: Columns that say where a row comes from, and nothing of what it tells.
_ORIGIN = {"public_id", "dataset_id", "key", "import_run_id", "fingerprint"}


def told(fact: Fact, parts: Mapping[str, Iterable[Any]]) -> list[Any]:
    """What a fact says with its parts: the columns that are not empty, then those of each row of each part."""
    rows = [_told(fact, _columns_of(type(fact)))]
    for name in sorted(parts):
        model, owner = PARTS[type(fact)][name]
        rows += sorted([name, *_told(row, _columns_of_part(model, owner))] for row in parts[name])
    return rows


def fingerprint(fact: Fact, parts: Mapping[str, Iterable[Any]]) -> str:
    """The fingerprint of what a fact says with its parts."""
    return blake2b(repr(told(fact, parts)).encode("utf-8"), digest_size=16).hexdigest()


def part_names(kind: Any) -> list[str]:
    """How the parts of a kind of record are reached from it."""
    return [
        str(model._meta.get_field(owner).remote_field.get_accessor_name())  # type: ignore[union-attr]
        for model, owner in PARTS.get(kind, {}).values()
    ]


def parts_reached(kind: Any) -> list[tuple[str, str]]:
    """The parts of a kind of record, each with how it is reached from it."""
    return list(zip(PARTS.get(kind, {}), part_names(kind), strict=True))


def parts_of(fact: Any) -> dict[str, list[Any]]:
    """The rows of all parts of a stored fact; one query a part, none where they are fetched already."""
    return {name: list(getattr(fact, accessor).all()) for name, accessor in parts_reached(type(fact))}


def told_of_part(row: Any, owner: str) -> list[str]:
    """What a row of a part says."""
    model: Any = type(row)
    return _told(row, _columns_of_part(model, owner))


@cache
def _columns_of(kind: Any) -> tuple[tuple[str, ...], Any]:
    names = tuple(
        name for field in fields(kind) for name in columns(kind, field) if name not in _ORIGIN and field != "state"
    )
    return names, attrgetter(*names)


@cache
def _columns_of_part(model: Any, owner: str) -> tuple[tuple[str, ...], Any]:
    names = tuple(field.attname for field in model._meta.concrete_fields if field.name not in {"id", owner})
    return names, attrgetter(*names)


def _told(row: Any, layout: tuple[tuple[str, ...], Any]) -> list[str]:
    names, values_of = layout
    return [
        f"{name}={_written(value)}"
        for name, value in zip(names, values_of(row), strict=True)
        if value is not None and value != ""
    ]


def _written(value: Any) -> str:
    """A value as it is written before and after the database had it."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else str(value)
