"""People at the desk, in their public roles."""

from django.contrib import admin

from armsdb.models import Person

from .base import EntityAdmin


@admin.register(Person)
class PersonAdmin(EntityAdmin):
    fieldsets = ((None, {"fields": ("name", "summary", "unmatched")}),)
