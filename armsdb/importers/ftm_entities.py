"""Entities of FollowTheMoney as files tell them: as JSON lines, as changes of them, or as statements in a table."""

import json
from collections.abc import Container, Iterator
from typing import Any

from armsdb.lib.text import storable
from armsdb.lib.vocab import AliasKind, OrganisationKind

from .bodies import Body, Name, is_name, script
from .files import File
from .refusals import Record
from .tables import Faulty, Header, Layout, Note, records

LAYOUT = Layout("ftm", ("entity",))
STATEMENTS = Layout(
    "ftm-statements",
    ("canonical_id", "schema", "prop", "value"),
    unread=frozenset(
        {
            "id",
            "entity_id",
            "prop_type",
            "dataset",
            "lang",
            "original_value",
            "origin",
            "external",
            "target",
            "first_seen",
            "last_seen",
        }
    ),
)
_KINDS = {
    "Company": OrganisationKind.COMPANY,
    "Organization": OrganisationKind.NOT_STATED,
    "LegalEntity": OrganisationKind.NOT_STATED,
    "PublicBody": OrganisationKind.GOVERNMENT_BODY,
}
_PERSON = "Person"
_NUMBERS = {"innCode": "inn", "ogrnCode": "ogrn", "leiCode": "lei", "wikidataId": "wikidata"}


class Entities:
    """What a file holds: its links with their lines, and those whom they may link."""

    def __init__(self, file: File, links: Container[str]) -> None:
        """`links` are the schemas that link others."""
        self.file = file
        self._schemas = links
        self.links: list[tuple[int, dict[str, Any]]] = []
        self.bodies: dict[str, dict[str, Any]] = {}
        self.former: dict[str, str] = {}
        self.faulty: list[Faulty] = []
        self.notes: list[tuple[int, str]] = []

    def read_lines(self) -> None:
        """Read one entity a line, or one change of an entity."""
        for line, text in self.file.read():
            if text.strip():
                self._take(line, text.lstrip("\ufeff"))

    def read_table(self, header: Header) -> None:
        """Read entities that were refused before."""
        for record in records(self.file, header):
            if isinstance(record, Note):
                self._take(record.line, record.text)
            elif isinstance(record, Faulty):
                self.faulty.append(record)
            else:
                self._take(record.line, record.cells[0])

    def read_statements(self, header: Header) -> None:
        """Read a value a row, and put the entities together."""
        found: dict[str, tuple[int, dict[str, Any]]] = {}
        for record in records(self.file, header):
            if isinstance(record, Note):
                self.notes.append((record.line, f"{record.why}, “{record.text[:60]}”, and is taken for no statement."))
            elif isinstance(record, Faulty):
                told = Record(record.record.line, [header.delimiter.join(record.record.cells)])
                self.faulty.append(Faulty(told, record.reason))
            else:
                public_id, schema, name, value = record.cells
                made: dict[str, Any] = {"id": public_id, "schema": schema, "properties": {}}
                _line, entity = found.setdefault(public_id, (record.line, made))
                if name != "id":
                    entity["properties"].setdefault(name, []).append(value)
        for line, entity in found.values():
            self._take(line, json.dumps(entity, ensure_ascii=False))

    def _take(self, line: int, text: str) -> None:
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            self.faulty.append(Faulty(Record(line, [text]), "The line is no sound JSON."))
            return
        if isinstance(told, dict) and "op" in told:
            if told["op"] == "DEL":
                self.notes.append((line, "An entity that was deleted is left as it is."))
                return
            told = told.get("entity")
        sound = isinstance(told, dict) and all(isinstance(told.get(name), str) for name in ("id", "schema"))
        if not sound or not isinstance(told.get("properties"), dict) or not all(map(storable, _strings(told))):
            self.faulty.append(Faulty(Record(line, [text]), "It is no entity with id, schema and properties."))
            return
        if told["schema"] in self._schemas:
            self.links.append((line, told))
        elif told["schema"] == _PERSON or told["schema"] in _KINDS:
            self.bodies[told["id"]] = told
            self.former |= dict.fromkeys(texts(told.get("referents")), told["id"])

    def body(self, public_id: str) -> Body | None:
        """An organisation or a person of the file, by its id or a former one."""
        told = self.bodies.get(public_id) or self.bodies.get(self.former.get(public_id, ""))
        if told is None:
            return None
        properties = told["properties"]
        named = [name for name in texts(properties.get("name")) if is_name(name)]
        if not named:
            return None
        caption = told.get("caption")
        name = caption if caption in named else named[0]
        person = told["schema"] == _PERSON
        others = [Name(other, script(other)) for other in (*named, *texts(properties.get("alias"))) if other != name]
        others += [Name(other, AliasKind.WEAK) for other in texts(properties.get("weakAlias"))]
        others += [Name(other, AliasKind.FORMER) for other in texts(properties.get("previousName"))]
        ids = [told["id"], *texts(told.get("referents"))]
        numbers = [("ftm", value) for value in ids if len(value) <= 120]
        for column, scheme in _NUMBERS.items():
            if not person or scheme == "wikidata":
                numbers += [(scheme, value) for value in texts(properties.get(column)) if len(value) <= 120]
        kind = _KINDS.get(told["schema"], OrganisationKind.NOT_STATED)
        return Body(name, person, kind, tuple(others), tuple(dict.fromkeys(numbers)))


def _strings(value: Any) -> Iterator[str]:
    """Every text inside of a value of JSON, names too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in (*value, *(value.values() if isinstance(value, dict) else ())):
            yield from _strings(inner)


def texts(value: Any) -> list[str]:
    """The texts of a property, each once."""
    listed = value if isinstance(value, list) else []
    return list(dict.fromkeys(text.strip() for text in listed if isinstance(text, str) and text.strip()))
