"""Deals at the desk: read there, and chosen by transfers; registers bring them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from armsdb.models import Deal


@admin.register(Deal)
class DealAdmin(admin.ModelAdmin):
    list_display = ("name", "public_id", "dataset")
    list_select_related = ("dataset",)
    search_fields = ("name", "public_id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
