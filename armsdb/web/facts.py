"""What the pages of every kind of fact have in common."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from armsdb.models import Fact

from .passages import Passages


def fact_page(fact: Fact, *trail: dict[str, str]) -> dict[str, Any]:
    """The title, the path above it and the evidence of a fact, which was fetched `with_citations()`."""
    kind = capfirst(str(fact._meta.verbose_name_plural))
    return {
        # Facts of one name are told apart by their ids.
        "title": f"{fact.name} ({fact.public_id})",
        "description": f"{fact.name}. {fact.evidence_reason}",
        "card_type": "article",
        "trail": [{"label": kind, "url": reverse(f"{fact.TYPE}_list")}, *trail],
        "passages": Passages(fact),
    }
