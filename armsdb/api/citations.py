"""Citations: which passage supports, denies or questions which fact."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.filters import CitationFilterSet
from armsdb.models import Citation
from armsdb.models.plans import CITATIONS

from .base import RecordViewSet
from .records import RECORD, RecordShape
from .references import FactReferenceShape, ReferenceShape


class CitationShape(RecordShape):
    """One place in one document, and what it says of one fact."""

    fact = FactReferenceShape(help_text=_("The fact that is cited."))
    attributed_to_record = ReferenceShape(
        source="teller", allow_null=True, help_text=_("The record of who says it, where there is one.")
    )
    reported = serializers.DictField(
        help_text=_(
            "What this place says, by key of the fact, where it differs from the record or says less: values in the"
            " form of that key, dates as EDTF, references as ids."
        )
    )

    plan = CITATIONS

    class Meta:
        model = Citation
        fields = [
            *RECORD,
            "fact",
            "source",
            "quotes",
            "locator",
            "stance",
            "attributed_to",
            "attributed_to_record",
            "basis",
            "interested",
            "reported",
            "note",
        ]

    @classmethod
    def is_seen(cls, record: Any) -> bool:
        return bool(record.is_published and record.fact.is_published)


def published_citations() -> Prefetch:
    """The citations of facts as readers see them, for `prefetch_related`."""
    return Prefetch("citations", Citation.objects.published().with_sources())


class CitationViewSet(RecordViewSet):
    """Citations: one place in one document each, and what it says of one fact."""

    shape = CitationShape
    filterset = CitationFilterSet
    types = (
        "citation",
        "dataset",
        "transfer",
        "figure",
        "sanction",
        "event",
        "ownership",
        "role",
        "source",
        "organisation",
        "person",
    )

    def rows(self) -> Any:
        return Citation.objects.of_published_facts()
