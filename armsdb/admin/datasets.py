"""Datasets at the desk."""

from django.contrib import admin

from armsdb.models import Dataset

from .base import RecordAdmin


@admin.register(Dataset)
class DatasetAdmin(RecordAdmin):
    list_display = ("name", "public_id", "terms", "state", "changed")
    fieldsets = ((None, {"fields": ("name", ("publisher", "version"), ("terms", "licence"), "summary")}),)
