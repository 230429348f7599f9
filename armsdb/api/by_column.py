"""Objects of the API made of plain values, column by column, without a model's object for each: for whole files.

They are those that the shapes make; a kind that has no maker here is shaped row by row.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from django.db import models

from armsdb.exporters.columns import moment
from armsdb.exporters.reading import read
from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import Money, VagueNumber
from armsdb.models import Source
from armsdb.models.values import DateGroup, MoneyGroup, NumberGroup, groups_of

from .rendering import rendered

Values = Mapping[str, Sequence[Any]]
#: How a key is made that is no column of the model: of the values of all rows, one each.
Make = Callable[["Part", Any], Sequence[Any]]
#: Values that are remembered as they are written, and records that are referred to.
_MOST, _MOST_RECORDS = 5_000, 20_000


class References:
    """The records that rows refer to, as a shape of references writes them; each is read and written once."""

    def __init__(self) -> None:
        self._told: dict[tuple[Any, type], dict[int | None, Any]] = {}

    def of(self, shape: Any, kind: type[models.Model], keys: Sequence[int | None]) -> list[Any]:
        """What stands for the records with these keys: null for none, and for what readers are not handed."""

        def write(record: Any) -> Any:
            value = shape.to_representation(record)
            return None if value is None else rendered(value)

        return self.told(type(shape), kind, keys, write)

    def told(self, sort: Any, kind: type[models.Model], keys: Sequence[int | None], tell: Callable[[Any], Any]) -> Any:
        """What is told of the records with these keys; it is told once of each, under the name of its sort."""
        told = self._told.setdefault((sort, kind), {None: None})
        missing = set(keys) - told.keys()
        if missing:
            if len(told) > _MOST_RECORDS:
                told.clear()
                told[None], missing = None, set(keys) - {None}
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

    def read(self, shape: Any, keys: Sequence[int], references: References) -> list[dict[str, Any]]:
        """The objects of the rows with these keys, in their order, of the keys that are picked."""
        names = [name for name in shape.fields if shape.picked is None or name in shape.picked]
        part = Part(keys, read(self.model, self.columns(names), keys), references, shape.site)
        return self.of(shape, part, names)

    def of(self, shape: Any, part: Part, names: Sequence[str]) -> list[dict[str, Any]]:
        """The objects of rows that are at hand."""
        columns = [self._column(shape, name, part) for name in names]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    def _column(self, shape: Any, name: str, part: Part) -> Sequence[Any]:
        if name in self.made:
            return self.made[name](part, shape.fields[name])
        group = groups_of(self.model).get(name)
        if group is not None:
            parts, write = _PARTS[type(group)]
            return list(map(write, *(part[f"{name}_{one}"] for one in parts)))
        if name == "type":
            return [self.model.TYPE] * len(part.keys)
        field = self.model._meta.get_field(self._source(name))
        values = part[field.name]
        if field.is_relation:
            return part.references.of(shape.fields[name], field.related_model, values)
        if isinstance(field, models.BooleanField):
            return [None if value is None else bool(value) for value in values]
        if isinstance(field, models.DateTimeField):
            return list(map(moment, values))
        if isinstance(field, models.JSONField):
            return list(map(_json, values))
        return [None if value == "" else value for value in values]


@lru_cache(_MOST)
def _json(value: str) -> Any:
    return rendered(orjson.loads(value))


@lru_cache(_MOST)
def date_written(edtf: str, earliest: str | None, latest: str | None, text: str) -> Any:
    """A date as it is written; null where nothing is known of it."""
    if not edtf:
        return None
    first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
    return rendered(VagueDate(edtf, first, last, "", text).as_api())


@lru_cache(_MOST)
def number_written(low: Any, high: Any, approximate: Any, text: str) -> Any:
    """A number as it is written."""
    if low is None and high is None and not approximate and not text:
        return None
    return rendered(VagueNumber(low, high, bool(approximate), text).as_api())


@lru_cache(_MOST)
def _money_written(low: Any, high: Any, approximate: Any, text: str, currency: str, basis: str) -> Any:
    if low is None and high is None and not approximate and not text:
        return None
    return rendered(Money(low, high, bool(approximate), text, currency=currency, basis=basis).as_api())


_NUMBER = ("low", "high", "approximate", "text")
#: The columns of each kind of value, and what writes them.
_PARTS: Mapping[type, tuple[tuple[str, ...], Callable[..., Any]]] = {
    DateGroup: (("edtf", "earliest", "latest", "text"), date_written),
    NumberGroup: (_NUMBER, number_written),
    MoneyGroup: ((*_NUMBER, "currency", "basis"), _money_written),
}
