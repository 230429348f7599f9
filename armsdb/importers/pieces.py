"""Which equipment a designation means: found by its name and category, else made; few records are held at once.

What goes by the designations of many rows is fetched together: a question for each would be most of an import's work.
"""

import math
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from armsdb import actions
from armsdb.lib import names
from armsdb.models import Alias, Equipment
from armsdb.models.base import name_key

from .bodies import LONGEST_NAME

#: Records that are held between two writes, however many there are.
HELD = 4_000


def in_brackets(designation: str, kind: str) -> str:
    """What a thing is called whose designation something of another category has already."""
    told = kind.replace("(", "").replace(")", "") or "kind not given"
    return f"{designation} ({told})"[:LONGEST_NAME]


class Pieces:
    """The equipment of a register; what was made is there after its maker has written it."""

    def __init__(self, maker: actions.Maker) -> None:
        self._maker = maker
        published = Equipment.objects.published()
        others = Alias.objects.filter(equipment__in=published)
        self._names = set(published.values_list("name_key", flat=True).iterator())
        self._other_names = set(others.values_list("name_key", flat=True).iterator())
        self._by_key: dict[str, list[Equipment]] = {}
        self._found: dict[tuple[str, str], Equipment] = {}
        #: What things of each category are called in brackets, as they are and folded.
        self._kinds: dict[str, dict[str, str]] = {}
        for category, description in published.order_by().values_list("category", "description").distinct():
            self._keep_kind(category, description)

    def foresee(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Fetch what goes by these designations of these categories, as they are or in brackets, unless it is held."""
        keys: set[str] = set()
        for designation, category in wanted:
            key = name_key(designation)
            keys.add(key)
            keys.update(key + folded for _kind, folded in self._called_in_brackets(key, category))
        self._fetch(keys - self._by_key.keys())

    def find(self, designation: str, description: str, category: str, sipri_category: str) -> Equipment:
        """The equipment of this designation and category; one of another category is something else of that name."""
        asked = (designation, category)
        if asked not in self._found:
            self._found[asked] = self._find(designation, description, category, sipri_category)
        return self._found[asked]

    def _find(self, designation: str, description: str, category: str, sipri_category: str) -> Equipment:
        name, known = designation, self._called(designation)
        if known:
            fitting = next((item for item in known if item.category in ("", category)), None)
            fitting = fitting or self._with_brackets(designation, category)
            if fitting is not None:
                return fitting
            name = in_brackets(designation, description or category)
        made: Equipment = self._maker.make(
            name=name,
            description=description[:120],
            type_given=not names.key(designation).startswith(names.key(description) or "?"),
            category=category,
            sipri_category=sipri_category,
            unmatched=True,
        )
        self._called(name).append(made)
        self._names.add(name_key(name))
        self._keep_kind(made.category, made.description)
        return made

    def _keep_kind(self, category: str, description: str) -> None:
        kind = description or category
        self._kinds.setdefault(category, {})[kind] = names.key(kind)

    def _with_brackets(self, designation: str, category: str) -> Equipment | None:
        """What goes by a designation with its kind in brackets, whatever an edition calls a thing of its category."""
        key = names.key(designation)
        called = self._called_in_brackets(key, category)
        found = [item for kind, _folded in called for item in self._called(in_brackets(designation, kind))]
        return min((item for item in found if item.category == category), key=_age, default=None)

    def _called_in_brackets(self, key: str, category: str) -> list[tuple[str, str]]:
        """The kinds of a category, as they are and folded, with which something of this name is called in brackets."""
        return [told for told in self._kinds.get(category, {}).items() if key + told[1] in self._names]

    def _called(self, name: str) -> list[Equipment]:
        """The records that go by a name, whole and exact, the oldest first."""
        key = name_key(name)
        if key not in self._by_key:
            self._fetch({key})
        return self._by_key[key]

    def _fetch(self, keys: set[str]) -> None:
        """Hold the records that go by these names, each by every one of the names that it has among them."""
        self._by_key.update({key: [] for key in keys})
        own, other = self._names & keys, self._other_names & keys
        if not own and not other:
            return
        by_other: dict[int, set[str]] = {}
        for key, pk in Alias.objects.filter(name_key__in=other).values_list("name_key", "equipment"):
            by_other.setdefault(pk, set()).add(key)
        wanted = Q(name_key__in=own) | Q(pk__in=by_other)
        found: dict[Any, Any] = {item.pk: item for item in Equipment.objects.published().filter(wanted).order_by("pk")}
        aliases: dict[Any, list[Alias]] = {pk: [] for pk in found}
        for alias in Alias.objects.filter(equipment__in=found):
            aliases[alias.equipment_id].append(alias)
        for pk, item in found.items():
            # As prefetch_related would leave it, which makes a manager and a query for each of them.
            item._prefetched_objects_cache = {"aliases": aliases[pk]}
            for key in (by_other.get(pk, set()) | {item.name_key}) & keys:
                self._by_key[key].append(item)

    def written(self) -> None:
        """All that was made is written: let go of what is held where it is much."""
        if len(self._found) > HELD:
            self._found, self._by_key = {}, {}


def _age(item: Equipment) -> float:
    """What comes before what: the oldest records first, and last what is not written yet."""
    return item.pk or math.inf
