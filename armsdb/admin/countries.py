"""Countries at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armsdb.models import Country

from .base import EntityAdmin
from .inlines import AliasInline, IdentifierInline, SuccessorInline


@admin.register(Country)
class CountryAdmin(EntityAdmin):
    list_display = ("name", "public_id", "alpha_2", "state", "changed")
    inlines = (AliasInline, SuccessorInline, IdentifierInline)
    fieldsets = (
        (None, {"fields": ("name", "summary", "unmatched")}),
        (_("ISO 3166"), {"fields": (("alpha_2", "alpha_3", "alpha_4"),)}),
        (_("Existence"), {"fields": (("existed_from", "existed_until"),)}),
    )
