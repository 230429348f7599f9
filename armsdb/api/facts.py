"""What every kind of fact has: its dataset, how it is known, and the passages that say so."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.filters.answers import Answer
from armsdb.lib.vocab import Grade
from armsdb.models import Citation, Dataset, Fact
from armsdb.models.reading import beside

from .base import RecordViewSet
from .citations import CitationShape, number, published_citations
from .records import RECORD, RecordShape

HEAD = (*RECORD, "dataset", "key")
TAIL = ("comment", "evidence", "evidence_reason", "citations")


class FactShape(RecordShape):
    """Something that is asserted, with every passage that supports, denies or questions it."""

    evidence = serializers.ChoiceField(
        choices=Grade.choices, help_text=_("How the fact is known, by a fixed rule over its citations.")
    )
    evidence_reason = serializers.CharField(help_text=_("Why the evidence has this grade."))
    citations = CitationShape(many=True, help_text=_("Every passage that is cited, in the order of their numbers."))

    @classmethod
    def joined(cls, queryset: Any) -> Any:
        return (
            super().joined(queryset) if cls.plan else super().joined(queryset).prefetch_related(published_citations())
        )

    def read_citations(self, fact: Fact) -> list[Citation]:
        return sorted(beside(fact, "citations"), key=number)


class FactViewSet(RecordViewSet):
    """The list of one kind of fact, and one fact."""

    #: What every kind of fact can name, and what it cites.
    types: ClassVar[tuple[str, ...]] = (
        "country",
        "organisation",
        "person",
        "equipment",
        "dataset",
        "source",
        "citation",
    )

    def licence(self, answer: Answer) -> str:
        return licences_of(answer)


def licences_of(answer: Answer) -> str:
    """The licences of the datasets of the facts that answer, as `licences`."""
    return _licences(Q(pk__in=answer.datasets()))


def licences(*facts: QuerySet) -> str:
    """The licences of the datasets of some facts, each once; empty where there are none; one query."""
    own = Q(pk__in=[])
    for rows in facts:
        own |= Q(pk__in=rows.order_by().values("dataset"))
    return _licences(own)


def _licences(datasets: Q) -> str:
    found = Dataset.objects.filter(datasets).order_by("licence").values_list("licence", flat=True)
    return "; ".join(found.distinct())
