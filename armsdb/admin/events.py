"""Events at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armsdb.models import Event

from .base import FactAdmin
from .inlines import CitationInline, ParticipantInline


@admin.register(Event)
class EventAdmin(FactAdmin):
    list_display = ("name", "public_id", "kind", "evidence", "state", "changed")
    inlines = (ParticipantInline, CitationInline)
    fieldsets = (
        FactAdmin.IDENTITY,
        (None, {"fields": ("name", ("kind", "status"), "statement")}),
        (_("When and where"), {"fields": ("date", ("place", "place_country"), "count")}),
        (_("Comment"), {"fields": ("comment",)}),
    )
