"""Sources: the documents that statements come from."""

from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.filters import SourceFilterSet
from armsdb.lib.locators import reading_order
from armsdb.models import Citation, Source

from .base import RecordViewSet
from .citations import CitationShape
from .records import RECORD, RecordShape
from .references import SourceReferenceShape, collection_path
from .shapes import Shape

#: How many of its citations a source has with it; `citations_url` leads to all.
MOST_CITATIONS = 500


class SectionShape(Shape):
    """A part of a document."""

    locator = serializers.CharField(help_text=_("The place where the part begins."))
    title = serializers.CharField(help_text=_("What the part is about, in our words."))

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return {"locator": instance["from"], "title": instance["title"]}


class SourceShape(RecordShape):
    """A document: an article, a report, an interview, footage; read by us, or known only `via` another."""

    document_url = serializers.URLField(
        source="url", allow_null=True, help_text=_("Where the document itself stands; null where that is not known.")
    )
    authors = serializers.ListField(child=serializers.CharField(), help_text=_("The authors' names, in order."))
    sections = SectionShape(many=True, help_text=_("Its parts, in order."))
    quoted_sources = SourceReferenceShape(many=True, help_text=_("The sources that we know through this one."))
    citations = CitationShape(
        many=True,
        help_text=_(
            "The first 500 citations of it, in the order of its paragraphs: those that read it (`source`), and those"
            " in which another document draws on it (`quotes`)."
        ),
    )
    citations_count = serializers.IntegerField(help_text=_("How many citations there are in all."))
    citations_url = serializers.URLField(help_text=_("The address in this API that lists all of them."))

    joins = ("publisher", "via__publisher")
    rows = (Prefetch("quoted_sources", Source.objects.published().select_related("publisher")),)

    class Meta:
        model = Source
        fields = [
            *RECORD,
            "kind",
            "publisher",
            "authors",
            "published",
            "document_url",
            "archived_url",
            "language",
            "reliability",
            "via",
            "locator_prefix",
            "locator_count",
            "sections",
            "quoted_sources",
            "citations",
            "citations_count",
            "citations_url",
        ]

    @classmethod
    def gathered(cls, records: list[Any]) -> dict[str, Any]:
        """Two queries: where each citation stands, then the first ones of each source."""
        places: dict[int, list[tuple[Any, int]]] = {source.pk: [] for source in records}
        cited = Citation.objects.of_published_facts().filter(Q(source__in=places) | Q(quotes__in=places))
        for key, source, quotes, locator in cited.order_by().values_list("pk", "source", "quotes", "locator"):
            for place in {source, quotes} & places.keys():
                places[place].append(((place != source, reading_order(locator)), key))
        first = {source: [key for _, key in sorted(found)[:MOST_CITATIONS]] for source, found in places.items()}
        wanted = list({key for keys in first.values() for key in keys})
        citations = {one.pk: one for one in CitationShape.read(Citation.objects.all(), wanted)}
        return {
            "citations": {source: [citations[key] for key in keys] for source, keys in first.items()},
            "citations_count": {source: len(found) for source, found in places.items()},
        }

    def read_citations(self, source: Source) -> list[Citation]:
        found: list[Citation] = self.context["citations"][source.pk]
        withheld = self.context.get("withheld")
        return [one for one in found if one.fact.dataset_id not in withheld] if withheld else found

    def read_citations_count(self, source: Source) -> int:
        return int(self.context["citations_count"][source.pk])

    def read_citations_url(self, source: Source) -> str:
        return f"{self.site}{collection_path('citations')}?source={source.public_id}"


class SourceViewSet(RecordViewSet):
    """Sources: the documents that statements come from, each with the facts drawn from it."""

    shape = SourceShape
    filterset = SourceFilterSet
    types = (
        "source",
        "dataset",
        "organisation",
        "person",
        "citation",
        "transfer",
        "figure",
        "sanction",
        "event",
        "ownership",
        "role",
    )
