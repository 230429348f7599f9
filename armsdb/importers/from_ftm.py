"""FollowTheMoney: entities as JSON lines, changes of them, or single statements as CSV.

Records are made only of those who stand in a sanction, an ownership or a directorship: who is merely in the file may
be a private person. Of people only the names are taken, and the posts that directorships give.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from armsdb import actions
from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import VagueNumber
from armsdb.lib.text import storable
from armsdb.lib.vocab import AliasKind, OrganisationKind, SanctionKind, Terms
from armsdb.models import Fact, Ownership, Role, Sanction
from armsdb.models.base import fit_to_print

from .base import Register
from .bodies import Body, Name, is_name, script
from .datasets import About
from .files import File, FileRefused
from .keyed import KeyedTable
from .refusals import Record, Refused
from .tables import Faulty, Header, Layout, Note, find_header, records
from .who import Who

_LAYOUT = Layout("ftm", ("entity",))
_STATEMENTS = {"canonical_id", "prop", "schema", "value"}
_KINDS = {
    "Company": OrganisationKind.COMPANY,
    "Organization": OrganisationKind.NOT_STATED,
    "LegalEntity": OrganisationKind.NOT_STATED,
    "PublicBody": OrganisationKind.GOVERNMENT_BODY,
}
_PERSON = "Person"
_LINKS: dict[str, type[Fact]] = {"Sanction": Sanction, "Ownership": Ownership, "Directorship": Role}
_NUMBERS = {"innCode": "inn", "ogrnCode": "ogrn", "leiCode": "lei", "wikidataId": "wikidata"}
_DAY = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:[T ].*)?")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%?")


def recognise(file: File) -> Register:
    """The entities that a file holds; FileRefused says what is wrong with one that has none."""
    first = "" if file.no_text else next((text for _line, text in file.read() if text.strip()), "")
    entities = _Entities(file)
    if first.lstrip("\ufeff ").startswith("{"):
        entities.read_lines()
    elif {cell.strip() for cell in next(csv.reader([first.lstrip("\ufeff")]), [])} >= _STATEMENTS:
        entities.read_statements()
    elif (header := find_header(file, [_LAYOUT])) is not None:
        entities.read_table(header)
    else:
        raise FileRefused(f"{file.path.name} has neither entities as JSON lines nor statements.")
    first_section, *others = (LinkTable(file, entities, schema) for schema in _LINKS)
    first_section.others = others
    return first_section


class _Entities:
    """What a file holds: its links with their lines, and those whom they may link."""

    def __init__(self, file: File) -> None:
        self.file = file
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
            if isinstance(record, Record):
                self._take(record.line, record.cells[0])

    def read_statements(self) -> None:
        """Read a value a row, and put the entities together."""
        with self.file.path.open(encoding=self.file.encoding, newline="") as stream:
            found: dict[str, tuple[int, dict[str, Any]]] = {}
            for number, row in enumerate(csv.DictReader(stream), start=2):
                made: dict[str, Any] = {"id": row["canonical_id"], "schema": row["schema"], "properties": {}}
                _line, entity = found.setdefault(row["canonical_id"], (number, made))
                if row["prop"] != "id":
                    entity["properties"].setdefault(row["prop"], []).append(row["value"])
        for line, entity in found.values():
            self._take(line, json.dumps(entity, ensure_ascii=False))

    def _take(self, line: int, text: str) -> None:
        try:
            told = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            self.faulty.append(Faulty(Record(line, [text]), "The line is no sound JSON."))
            return
        if isinstance(told, dict) and "op" in told:
            if told["op"] == "DEL":
                self.notes.append((line, "An entity that was deleted is left as it is."))
                return
            told = told.get("entity")
        sound = isinstance(told, dict) and all(isinstance(told.get(name), str) for name in ("id", "schema"))
        if not sound or not isinstance(told.get("properties"), dict) or not storable(text):
            self.faulty.append(Faulty(Record(line, [text]), "It is no entity with id, schema and properties."))
            return
        if told["schema"] in _LINKS:
            self.links.append((line, told))
        elif told["schema"] == _PERSON or told["schema"] in _KINDS:
            self.bodies[told["id"]] = told
            self.former |= dict.fromkeys(_texts(told.get("referents")), told["id"])

    def body(self, public_id: str) -> Body | None:
        """An organisation or a person of the file, by its id or a former one."""
        told = self.bodies.get(public_id) or self.bodies.get(self.former.get(public_id, ""))
        if told is None:
            return None
        properties = told["properties"]
        named = [name for name in _texts(properties.get("name")) if is_name(name)]
        if not named:
            return None
        caption = told.get("caption")
        name = caption if caption in named else named[0]
        person = told["schema"] == _PERSON
        others = [Name(other, script(other)) for other in (*named, *_texts(properties.get("alias"))) if other != name]
        others += [Name(other, AliasKind.WEAK) for other in _texts(properties.get("weakAlias"))]
        others += [Name(other, AliasKind.FORMER) for other in _texts(properties.get("previousName"))]
        ids = [told["id"], *_texts(told.get("referents"))]
        numbers = [("ftm", value) for value in ids if len(value) <= 120]
        for column, scheme in _NUMBERS.items():
            if not person or scheme == "wikidata":
                numbers += [(scheme, value) for value in _texts(properties.get(column)) if len(value) <= 120]
        kind = _KINDS.get(told["schema"], OrganisationKind.NOT_STATED)
        return Body(name, person, kind, tuple(others), tuple(dict.fromkeys(numbers)))


class LinkTable(KeyedTable):
    """The links of one kind: sanctions, ownerships or directorships."""

    layout = _LAYOUT
    about = About(
        slug="ftm",
        name="Entities in FollowTheMoney",
        publisher=None,
        licence="Not stated in the file",
        terms=Terms.CLOSED,
        summary="Sanctions, ownerships and directorships from a file in the form of FollowTheMoney.",
        source="A file in the form of FollowTheMoney",
    )
    fields = ("entity",)

    def __init__(self, file: File, entities: _Entities, schema: str) -> None:
        super().__init__(file, Header(_LAYOUT, 1, [], ",", True, 1, (0,), ("entity",)))
        self.schema, self.entities = schema, entities
        self.kind = _LINKS[schema]
        self.edition = actions.Edition(label=f"file {file.sha256[:8]}")
        self._links = {line: told for line, told in entities.links if told["schema"] == schema}
        if schema == next(iter(_LINKS)):
            left_out = (
                "Who is in no sanction, ownership or directorship is left out, and of people all but names and posts."
            )
            self.notes = [(1, left_out), *entities.notes]

    def records(self) -> Iterator[Record | Faulty | Note]:
        if self.schema == next(iter(_LINKS)):
            yield from self.entities.faulty
        for line, told in self._links.items():
            yield Record(line, [json.dumps(told, ensure_ascii=False)])

    def key(self, record: Record, who: Who) -> str:
        """The id of the link."""
        found: str = self._links[record.line]["id"]
        if not 0 < len(found) <= 80:
            raise Refused("entity", found, "An id has 1 to 80 letters.")
        return found

    def rows(self, group: list[Record], who: Who, warn: Callable[[int, str], None]) -> list[actions.Row]:
        if len(group) > 1:
            raise Refused("entity", self.key(group[0], who), "There is more than one entity of this id.")
        told = self._links[group[0].line]
        make = {"Sanction": self._sanction, "Ownership": self._ownership, "Directorship": self._role}[self.schema]
        values, parts, why_not = make(told["properties"], who)
        if why_not:
            warn(group[0].line, f"{self.schema} {told['id'][:40]} is left out: {why_not}.")
            return []
        key = self.key(group[0], who)
        return [actions.Row(key, f"{self.schema} {key}"[:60], values, parts)]

    def _end(self, properties: dict[str, Any], name: str) -> Body | None:
        return next((body for one in _texts(properties.get(name)) if (body := self.entities.body(one))), None)

    def _sanction(self, properties: dict[str, Any], who: Who) -> tuple[dict[str, Any], dict[str, Any], str]:
        body = self._end(properties, "entity")
        if body is None:
            return {}, {}, "the file does not have whom it is aimed at, or that is neither organisation nor person"
        entity = who.bodies.find(body)
        authority = (_texts(properties.get("authority")) or [""])[0][:200]
        values = {
            "name": fit_to_print(f"{body.name}, sanctioned by {authority or 'an authority that is not named'}"),
            "kind": SanctionKind.SANCTIONS,
            "statement": f"{body.name} is under sanctions of {authority or 'an authority that is not named'}.",
            "imposed_by_as_stated": authority,
            "imposed": self._date(properties, "listingDate") or self._date(properties, "startDate"),
            "ended": self._date(properties, "endDate"),
            "programme": "; ".join(_texts(properties.get("program")))[:200],
        }
        return values, {"targets": [{entity.TYPE: entity}]}, ""

    def _ownership(self, properties: dict[str, Any], who: Who) -> tuple[dict[str, Any], dict[str, Any], str]:
        owner, asset = self._end(properties, "owner"), self._end(properties, "asset")
        if owner is None or asset is None:
            return {}, {}, "the file does not have both ends"
        if owner.is_person or asset.is_person:
            return {}, {}, "one end is a person, and ownerships are of organisations"
        parent, child = who.bodies.find(owner), who.bodies.find(asset)
        if parent.pk == child.pk:
            return {}, {}, "both ends are one organisation"
        values = {
            "parent": parent,
            "child": child,
            "share": self._share(properties),
            "period": self._period(properties),
        }
        return values, {}, ""

    def _role(self, properties: dict[str, Any], who: Who) -> tuple[dict[str, Any], dict[str, Any], str]:
        director, of = self._end(properties, "director"), self._end(properties, "organization")
        if director is None or of is None:
            return {}, {}, "the file does not have both ends"
        if not director.is_person or of.is_person:
            return {}, {}, "it is not of a person in an organisation"
        title = (_texts(properties.get("role")) or ["Director"])[0][:200]
        values = {
            "person": who.bodies.find(director),
            "title": title,
            "of_organisation": who.bodies.find(of),
            "period": self._period(properties),
        }
        return values, {}, ""

    def _share(self, properties: dict[str, Any]) -> VagueNumber | None:
        text = (_texts(properties.get("percentage")) or [""])[0]
        if not text:
            return None
        found = _SHARE.fullmatch(text)
        if found is None or Decimal(found[1]) > 100:
            return VagueNumber(text=text[:200])
        return VagueNumber(Decimal(found[1]), Decimal(found[1]))

    def _date(self, properties: dict[str, Any], name: str) -> VagueDate | None:
        """The first of the dates that are told."""
        texts = sorted(_texts(properties.get(name)))
        if not texts:
            return None
        found = _DAY.fullmatch(texts[0])
        try:
            return dates.parse(found[1] if found else texts[0])
        except dates.DateError as error:
            raise Refused("entity", texts[0], f"{name} is no date such as 2001, 2001-02 or 2001-02-23.") from error

    def _period(self, properties: dict[str, Any]) -> VagueDate | None:
        begun, ended = self._date(properties, "startDate"), self._date(properties, "endDate")
        if begun is None and ended is None:
            return None
        told = f"{begun.edtf if begun else '..'}/{ended.edtf if ended else '..'}"
        try:
            return dates.parse(told)
        except dates.DateError as error:
            raise Refused("entity", told, "It ends before it begins.") from error


def _texts(value: Any) -> list[str]:
    """The texts of a property, each once."""
    listed = value if isinstance(value, list) else []
    return list(dict.fromkeys(text.strip() for text in listed if isinstance(text, str) and text.strip()))
