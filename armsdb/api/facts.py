"""What every kind of fact has: its dataset, how it is known, and the passages that say so."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.filters.answers import Answer
from armsdb.lib.vocab import Grade
from armsdb.models import Citation, Dataset, Fact
from armsdb.models.memory import now
from armsdb.models.reading import beside

from .base import RecordViewSet
from .citations import CitationShape, CitationViewSet, published_citations
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
        return super().joined(queryset).prefetch_related(published_citations())

    def read_citations(self, fact: Fact) -> list[Citation]:
        return sorted(beside(fact, "citations"), key=attrgetter("number"))


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

    beside = {"citations": CitationViewSet}

    def licence(self, answer: Answer) -> str:
        return licences_of(answer)


def licences_of(answer: Answer) -> str:
    """The licences of the datasets of the facts that answer, as `licences`."""
    return _licences(answer.datasets())


def licences(first: QuerySet, *others: QuerySet) -> str:
    """The licences of the datasets of some facts, each once, by name; empty where there are none."""
    datasets, *more = (rows.order_by().values_list("dataset", flat=True) for rows in (first, *others))
    return _licences(datasets.union(*more))


def _licences(datasets: Iterable[int]) -> str:
    of_each = now().found("licence of each dataset", None, lambda: dict(Dataset.objects.values_list("pk", "licence")))
    return "; ".join(sorted({of_each[key] for key in datasets}))
