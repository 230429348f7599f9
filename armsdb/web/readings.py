"""The values that passages give to fields of a fact, written out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from armsdb.models import Country, Fact, FormerId, Organisation, Person, Record
from armsdb.models.field_words import NAMES, ROWS, in_words

#: The records that a row of a passage can name.
_IN_ROWS: dict[str, type[Record]] = {
    "company": Organisation,
    "organisation": Organisation,
    "country": Country,
    "person": Person,
}


class Readings:
    """What some passages tell of facts of one kind, each by field as in `reported`.

    Costs one query for each kind of record that they name; what is not published has no words.
    """

    def __init__(self, kind: type[Fact], told: Iterable[Mapping[str, Any]]) -> None:
        self.kind = kind
        self.told = list(told)

    def value(self, reported: Mapping[str, Any], field: str) -> Any:
        """The value of a field that is no list of rows, as a fact would have it."""
        return getattr(self._reading(reported, field), field)

    def words(self, reported: Mapping[str, Any], field: str) -> str:
        """The value of a field written out; empty where the passage says that there is none."""
        if field in ROWS:
            named = (self._named.get(reference) for reference in _in_rows(reported[field]))
            return ", ".join(str(record) for record in named if record)
        return in_words(self._reading(reported, field), field)

    def _reading(self, reported: Mapping[str, Any], field: str) -> Fact:
        """A fact with this field alone, never to be saved."""
        reading = self.kind()
        model = self._model_of(field)
        setattr(reading, field, self._named.get((model, _id(reported[field]))) if model else reported[field])
        return reading

    @cached_property
    def _named(self) -> dict[tuple[type[Record], str], Record]:
        """The published records that passages name in the place of those of the fact, by kind and id."""
        asked: dict[type[Record], set[str]] = {}
        for model, public_id in self._references():
            asked.setdefault(model, set()).add(public_id)
        found: dict[tuple[type[Record], str], Record] = {}
        for model, ids in asked.items():
            published = model._default_manager.published()
            found |= {(model, record.public_id): record for record in published.filter(public_id__in=ids)}
            renamed = [public_id for public_id in ids if (model, public_id) not in found]
            for row in FormerId.objects.filter(type=model.TYPE, former__in=renamed):
                record = published.filter(public_id=row.current).first()
                if record is not None:
                    found[model, row.former] = record
        return found

    def _references(self) -> Iterator[tuple[type[Record], str]]:
        for reported in self.told:
            for field, value in reported.items():
                if field in ROWS:
                    yield from _in_rows(value)
                elif value and field in NAMES and (model := self._model_of(field)):
                    yield model, _id(value)

    def _model_of(self, field: str) -> type[Record] | None:
        """The kind of record that a field refers to; None for fields that hold a value."""
        columns: dict[str, Any] = {column.name: column for column in self.kind._meta.concrete_fields}
        return columns[field].related_model if field in columns and columns[field].is_relation else None


def _in_rows(rows: Any) -> Iterator[tuple[type[Record], str]]:
    for row in rows or ():
        yield from ((model, _id(row[key])) for key, model in _IN_ROWS.items() if key in row)


def _id(value: Any) -> str:
    """The id of a record that a passage names: alone, or in a reference as the API writes it."""
    return str(value["id"] if isinstance(value, dict) and "id" in value else value)
