"""Roles at the desk: who holds or held which post."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armsdb.models import Role

from .base import FactAdmin


@admin.register(Role)
class RoleAdmin(FactAdmin):
    fieldsets = (
        FactAdmin.IDENTITY,
        (None, {"fields": (("person", "title"), ("of_organisation", "of_country"), "period")}),
        (_("Comment"), {"fields": ("comment",)}),
    )
