"""Rows of a fact that name an entity each: given as references to the entities."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from armsdb.models import Party


def party_rows(rows: str, kind: type[Party]) -> Prefetch:
    """What to fetch so that these rows can name their entities; one query."""
    return Prefetch(rows, kind._default_manager.select_related(*kind.ENTITIES))


def entities(rows: Iterable[Party]) -> list[Any]:
    """The entities that these rows name, in their order."""
    return [row.entity for row in rows]
