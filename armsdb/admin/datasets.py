"""Datasets at the desk, and their editions."""

from django.contrib import admin

from armsdb.models import Dataset, DatasetVersion

from .base import RecordAdmin
from .beside import BesideAdmin


@admin.register(Dataset)
class DatasetAdmin(RecordAdmin):
    list_display = ("name", "public_id", "terms", "state", "changed")
    fieldsets = ((None, {"fields": ("name", ("publisher", "version"), ("terms", "licence"), "summary")}),)


@admin.register(DatasetVersion)
class EditionAdmin(BesideAdmin):
    """An edition; readers see it with its dataset, so it is for reviewers."""

    list_display = ("label", "dataset")
    list_select_related = ("dataset",)
    search_fields = ("label", "dataset__name")
    fields = ("dataset", "label", "released", "scope", "reason")
