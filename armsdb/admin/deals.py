"""Deals at the desk: noted by all, for transfers to name; changed by reviewers, for readers may see them."""

from django.contrib import admin

from armsdb.models import Deal

from .beside import BesideAdmin


@admin.register(Deal)
class DealAdmin(BesideAdmin):
    list_display = ("name", "public_id", "dataset")
    list_select_related = ("dataset",)
    search_fields = ("name", "public_id")
    fields = ("dataset", "name", "reason")
