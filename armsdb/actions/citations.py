"""Citing: what a passage says of a fact, and the grade that follows."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from armsdb.lib.vocab import State
from armsdb.models import Citation, Fact
from armsdb.models.citations import number_in

from .grading import follow_citations
from .leaning import refuse_move, refuse_unless_needs_published
from .records import Outcome
from .saving import assign, in_row, make_known, refusal, row_values, save_row


@transaction.atomic
def cite(
    *,
    fact: Fact,
    values: Mapping[str, Any],
    number: int | None = None,
    user: AbstractUser | None = None,
    reason: str,
) -> tuple[Citation, Outcome]:
    """Add a citation to a fact, or bring the one of this number to these values, and grade the fact anew.

    Numbers count within the fact and are never used again; without one the next is taken.
    """
    number = number or _next_number(fact)
    [(citation, outcome)] = cite_all(fact=fact, rows={number: values}, user=user, reason=reason)
    return citation, outcome


@transaction.atomic
def cite_all(
    *, fact: Fact, rows: Mapping[int, Mapping[str, Any]], user: AbstractUser | None = None, reason: str
) -> list[tuple[Citation, Outcome]]:
    """Bring several citations of a fact, by their numbers, to these values, and grade the fact once."""
    done = []
    for number, values in rows.items():
        with in_row("citations", number):
            done.append(_bring_to(fact, number, values, user, reason))
    changed = [citation for citation, outcome in done if outcome is not Outcome.SAME]
    if changed:
        follow_citations(fact=fact, user=user, reason=reason)
        if fact.is_published:
            make_known([*changed, fact])
    return done


def _bring_to(fact: Fact, number: int, values: Mapping[str, Any], user: Any, reason: str) -> tuple[Citation, Outcome]:
    public_id = f"{fact.public_id}-c{number}"
    citation = Citation.objects.filter(public_id=public_id).first() or Citation(public_id=public_id)
    before = None if citation.pk is None else row_values(citation)
    if citation.state in {State.WITHDRAWN, State.MERGED}:
        raise refusal(_("The citation %(id)s was taken back, and its number is not used again.") % {"id": public_id})
    setattr(citation, fact.TYPE, fact)
    citation.state = State.PUBLISHED
    assign(citation, values)
    refuse_move(citation)
    if before == row_values(citation):
        return citation, Outcome.SAME
    if citation.source_id and citation.locator and not citation.source.has_place(citation.locator):
        told = {"source": citation.source, "place": citation.locator, "places": citation.source.places}
        raise refusal(_("“%(source)s” has no place %(place)s; its places are %(places)s.") % told, "locator")
    if fact.is_published:  # a draft may cite drafts; they are looked at when it is published
        refuse_unless_needs_published(citation)
    save_row(citation, user=user, reason=reason)
    return citation, Outcome.NEW if before is None else Outcome.CHANGED


def _next_number(fact: Fact) -> int:
    used = fact.citations.values_list("public_id", flat=True)
    return max((number_in(public_id) for public_id in used), default=0) + 1
