"""Making the entities that a register names and that are not there yet: many at once, published, with their history.

What a register calls an entity that is there already is added to its other names, and nothing is taken away.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from armsdb import search
from armsdb.lib import names
from armsdb.lib.vocab import State
from armsdb.models import Alias, Entity, FormerId, Identifier, version_of
from armsdb.models.bulk import insert, take_ids, update

from .records import brought_up_to_date
from .saving import make_known, move_with

#: Keys that are taken from the database at once.
_AHEAD = 200


class Maker:
    """Makes entities of one kind; each has its key at once, and all are there after `write`."""

    def __init__(self, kind: type[Entity], *, user: AbstractUser | None = None, reason: str) -> None:
        self.kind = kind
        self.user = user
        self.reason = reason
        self._new: Any = kind
        self._keys: list[int] = []
        self._waiting: dict[int, Any] = {}
        self._added_to: dict[int, Any] = {}
        self._rows: dict[type[Alias | Identifier], list[Any]] = {Alias: [], Identifier: []}
        self._ids: set[str] | None = None

    def make(
        self,
        *,
        name: str,
        public_id: str = "",
        aliases: Iterable[dict[str, Any]] = (),
        identifiers: Iterable[dict[str, str]] = (),
        **columns: Any,
    ) -> Any:
        """A new entity of this name, published at the next `write`; its id is made of the name where none is given."""
        if not self._keys:
            self._keys = list(take_ids(self.kind, _AHEAD))[::-1]
        entity: Any = self._new(pk=self._keys.pop(), name=name, state=State.PUBLISHED, **columns)
        entity.public_id = self._free_id(public_id or names.slug(name))
        entity.derive()
        entity._prefetched_objects_cache = {"aliases": [], "identifiers": []}
        self._waiting[entity.pk] = entity
        self.add(entity, aliases=aliases, identifiers=identifiers)
        return entity

    def add(
        self, entity: Any, *, aliases: Iterable[dict[str, Any]] = (), identifiers: Iterable[dict[str, str]] = ()
    ) -> None:
        """Give an entity more names and identifiers, written at the next `write`; its names are fetched already."""
        for model, reached, rows in ((Alias, "aliases", aliases), (Identifier, "identifiers", identifiers)):
            own: list[Any] = [model(**{self.kind.TYPE: entity}, **row) for row in rows]
            for alias in own if model is Alias else ():
                alias.derive()
            cached = entity._prefetched_objects_cache
            cached[reached] = [*cached[reached], *own]
            self._rows[model] += own
            if own and entity.pk not in self._waiting:
                self._added_to[entity.pk] = entity

    def _free_id(self, public_id: str) -> str:
        """This id, or with the next number that no record of the kind has or had."""
        if self._ids is None:
            self._ids = set(self.kind._default_manager.values_list("public_id", flat=True))
            self._ids |= set(FormerId.objects.filter(type=self.kind.TYPE).values_list("former", flat=True))
        free, number = public_id, 1
        while free in self._ids:
            number += 1
            free = f"{public_id}-{number}"
        self._ids.add(free)
        return free

    def write(self) -> None:
        """Write what was made and added since the last time, with its history."""
        now = timezone.now()
        told: dict[str, Any] = {"when": now, "reason": self.reason, "user": self.user}
        made, added_to = list(self._waiting.values()), list(self._added_to.values())
        for model, rows in self._rows.items():
            for row, pk in zip(rows, take_ids(model, len(rows)) if rows else (), strict=True):
                row.pk = pk
        for entity in added_to:
            entity.updated = now
        update(added_to)
        insert([version_of(entity, "~", **told) for entity in added_to])
        for written in (made, *self._rows.values()):
            insert(written)
            insert([version_of(row, "+", **told) for row in written])
        if made:
            search.index_new(made)
            move_with(self.kind)
        make_known(added_to)
        for entity in added_to:
            facts = brought_up_to_date(entity, user=self.user, reason=self.reason)
            make_known(fact for fact in facts if fact.is_published)
        self._waiting, self._added_to = {}, {}
        self._rows = {Alias: [], Identifier: []}
