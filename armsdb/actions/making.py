"""Making the entities that a register names and that are not there yet: many at once, published, with their history."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from armsdb.lib import names
from armsdb.lib.vocab import State
from armsdb.models import Alias, Entity, FormerId, version_of
from armsdb.models.bulk import insert, take_ids

from .saving import make_known

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
        self._waiting: list[Any] = []
        self._aliases: list[Alias] = []
        self._ids: set[str] | None = None

    def make(self, *, name: str, public_id: str = "", aliases: Iterable[dict[str, Any]] = (), **columns: Any) -> Any:
        """A new entity of this name, published at the next `write`; its id is made of the name where none is given."""
        if not self._keys:
            self._keys = list(take_ids(self.kind, _AHEAD))[::-1]
        entity: Any = self._new(pk=self._keys.pop(), name=name, state=State.PUBLISHED, **columns)
        entity.public_id = self._free_id(public_id or names.slug(name))
        entity.derive()
        own = [Alias(**{self.kind.TYPE: entity}, **alias) for alias in aliases]
        for alias in own:
            alias.derive()
        entity._prefetched_objects_cache = {"aliases": own}
        self._waiting.append(entity)
        self._aliases += own
        return entity

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
        """Write what was made since the last time, with its history."""
        for alias, pk in zip(self._aliases, take_ids(Alias, len(self._aliases)) if self._aliases else (), strict=True):
            alias.pk = pk
        now = timezone.now()
        for rows in (self._waiting, self._aliases):
            insert(rows)
            insert([version_of(row, "+", when=now, reason=self.reason, user=self.user) for row in rows])
        make_known(self._waiting)
        self._waiting, self._aliases = [], []
