"""Pages of equipment."""

from typing import Any

from django.db.models import QuerySet

from armsdb.filters import EquipmentFilterSet
from armsdb.models import Equipment
from armsdb.models.profiles import EquipmentProfile

from .base import RecordDetail, RecordList
from .entities import entity_page


class EquipmentList(RecordList):
    """Designations and descriptions, with their categories and lines."""

    filterset = EquipmentFilterSet
    template = "equipment/list.html"
    section = "equipment"

    def rows(self) -> QuerySet:
        return Equipment.objects.published().select_related("family").with_line_counts()


class EquipmentDetail(RecordDetail):
    """One designation: what it is, who has it from whom, and in which lines."""

    template = "equipment/detail.html"
    section = "equipment"

    def rows(self) -> QuerySet:
        return Equipment.objects.select_related("family").with_names()

    def more(self, record: Equipment) -> dict[str, Any]:
        return entity_page(record, EquipmentProfile(record))
