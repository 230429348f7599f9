"""Ownership at the desk: which organisation another one belongs to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armsdb.models import Ownership

from .base import FactAdmin


@admin.register(Ownership)
class OwnershipAdmin(FactAdmin):
    fieldsets = (
        FactAdmin.IDENTITY,
        (None, {"fields": (("parent", "child"), ("share", "period"))}),
        (_("Comment"), {"fields": ("comment",)}),
    )
