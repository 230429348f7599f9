"""Grading: how a fact is known, from its published citations."""

from typing import Any

from django.contrib.auth.models import AbstractUser

from armsdb.lib import evidence
from armsdb.models import Citation, Fact

from .saving import store_row


def regrade(*, fact: Fact, user: AbstractUser | None = None, reason: str) -> bool:
    """Give a fact the evidence grade that its published citations make; tell whether it changed."""
    citations = fact.citations.published().with_sources()
    grade, why = evidence.grade([_passage(citation) for citation in citations])
    if (fact.evidence, fact.evidence_reason) == (grade, why):
        return False
    fact.evidence, fact.evidence_reason = grade, why
    store_row(fact, user=user, reason=reason)
    return True


def _passage(citation: Citation) -> evidence.Passage:
    def publisher(source: Any) -> str | None:
        return source.publisher.public_id if source and source.publisher else None

    return evidence.Passage(
        stance=citation.stance,
        basis=citation.basis,
        publisher=publisher(citation.source),
        quotes_publisher=publisher(citation.quotes),
        interested=citation.interested,
        who=(citation.quotes or citation.source.publisher or citation.source).name,
    )
