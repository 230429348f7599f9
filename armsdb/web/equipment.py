"""Pages of equipment."""

from typing import Any

from django.db.models import QuerySet

from armsdb.filters import EquipmentFilterSet
from armsdb.models import Equipment
from armsdb.models.columns import columns
from armsdb.models.profiles import EquipmentProfile

from .base import RecordDetail, RecordList
from .entities import entity_page
from .pictures.records import of_equipment


class EquipmentList(RecordList):
    """Designations and descriptions, with their categories and lines."""

    filterset = EquipmentFilterSet
    template = "equipment/list.html"
    section = "equipment"

    def rows(self) -> QuerySet:
        return Equipment.objects.published().select_related("family")

    def read(self, keys: list[int]) -> list[Equipment]:
        found: list[Any] = super().read(keys)
        lines = columns().counts("equipment", None)
        for equipment in found:
            equipment.lines = lines.get(equipment.pk, 0)
        return found


class EquipmentDetail(RecordDetail):
    """One designation: what it is, who has it from whom, and in which lines."""

    template = "equipment/detail.html"
    section = "equipment"

    def rows(self) -> QuerySet:
        return Equipment.objects.select_related("family").with_names()

    def more(self, record: Equipment) -> dict[str, Any]:
        profile = EquipmentProfile(record)
        return {
            **entity_page(record, profile),
            "pictures": of_equipment(record, self.request) if profile.ledger else {},
        }
