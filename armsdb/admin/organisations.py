"""Organisations at the desk, companies among them."""

from django.contrib import admin

from armsdb.models import Organisation

from .base import EntityAdmin


@admin.register(Organisation)
class OrganisationAdmin(EntityAdmin):
    list_display = ("name", "public_id", "kind", "country", "state", "changed")
    list_filter = ("state", "kind")
    list_select_related = ("country",)
    fieldsets = ((None, {"fields": ("name", ("kind", "country"), "summary", "unmatched")}),)
