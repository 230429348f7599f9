"""Pages of sanctions."""

from typing import Any

from django.db.models import QuerySet

from armsdb.filters import SanctionFilterSet
from armsdb.models import Sanction

from .base import RecordDetail, RecordList
from .facts import fact_page


class SanctionList(RecordList):
    """Sanctions, embargoes and delistings."""

    filterset = SanctionFilterSet
    template = "sanctions/list.html"
    section = "sanctions"

    def rows(self) -> QuerySet:
        return Sanction.objects.published().with_citations()


class SanctionDetail(RecordDetail):
    """One sanction: who imposed what on whom, and who says so."""

    template = "sanctions/detail.html"
    section = "sanctions"

    def rows(self) -> QuerySet:
        return (
            Sanction.objects.with_citations()
            .select_related("dataset")
            .prefetch_related(
                "imposer_rows__country",
                "imposer_rows__organisation",
                "target_rows__country",
                "target_rows__organisation",
                "target_rows__person",
            )
        )

    def more(self, record: Sanction) -> dict[str, Any]:
        return fact_page(record)
