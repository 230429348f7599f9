"""Sanctions, embargoes and delistings at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armsdb.models import Sanction

from .base import FactAdmin
from .inlines import CitationInline, ImposerInline, TargetInline


@admin.register(Sanction)
class SanctionAdmin(FactAdmin):
    list_display = ("name", "public_id", "kind", "evidence", "state", "changed")
    inlines = (ImposerInline, TargetInline, CitationInline)
    fieldsets = (
        FactAdmin.IDENTITY,
        (None, {"fields": ("name", ("kind", "programme"), "statement")}),
        (_("As stated"), {"fields": (("imposed_by_as_stated", "targets_as_stated"),)}),
        (_("When"), {"fields": ("imposed", "ended")}),
        (_("Comment"), {"fields": ("comment",)}),
    )
