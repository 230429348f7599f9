"""Objects of the API made of plain values, column by column, without a model's object for each: for whole files.

They are those that the shapes make, as JSON; a kind that has no maker here is shaped row by row.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import orjson
from django.db import models

from armsdb.exporters.reading import read
from armsdb.exporters.written import decimals, moment
from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import VagueNumber
from armsdb.models import Source
from armsdb.models.values import DateGroup, MoneyGroup, NumberGroup, groups_of

from .rendering import as_json

Values = Mapping[str, Sequence[Any]]
#: How a key is made that is no column of the model: of the values of all rows, one each.
Make = Callable[["Part", Any], Sequence[str]]
#: Values that are remembered as they are written, and records that are referred to.
_MOST, _MOST_RECORDS = 5_000, 50_000
NULL = "null"
_SUMS = decimals(2, fixed=True)
#: Whether a text has a sign that JSON writes in another way.
_ESCAPED = re.compile(r'[\x00-\x1f"\\]').search
_TRUTHS = {None: NULL, False: "false", True: "true"}


def objects(names: Sequence[str], columns: Iterable[Sequence[str]]) -> list[str]:
    """An object a row, of the values of its keys, which are given column by column."""
    return list(map(_template(tuple(names)).__mod__, zip(*columns, strict=True)))


@cache
def _template(names: tuple[str, ...]) -> str:
    return "{" + ",".join(f'"{name}":%s' for name in names) + "}"


def texts(values: Iterable[str | None]) -> list[str]:
    """Texts; null for none, and for an empty one."""
    told: list[Any] = list(values)
    if None in told:
        told = [value or "" for value in told]
    if _ESCAPED("".join(told)):
        return [as_json(value) if value else NULL for value in told]
    return [f'"{value}"' if value else NULL for value in told]


class References:
    """The records that rows refer to, as a shape of references writes them; each is read and written once."""

    def __init__(self) -> None:
        self._told: dict[tuple[Any, type], dict[int | None, str]] = {}

    def of(self, shape: Any, kind: type[models.Model], keys: Sequence[int | None]) -> list[str]:
        """What stands for the records with these keys: null for none, and for what readers are not handed."""
        return self.told(type(shape), kind, keys, lambda record: as_json(shape.to_representation(record)))

    def told(
        self, sort: Any, kind: type[models.Model], keys: Sequence[int | None], tell: Callable[[Any], str]
    ) -> list[str]:
        """What is told of the records with these keys; it is told once of each, under the name of its sort."""
        told = self._told.setdefault((sort, kind), {None: NULL})
        try:
            return list(map(told.__getitem__, keys))
        except KeyError:
            if len(told) > _MOST_RECORDS:
                told.clear()
                told[None] = NULL
            missing = {key for key in keys if key not in told}
            rows: Any = kind._base_manager.select_related("publisher" if kind is Source else None)
            told.update({key: tell(record) for key, record in rows.in_bulk(list(missing)).items()})
            return list(map(told.__getitem__, keys))


class Part:
    """Some rows: their keys, their values by column, and what they refer to."""

    def __init__(self, keys: Sequence[int], values: Values, references: References, site: str) -> None:
        self.keys = keys
        self.values = values
        self.references = references
        self.site = site

    def __getitem__(self, name: str) -> Sequence[Any]:
        return self.values[name]


class Maker:
    """Makes the objects of one kind; `made` has the keys that are made by hand, `needs` the columns these are of."""

    def __init__(self, model: Any, made: Mapping[str, Make], needs: Sequence[str] = ()) -> None:
        self.model = model
        self.made = made
        self.needs = needs

    def columns(self, names: Sequence[str]) -> tuple[str, ...]:
        """The columns of the model that these keys are made of."""
        groups = groups_of(self.model)
        found = list(self.needs)
        for name in names:
            if name in groups:
                found += [f"{name}_{part}" for part in _PARTS[type(groups[name])][0]]
            elif name not in self.made and name != "type":
                found.append(self._source(name))
        return tuple(dict.fromkeys(found))

    def _source(self, name: str) -> str:
        return "public_id" if name == "id" else name

    def read(self, shape: Any, keys: Sequence[int], references: References) -> list[orjson.Fragment]:
        """The objects of the rows with these keys, in their order, of the keys that are picked."""
        names = [name for name in shape.fields if shape.picked is None or name in shape.picked]
        part = Part(keys, read(self.model, self.columns(names), keys), references, shape.site)
        return list(map(orjson.Fragment, self.of(shape, part, names)))

    def of(self, shape: Any, part: Part, names: Sequence[str]) -> list[str]:
        """The objects of rows that are at hand."""
        return objects(names, [self._column(shape, name, part) for name in names])

    def _column(self, shape: Any, name: str, part: Part) -> Sequence[str]:
        if name in self.made:
            return self.made[name](part, shape.fields[name])
        group = groups_of(self.model).get(name)
        if group is not None:
            parts, write = _PARTS[type(group)]
            return list(map(write, *(part[f"{name}_{one}"] for one in parts)))
        if name == "type":
            return texts([self.model.TYPE]) * len(part.keys)
        field = self.model._meta.get_field(self._source(name))
        values = part[field.name]
        if field.is_relation:
            return part.references.of(shape.fields[name], field.related_model, values)
        if isinstance(field, models.BooleanField):
            return list(map(_TRUTHS.__getitem__, values))
        if isinstance(field, models.DateTimeField):
            return texts(map(moment, values))
        if isinstance(field, models.JSONField):
            return list(map(_json, values))
        if field.choices:
            return list(map(word, values))
        if isinstance(field, models.CharField | models.TextField):
            return texts(values)
        return list(map(as_json, values))


@cache
def word(value: str | None) -> str:
    """A word of a vocabulary; null for none."""
    return as_json(value or None)


@lru_cache(_MOST)
def _json(value: str) -> str:
    return as_json(orjson.loads(value))


@lru_cache(_MOST)
def date_written(edtf: str, earliest: str | None, latest: str | None, text: str) -> str:
    """A date as it is written; null where nothing is known of it."""
    if not edtf:
        return NULL
    first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
    return as_json(VagueDate(edtf, first, last, "", text).as_api())


@lru_cache(_MOST)
def number_written(low: Any, high: Any, approximate: Any, text: str) -> str:
    """A number as it is written; null where nothing is known of it."""
    if low is None and high is None and not approximate and not text:
        return NULL
    return as_json(VagueNumber(low, high, bool(approximate), text).as_api())


@lru_cache(_MOST)
def _money_written(low: Any, high: Any, approximate: Any, text: str, currency: str, basis: str) -> str:
    if low is None and high is None and not approximate and not text:
        return NULL
    # As Money.as_api has it, of sums that were looked at when they were saved.
    ends = {"low": _SUMS[low] or None, "high": _SUMS[high] or None, "approximate": bool(approximate)}
    return as_json({**ends, "currency": currency, "basis": basis or None, "text": text or None})


_NUMBER = ("low", "high", "approximate", "text")
#: The columns of each kind of value, and what writes them.
_PARTS: Mapping[type, tuple[tuple[str, ...], Callable[..., str]]] = {
    DateGroup: (("edtf", "earliest", "latest", "text"), date_written),
    NumberGroup: (_NUMBER, number_written),
    MoneyGroup: ((*_NUMBER, "currency", "basis"), _money_written),
}
