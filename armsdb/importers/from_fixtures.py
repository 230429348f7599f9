"""The seed knowledge base: YAML files of `fixtures/`, one a kind (fixtures/README.md has their form)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
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
    FormerId,
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

from .fixture_files import FixtureError, listed, read, referred_first

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
#: The key by which records of a file name others of the same file.
REFERRING = {"equipment": "family", "sources": "via", "transfers": "returns"}
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


def load(folder: Path) -> Counter[str]:
    """Write every record of a folder of fixtures, all or nothing; count what was new, changed, the same, left alone.

    Records and citations that were withdrawn or merged since are left alone: that was somebody's decision.
    """
    rows = {name: read(folder / f"{name}.yaml") for name in FILES}
    counts: Counter[str] = Counter()
    with actions.gathered():
        writer = _Writer(counts)
        for name, model in FILES.items():
            for row in referred_first(name, rows[name], REFERRING.get(name)):
                writer.write(name, model, row)
            if name == "sources":
                writer.write_names(rows)  # names are met in sources, and sources name publishers
        writer.write_overlaps(rows["transfers"])
    return counts


@contextmanager
def _telling(place: str) -> Iterator[None]:
    """Say in which file and record something is wrong."""
    try:
        yield
    except ValidationError as error:
        raise FixtureError(f"{place}: {'; '.join(_sentences(error))}") from error
    except KeyError as error:
        raise FixtureError(f"{place}: the key {error} is missing.") from error
    except (ValueError, TypeError, FieldDoesNotExist) as error:
        raise FixtureError(f"{place}: {error}") from error


class _Writer:
    """Writes fixtures through the actions; names records by their public ids."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts
        self.records: dict[tuple[type[Record], str], Record] = {}
        self.left_alone: set[tuple[type[Record], str]] = set()

    def write(self, name: str, model: type[Record], row: Mapping[str, Any]) -> None:
        """Write one record with its parts and citations, and publish it."""
        known = _now(model, row["id"])
        if known is not None and known.state in {State.WITHDRAWN, State.MERGED}:
            self.left_alone.add((model, row["id"]))
            self.counts["left alone"] += 1
            return
        with _telling(f"{name}.yaml, {row['id']}"):
            public_id = known.public_id if known is not None else row["id"]
            values, parts, citations = self._map(name, model, row)
            record, outcome = actions.put(model=model, public_id=public_id, values=values, parts=parts, reason=REASON)
            cited = self._cite(record, citations)
            if record.state == State.DRAFT:
                record = actions.publish(record=record, reason=REASON)
        self.records[model, row["id"]] = record
        changed = outcome == actions.Outcome.SAME and any(other != actions.Outcome.SAME for other in cited)
        self.counts["changed" if changed else str(outcome)] += 1

    def _cite(self, record: Any, rows: list[Mapping[str, Any]]) -> list[actions.Outcome]:
        """Write the citations of a fact but for those that were taken back since."""
        told = [self._citation(row) for row in rows]
        repeated = [number for number, times in Counter(number for number, _ in told).items() if times > 1]
        if repeated:
            raise ValueError(f"there are two citations with the number {repeated[0]}.")
        if not told:
            return []
        gone = {f"{record.public_id}-c{number}" for number, _ in told}
        gone &= set(record.citations.exclude(state=State.PUBLISHED).values_list("public_id", flat=True))
        kept = {number: values for number, values in told if f"{record.public_id}-c{number}" not in gone}
        return [outcome for _, outcome in actions.cite_all(fact=record, rows=kept, reason=REASON)]

    def _map(self, name: str, model: type[Record], row: Mapping[str, Any]) -> tuple[dict, dict, list]:
        values: dict[str, Any] = {}
        parts: dict[str, list] = {}
        for key, value in row.items():
            if key in {"id", "citations", "may_overlap", "aliases"}:
                continue
            if key in PARTS:
                parts[key] = [self._part(key, item) for item in listed(key, value)]
            else:
                column = RENAMED.get(key, {}).get(name, key)
                values[column] = self._value(model, column, value)
        for column in self._unnamed(model, values):
            values[column] = self._empty(model, column)
        if issubclass(model, Fact):
            values |= {"dataset": self.find(Dataset, DATASET), "key": row["id"].removeprefix(f"{DATASET}-").upper()}
        # Names are written later, by write_names; identifiers are nobody's but the desk's.
        others = actions.PARTS.get(model, {}).keys() - {"aliases", "identifiers"} - parts.keys()
        parts |= {key: [] for key in others}
        return values, parts, listed("citations", row.get("citations"))

    @staticmethod
    def _unnamed(model: type[models.Model], values: Mapping[str, Any]) -> Iterator[str]:
        """Columns and groups that a fixture could name and does not: they are empty or at their default."""
        groups = {name for name in dir(model) if isinstance(getattr(model, name, None), ValueGroup)}
        yield from groups - values.keys()
        inside = tuple(f"{group}_" for group in groups)
        kept = {"id", "public_id", "name", "dataset", "key", "import_run", "fingerprint", "created", "updated"}
        for field in model._meta.concrete_fields:
            fixed = field.name in kept or field.name.startswith(("state", "merged", *inside)) or not field.editable
            if not fixed and field.name not in values:
                yield field.name

    @staticmethod
    def _empty(model: type[models.Model], column: str) -> Any:
        if isinstance(getattr(model, column, None), ValueGroup):
            return None
        field: Any = model._meta.get_field(column)
        return field.get_default()

    def _value(self, model: type[models.Model], column: str, value: Any) -> Any:
        if isinstance(getattr(model, column, None), ValueGroup):
            return value
        field: Any = model._meta.get_field(column)
        if field.is_relation:
            return self.find(field.related_model, value) if value else None
        return field.get_default() if value is None else value

    def _part(self, key: str, item: Any) -> dict[str, Any]:
        if key == "successors":
            return {"successor": self.find(Country, item)}
        if not isinstance(item, Mapping):
            raise ValueError(f"{key} is a list of mappings.")
        return {name: self.find(_KINDS[name], value) if name in _KINDS else value for name, value in item.items()}

    def _citation(self, row: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """The number and the values of one citation."""
        if not isinstance(row, Mapping) or type(row["n"]) is not int:
            raise ValueError("a citation is a mapping with a whole number n.")
        values = {key: self._value(Citation, key, value) for key, value in row.items() if key != "n"}
        empty = {name: self._empty(Citation, name) for name in self._unnamed(Citation, values) if name not in CITABLE}
        return row["n"], values | empty

    def write_names(self, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Write the other names of entities: they may name sources, which name entities."""
        for name in ("countries", "organisations", "people", "equipment"):
            for row in rows[name]:
                if (FILES[name], row["id"]) in self.left_alone:
                    continue
                record = self.records[FILES[name], row["id"]]
                with _telling(f"{name}.yaml, {row['id']}"):
                    aliases = [self._alias(alias) for alias in listed("aliases", row.get("aliases"))]
                    _, outcome = actions.put(
                        model=FILES[name],
                        public_id=record.public_id,
                        values={},
                        parts={"aliases": aliases},
                        reason=REASON,
                    )
                self.counts["names changed"] += outcome != actions.Outcome.SAME

    def _alias(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {RENAMED.get(key, {}).get("aliases", key): value for key, value in self._part("aliases", row).items()}

    def write_overlaps(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write which transfers may tell of one shipment; one of the two says so."""
        pairs = []
        for row in rows:
            with _telling(f"transfers.yaml, {row['id']}"):
                one = self.find(Transfer, row["id"])
                others = [self.find(Transfer, other) for other in listed("may_overlap", row.get("may_overlap"))]
                if one in others:
                    raise ValueError("a transfer does not overlap itself.")
                pairs += [(one, other) for other in others]
        among = [record for record in self.records.values() if isinstance(record, Transfer)]
        self.counts["overlaps changed"] = actions.keep_overlaps(among=among, pairs=pairs, reason=REASON)

    def find(self, model: type[Record], public_id: str) -> Any:
        """The record of this id, or the one that it was merged into; FixtureError where there is none."""
        if (model, public_id) not in self.records:
            record = _now(model, public_id)
            while record is not None and record.state == State.MERGED:
                record = record.merged_into
            if record is None:
                raise FixtureError(f"there is no {model._meta.verbose_name} with the id {public_id}.")
            self.records[model, public_id] = record
        return self.records[model, public_id]


def _now(model: type[Record], public_id: str) -> Record | None:
    """The record that has this id, or had it before it was renamed."""
    record = model.objects.filter(public_id=public_id).first()
    if record is None:
        former = FormerId.objects.filter(type=model.TYPE, former=public_id).first()
        record = model.objects.filter(public_id=former.current).first() if former else None
    return record


def _sentences(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()]
    return list(error.messages)
