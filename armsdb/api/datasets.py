"""Datasets: where rows come from, and what may be done with them."""

from armsdb.filters import DatasetFilterSet
from armsdb.models import Dataset

from .base import RecordViewSet
from .counts import CountedShape
from .records import RECORD


class DatasetShape(CountedShape):
    """The articles, a register, a report: one body of rows with one licence; its editions are versions of it."""

    parameter = "dataset"
    joins = ("publisher",)

    class Meta:
        model = Dataset
        fields = [*RECORD, "publisher", "version", "licence", "terms", "summary", "facts"]


class DatasetViewSet(RecordViewSet):
    """Datasets: the articles, registers, reports, each with its licence and what may be done with its rows."""

    shape = DatasetShape
    filterset = DatasetFilterSet
    types = ("dataset", "organisation", "transfer", "figure", "sanction", "event", "ownership", "role")
