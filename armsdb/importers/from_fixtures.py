"""The seed knowledge base: YAML files of `fixtures/`, one a kind (fixtures/README.md has their form)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models

from armsdb import actions
from armsdb.lib.vocab import State
from armsdb.models import (
    CITABLE,
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    Fact,
    Figure,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    Source,
    Transfer,
)
from armsdb.models.values import ValueGroup

DATASET = "articles"
REASON = "From the seed knowledge base."

#: The files in the order in which they are written; later ones name records of earlier ones.
FILES: dict[str, type[Record]] = {
    "countries": Country,
    "organisations": Organisation,
    "people": Person,
    "equipment": Equipment,
    "datasets": Dataset,
    "sources": Source,
    "ownerships": Ownership,
    "roles": Role,
    "sanctions": Sanction,
    "events": Event,
    "figures": Figure,
    "transfers": Transfer,
}
#: How a key of a file is called in the model, where the words differ.
RENAMED = {"title": {"sources": "name"}, "from": {"aliases": "from_year"}, "until": {"aliases": "until_year"}}
#: Keys that are rows of their own.
PARTS = {"aliases", "successors", "companies", "deliveries", "about", "imposed_by", "targets", "participants"}
_KINDS: dict[str, type[Record]] = {
    "country": Country,
    "organisation": Organisation,
    "person": Person,
    "equipment": Equipment,
    "company": Organisation,
    "successor": Country,
    "source": Source,
}


class FixtureError(ValueError):
    """What is wrong with the fixtures, with the file and the record that it stands in."""


def load(folder: Path) -> Counter[str]:
    """Write every record of a folder of fixtures, all or nothing; count what was new, changed, the same, left alone.

    Records that were withdrawn or merged since are left alone: that was somebody's decision.
    """
    rows = {name: _read(folder / f"{name}.yaml") for name in FILES}
    counts: Counter[str] = Counter()
    with actions.gathered():
        writer = _Writer(counts)
        for name, model in FILES.items():
            for row in _referred_first(name, rows[name]):
                writer.write(name, model, row)
            if name == "sources":
                writer.write_names(rows)  # names are met in sources, and sources name publishers
        writer.write_overlaps(rows["transfers"])
    return counts


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FixtureError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("id") for row in rows):
        raise FixtureError(f"{path.name} is not a list of records with ids.")
    repeated = [public_id for public_id, times in Counter(row["id"] for row in rows).items() if times > 1]
    if repeated:
        raise FixtureError(f"{path.name} has the id {repeated[0]} more than once.")
    return rows


def _referred_first(name: str, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of a file, each after those of the same file that it refers to."""
    own_reference = {"equipment": "family", "sources": "via", "transfers": "returns"}.get(name)
    waiting = {row["id"]: row for row in rows}
    while waiting:
        ready = [row for row in waiting.values() if own_reference is None or row.get(own_reference) not in waiting]
        if not ready:
            raise FixtureError(f"{name}.yaml: {', '.join(sorted(waiting))} refer to each other in a circle.")
        for row in ready:
            yield waiting.pop(row["id"])


class _Writer:
    """Writes fixtures through the actions; names records by their public ids."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts
        self.records: dict[tuple[type[Record], str], Record] = {}

    def write(self, name: str, model: type[Record], row: Mapping[str, Any]) -> None:
        """Write one record with its parts and citations, and publish it."""
        place = f"{name}.yaml, {row['id']}"
        try:
            values, parts, citations = self._map(name, model, row)
            record, outcome = actions.put(model=model, public_id=row["id"], values=values, parts=parts, reason=REASON)
            if record.state in {State.WITHDRAWN, State.MERGED}:
                self.counts["left alone"] += 1
                return
            cited = actions.cite_all(fact=record, rows=dict(map(self._citation, citations)), reason=REASON) if citations else []
            if record.state == State.DRAFT:
                record = actions.publish(record=record, reason=REASON)
        except ValidationError as error:
            raise FixtureError(f"{place}: {'; '.join(_sentences(error))}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise FixtureError(f"{place}: {error}") from error
        self.records[model, row["id"]] = record
        changed = outcome == "same" and any(other != "same" for _, other in cited)
        self.counts["changed" if changed else str(outcome)] += 1

    def _map(self, name: str, model: type[Record], row: Mapping[str, Any]) -> tuple[dict, dict, list]:
        values: dict[str, Any] = {}
        parts: dict[str, list] = {}
        for key, value in row.items():
            if key in {"id", "citations", "may_overlap", "aliases"}:
                continue
            if key in PARTS:
                parts[key] = [self._part(key, item) for item in value or []]
            else:
                column = RENAMED.get(key, {}).get(name, key)
                values[column] = self._value(model, column, value)
        for column in self._unnamed(model, values):
            values[column] = self._empty(model, column)
        if issubclass(model, Fact):
            values |= {"dataset": self.find(Dataset, DATASET), "key": row["id"].removeprefix(f"{DATASET}-").upper()}
        return values, parts, row.get("citations") or []

    @staticmethod
    def _unnamed(model: type[models.Model], values: Mapping[str, Any]) -> Iterator[str]:
        """Columns and groups that a fixture could name and does not: they are empty or at their default."""
        groups = {name for name in dir(model) if isinstance(getattr(model, name, None), ValueGroup)}
        yield from groups - values.keys()
        inside = tuple(f"{group}_" for group in groups)
        kept = {"id", "public_id", "name", "dataset", "key", "import_run", "created", "updated"}
        for field in model._meta.concrete_fields:
            fixed = field.name in kept or field.name.startswith(("state", "merged", *inside)) or not field.editable
            if not fixed and field.name not in values:
                yield field.name

    @staticmethod
    def _empty(model: type[models.Model], column: str) -> Any:
        if isinstance(getattr(model, column, None), ValueGroup):
            return None
        return model._meta.get_field(column).get_default()

    def _value(self, model: type[models.Model], column: str, value: Any) -> Any:
        if isinstance(getattr(model, column, None), ValueGroup):
            return value
        field = model._meta.get_field(column)
        if field.is_relation:
            return self.find(field.related_model, value) if value else None
        return field.get_default() if value is None else value

    def _part(self, key: str, item: Any) -> dict[str, Any]:
        if key == "successors":
            return {"successor": self.find(Country, item)}
        return {name: self.find(_KINDS[name], value) if name in _KINDS else value for name, value in item.items()}

    def _citation(self, row: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """The number and the values of one citation."""
        values = {key: self._value(Citation, key, value) for key, value in row.items() if key != "n"}
        empty = {name: self._empty(Citation, name) for name in self._unnamed(Citation, values) if name not in CITABLE}
        return row["n"], values | empty

    def write_names(self, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Write the other names of entities: they may name sources, which name entities."""
        for name in ("countries", "organisations", "people", "equipment"):
            for row in rows[name]:
                aliases = [
                    {
                        RENAMED.get(key, {}).get("aliases", key): value
                        for key, value in self._part("aliases", alias).items()
                    }
                    for alias in row.get("aliases") or []
                ]
                try:
                    _, outcome = actions.put(
                        model=FILES[name], public_id=row["id"], values={}, parts={"aliases": aliases}, reason=REASON
                    )
                except ValidationError as error:
                    raise FixtureError(f"{name}.yaml, {row['id']}: {'; '.join(_sentences(error))}") from error
                self.counts["names changed"] += outcome != "same"

    def write_overlaps(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write which transfers may tell of one shipment; one of the two says so."""
        pairs = [
            (self.find(Transfer, row["id"]), self.find(Transfer, other))
            for row in rows
            for other in row.get("may_overlap") or []
        ]
        among = [record for (model, _), record in self.records.items() if model is Transfer]
        self.counts["overlaps changed"] = actions.keep_overlaps(among=among, pairs=pairs, reason=REASON)

    def find(self, model: type[Record], public_id: str) -> Any:
        """The record of this id; FixtureError where there is none."""
        if (model, public_id) not in self.records:
            record = model.objects.filter(public_id=public_id).first()
            if record is None:
                raise FixtureError(f"there is no {model._meta.verbose_name} with the id {public_id}.")
            self.records[model, public_id] = record
        return self.records[model, public_id]


def _sentences(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()]
    return list(error.messages)
