"""Organisations and people as registers name them: one record each, by number, else by whole name, else a new one.

Nothing is one record by likeness. Two that a register numbers differently are two, whatever they are called; and
somebody whom only an import knows by name is nobody else of that name.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from armsdb import actions
from armsdb.lib import names
from armsdb.lib.vocab import AliasKind, OrganisationKind, State
from armsdb.models import Identifier, Organisation, Person

#: Letters of the longest name that a record keeps.
LONGEST_NAME = 200
#: Names by which nobody is known for certain: others share them.
_UNSURE = {AliasKind.WEAK, AliasKind.ACRONYM, AliasKind.MISSPELLING}


@dataclass(frozen=True, slots=True)
class Name:
    """Another name, its kind, and the language of one that is not English."""

    text: str
    kind: AliasKind = AliasKind.OTHER
    language: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation, or a person, as a register tells of one; its numbers are pairs of scheme and value.

    Kind and country are those of a new record; one that is there keeps its own.
    """

    name: str
    is_person: bool = False
    kind: OrganisationKind = OrganisationKind.NOT_STATED
    others: tuple[Name, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    country: Any = None


def script(text: str) -> AliasKind:
    """Whether a name is written in a script of its own."""
    foreign = any(sign.isalpha() and not unicodedata.name(sign, "LATIN").startswith("LATIN") for sign in text)
    return AliasKind.NATIVE if foreign else AliasKind.OTHER


def is_name(text: str) -> bool:
    """Whether a text can be kept as a name: it has a letter or a digit, and at most 200 characters."""
    return bool(names.key(text)) and len(text) <= LONGEST_NAME


class Bodies:
    """The records of organisations and people, found or made; what was made and added is there after `Who.write`."""

    def __init__(self, *, organisations: actions.Maker, people: actions.Maker) -> None:
        self._makers: dict[type, actions.Maker] = {Organisation: organisations, Person: people}
        self._by_name: dict[tuple[type, str], list[Any]] = {}
        self._by_number: dict[tuple[str, str], Any] = {}
        self._numbers: dict[tuple[type, int], set[tuple[str, str]]] = {}
        self._known: dict[tuple[type, int], Any] = {}
        self._made: dict[str, Any] = {}
        #: Numbers that some record has already, be it one that was withdrawn: no other can have them.
        self._taken = set(Identifier.objects.values_list("scheme", "value"))
        for kind in (Organisation, Person):
            rows = kind.objects.filter(state__in=[State.PUBLISHED, State.MERGED])
            for entity in rows.prefetch_related("aliases", "identifiers").order_by("pk"):
                self._known[kind, entity.pk] = entity
        for entity in self._known.values():
            now = self._now(entity)
            if now is not None:
                self._learn(now, entity)

    def _learn(self, entity: Any, called: Any) -> None:
        """Remember the numbers of a record or of one merged into it, and the names that it goes by for certain."""
        kind = type(entity)
        for row in called.identifiers.all():
            self._by_number[row.scheme, row.value] = entity
            self._numbers.setdefault((kind, entity.pk), set()).add((row.scheme, row.value))
        if kind is Person and entity.unmatched:
            return
        sure = [called.name, *(row.name for row in called.aliases.all() if row.kind not in _UNSURE)]
        for key in {names.key(name) for name in sure}:
            called_so = self._by_name.setdefault((kind, key), [])
            if entity not in called_so:
                called_so.append(entity)

    def _now(self, entity: Any) -> Any:
        """The record that an entity is today: itself, or the one that it was merged into; None where that is gone."""
        while entity is not None and entity.merged_into_id is not None:
            entity = self._known.get((type(entity), entity.merged_into_id))
        return entity

    def find(self, body: Body, before: Any = None) -> Any:
        """The record of a body; `before` is the one that its row had until now."""
        kind = Person if body.is_person else Organisation
        by_number = [self._by_number[pair] for pair in body.numbers if pair in self._by_number]
        found = next((entity for entity in by_number if type(entity) is kind), None)
        if found is None and before is not None and type(before) is kind and (kind, before.pk) in self._known:
            found = self._now(self._known[kind, before.pk])
        found = found or self._by_whole_name(kind, body)
        numbers = [pair for pair in dict.fromkeys(body.numbers) if pair not in self._taken]
        if found is None:
            columns = {} if body.is_person else {"kind": body.kind, "country": body.country}
            found = self._makers[kind].make(name=body.name, unmatched=True, **columns)
            self._known[kind, found.pk] = found
            if kind is Organisation:
                self._made[names.key(body.name)] = found
                self._by_name.setdefault((kind, names.key(body.name)), []).append(found)
        self._add(found, body, numbers)
        return found

    def _by_whole_name(self, kind: type, body: Body) -> Any:
        """The one record that goes by this name and has no other number where the register gives one."""
        key = names.key(body.name)
        fitting = [one for one in self._by_name.get((kind, key), []) if not self._is_another(one, body)]
        if len(fitting) > 1:  # that which this import made for the name, else that whose own name it is
            made = self._made.get(key)
            fitting = [made] if made in fitting else [one for one in fitting if one.name_key == key]
        return fitting[0] if len(fitting) == 1 else None

    def _is_another(self, entity: Any, body: Body) -> bool:
        own = self._numbers.get((type(entity), entity.pk), set())
        schemes = {scheme for scheme, _value in own}
        return any(scheme in schemes and (scheme, value) not in own for scheme, value in body.numbers)

    def _add(self, entity: Any, body: Body, numbers: Iterable[tuple[str, str]]) -> None:
        """Give a record the names and numbers that are new to it."""
        have = {entity.name.casefold(), *(alias.name.casefold() for alias in entity.aliases.all())}
        aliases = []
        for name in (Name(body.name, script(body.name)), *body.others):
            if name.text.casefold() not in have and is_name(name.text):
                have.add(name.text.casefold())
                aliases.append({"name": name.text, "kind": name.kind, "language": name.language})
        new = [{"scheme": scheme, "value": value} for scheme, value in numbers]
        for pair in numbers:
            self._taken.add(pair)
            self._by_number[pair] = entity
            self._numbers.setdefault((type(entity), entity.pk), set()).add(pair)
        if aliases or new:
            self._makers[type(entity)].add(entity, aliases=aliases, identifiers=new)
