"""Equipment: designations, and descriptions where a source gives no designation."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.filters import EquipmentFilterSet
from armsdb.lib.vocab import UN_REGISTER, Category
from armsdb.models import Equipment

from .entities import TAIL, EntityShape, EntityViewSet
from .records import RECORD

#: The numbers of the UN Register's categories.
NUMERALS = [(numeral, category.label) for category, numeral in UN_REGISTER.items()]


class EquipmentShape(EntityShape):
    """A weapon, a vehicle, a part, a service: what one line of a register is about."""

    un_register = serializers.ChoiceField(
        choices=NUMERALS,
        allow_null=True,
        help_text=_("Number of the category in the UN Register; null where the category is ours."),
    )

    parameter = "equipment"
    joins = ("family",)

    class Meta:
        model = Equipment
        fields = [
            *RECORD,
            "description",
            "family",
            "type_given",
            "category",
            "un_register",
            "sipri_category",
            *TAIL,
        ]

    def read_un_register(self, equipment: Equipment) -> str | None:
        return UN_REGISTER.get(Category(equipment.category)) if equipment.category else None


class EquipmentViewSet(EntityViewSet):
    """Equipment: designations, and descriptions where a source gives no designation."""

    shape = EquipmentShape
    filterset = EquipmentFilterSet
    types = (*EntityViewSet.types, "equipment")
