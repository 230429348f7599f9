"""The kinds of fact, as a page counts them."""

from typing import Any

from django.urls import reverse

from armsdb.models import Event, Fact, Figure, Ownership, Role, Sanction, Transfer
from armsdb.models.facts import FactQuerySet

KINDS: tuple[type[Fact], ...] = (Transfer, Figure, Sanction, Event, Ownership, Role)
#: Kinds whose facts stand on pages of others: the API alone lists them.
WITHOUT_LIST: tuple[type[Fact], ...] = (Ownership, Role)


def published(kind: type[Fact]) -> FactQuerySet:
    """The published facts of a kind, with what their addresses need."""
    rows: FactQuerySet = kind._default_manager.published()
    if kind is Ownership:
        return rows.select_related("child")
    return rows.select_related("person", "of_organisation", "of_country") if kind is Role else rows


def counted(kind: type[Fact], count: int, query: str = "") -> dict[str, Any]:
    """How many facts of a kind there are under a question, and where they are listed."""
    address = f"api:{kind.COLLECTION}-list" if kind in WITHOUT_LIST else f"{kind.TYPE}_list"
    plural = kind._meta.verbose_name_plural
    return {
        "plural": plural,
        "name": kind._meta.verbose_name if count == 1 else plural,
        "count": count,
        "url": reverse(address) + (f"?{query}" if query else ""),
    }
