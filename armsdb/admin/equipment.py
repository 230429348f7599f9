"""Equipment at the desk."""

from django.contrib import admin

from armsdb.models import Equipment

from .base import EntityAdmin


@admin.register(Equipment)
class EquipmentAdmin(EntityAdmin):
    list_display = ("name", "public_id", "category", "family", "state", "changed")
    list_filter = ("state", "category")
    list_select_related = ("family",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("description", "type_given"),
                    ("category", "sipri_category"),
                    "family",
                    "summary",
                    "unmatched",
                )
            },
        ),
    )
