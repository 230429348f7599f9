"""FollowTheMoney: entities as JSON lines, changes of them, or single statements as CSV.

Records are made only of those who stand in a sanction, an ownership or a directorship: who is merely in the file may
be a private person. Of people only the names are taken, and the posts that directorships give.
"""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from armsdb import actions
from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import VagueNumber
from armsdb.lib.vocab import SanctionKind, Terms
from armsdb.models import Fact, Ownership, Role, Sanction
from armsdb.models.base import fit_to_print

from .base import Register
from .bodies import Body
from .datasets import About
from .files import File, FileRefused
from .ftm_entities import LAYOUT, STATEMENTS, Entities, texts
from .keyed import KeyedTable
from .refusals import Record, Refused
from .tables import Faulty, Header, Note, find_header
from .who import Who

_LINKS: dict[str, type[Fact]] = {"Sanction": Sanction, "Ownership": Ownership, "Directorship": Role}
_DAY = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:[T ].*)?")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%?")


def recognise(file: File) -> Register:
    """The entities that a file holds; FileRefused says what is wrong with one that has none."""
    first = "" if file.no_text else next((text for _line, text in file.read() if text.strip()), "")
    entities = Entities(file, _LINKS)
    if first.lstrip("\ufeff ").startswith("{"):
        entities.read_lines()
    elif (header := None if file.no_text else find_header(file, [LAYOUT, STATEMENTS])) is not None:
        entities.read_statements(header) if header.layout is STATEMENTS else entities.read_table(header)
    else:
        raise FileRefused(file.no_text or f"{file.path.name} has neither entities as JSON lines nor statements.")
    first_section, *others = (LinkTable(file, entities, schema) for schema in _LINKS)
    first_section.others = others
    return first_section


class LinkTable(KeyedTable):
    """The links of one kind: sanctions, ownerships or directorships."""

    layout = LAYOUT
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

    def __init__(self, file: File, entities: Entities, schema: str) -> None:
        super().__init__(file, Header(LAYOUT, 1, [], ",", True, 1, (0,), ("entity",)))
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
        return next((body for one in texts(properties.get(name)) if (body := self.entities.body(one))), None)

    def _sanction(self, properties: dict[str, Any], who: Who) -> tuple[dict[str, Any], dict[str, Any], str]:
        body = self._end(properties, "entity")
        if body is None:
            return {}, {}, "the file does not have whom it is aimed at, or that is neither organisation nor person"
        entity = who.bodies.find(body)
        authority = (texts(properties.get("authority")) or [""])[0][:200]
        values = {
            "name": fit_to_print(f"{body.name}, sanctioned by {authority or 'an authority that is not named'}"),
            "kind": SanctionKind.SANCTIONS,
            "statement": f"{body.name} is under sanctions of {authority or 'an authority that is not named'}.",
            "imposed_by_as_stated": authority,
            "imposed": self._date(properties, "listingDate") or self._date(properties, "startDate"),
            "ended": self._date(properties, "endDate"),
            "programme": "; ".join(texts(properties.get("program")))[:200],
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
        title = (texts(properties.get("role")) or ["Director"])[0][:200]
        values = {
            "person": who.bodies.find(director),
            "title": title,
            "of_organisation": who.bodies.find(of),
            "period": self._period(properties),
        }
        return values, {}, ""

    def _share(self, properties: dict[str, Any]) -> VagueNumber | None:
        text = (texts(properties.get("percentage")) or [""])[0]
        if not text:
            return None
        found = _SHARE.fullmatch(text)
        if found is None or Decimal(found[1]) > 100:
            return VagueNumber(text=text[:200])
        return VagueNumber(Decimal(found[1]), Decimal(found[1]))

    def _date(self, properties: dict[str, Any], name: str) -> VagueDate | None:
        """The first of the dates that are told."""
        told = sorted(texts(properties.get(name)))
        if not told:
            return None
        found = _DAY.fullmatch(told[0])
        try:
            return dates.parse(found[1] if found else told[0])
        except dates.DateError as error:
            raise Refused("entity", told[0], f"{name} is no date such as 2001, 2001-02 or 2001-02-23.") from error

    def _period(self, properties: dict[str, Any]) -> VagueDate | None:
        begun, ended = self._date(properties, "startDate"), self._date(properties, "endDate")
        if begun is None and ended is None:
            return None
        told = f"{begun.edtf if begun else '..'}/{ended.edtf if ended else '..'}"
        try:
            return dates.parse(told)
        except dates.DateError as error:
            raise Refused("entity", told, "It ends before it begins.") from error
