"""Grading: how a fact is known, from its published citations."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from armsdb.lib import evidence
from armsdb.lib.vocab import Stance
from armsdb.models import Citation, Fact

from .saving import refusal, store_row


def regrade(*, fact: Fact, user: AbstractUser | None = None, reason: str) -> bool:
    """Give a fact the evidence grade that its published citations make; tell whether it changed.

    Refuse where that would leave a published fact without a passage that supports it.
    """
    citations = list(fact.citations.published().with_sources())
    if fact.is_published and not any(citation.stance == Stance.SUPPORTS for citation in citations):
        raise refusal(_("A published fact needs a passage that supports it; withdraw the fact instead."))
    grade, why = graded(citations)
    if (fact.evidence, fact.evidence_reason) == (grade, why):
        return False
    fact.evidence, fact.evidence_reason = grade, why
    store_row(fact, user=user, reason=reason)
    return True


def follow_citations(*, fact: Fact, user: AbstractUser | None = None, reason: str) -> None:
    """Grade a fact whose citations were changed; it counts as changed itself, whether its grade did or not."""
    if not regrade(fact=fact, user=user, reason=reason):
        store_row(fact, user=user, reason=reason)


def graded(citations: Iterable[Citation]) -> tuple[str, str]:
    """The grade that published citations, joined with their sources, make, and its reason."""
    return evidence.grade([_passage(citation) for citation in citations])


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
