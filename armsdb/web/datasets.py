"""Pages of datasets."""

from typing import Any

from django.db.models import QuerySet

from armsdb.filters import DatasetFilterSet
from armsdb.models import Dataset

from .base import RecordDetail, RecordList
from .kinds import KINDS, counted, published


class DatasetList(RecordList):
    """Datasets, with how many facts each holds."""

    filterset = DatasetFilterSet
    template = "datasets/list.html"
    section = "datasets"

    def rows(self) -> QuerySet:
        return Dataset.objects.published().select_related("publisher").with_fact_counts()


class DatasetDetail(RecordDetail):
    """One dataset: where it comes from, what may be done with it, and what it holds."""

    template = "datasets/detail.html"
    section = "datasets"

    def rows(self) -> QuerySet:
        return Dataset.objects.select_related("publisher").prefetch_related("versions")

    def more(self, record: Dataset) -> dict[str, Any]:
        counts = [
            counted(kind, published(kind).filter(dataset=record).count(), f"dataset={record.public_id}")
            for kind in KINDS
        ]
        return {
            "title": f"{record.name} ({record.public_id})",
            "description": record.summary,
            "counts": [row for row in counts if row["count"]],
        }
