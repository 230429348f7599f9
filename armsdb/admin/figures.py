"""Figures at the desk: numbers as somebody states them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armsdb.models import Figure

from .base import FactAdmin
from .inlines import CitationInline, SubjectInline


@admin.register(Figure)
class FigureAdmin(FactAdmin):
    inlines = (SubjectInline, CitationInline)
    fieldsets = (
        FactAdmin.IDENTITY,
        (None, {"fields": ("name", "statement")}),
        (_("A sum, or a number"), {"fields": ("value", ("number", "unit"))}),
        (_("When"), {"fields": ("period",)}),
        (_("Comment"), {"fields": ("comment",)}),
    )
