"""Pages of figures."""

from typing import Any

from django.db.models import QuerySet

from armsdb.filters import FigureFilterSet
from armsdb.models import Figure

from .base import RecordDetail, RecordList
from .facts import fact_page


class FigureList(RecordList):
    """Numbers, rankings and trends that somebody states."""

    filterset = FigureFilterSet
    template = "figures/list.html"
    section = "figures"

    def rows(self) -> QuerySet:
        return Figure.objects.published().with_citations()


class FigureDetail(RecordDetail):
    """One figure: what is stated, of whom, by whom."""

    template = "figures/detail.html"
    section = "figures"

    def rows(self) -> QuerySet:
        return (
            Figure.objects.with_citations()
            .select_related("dataset")
            .prefetch_related(
                "about_rows__country", "about_rows__organisation", "about_rows__person", "about_rows__equipment"
            )
        )

    def more(self, record: Figure) -> dict[str, Any]:
        return fact_page(record)
