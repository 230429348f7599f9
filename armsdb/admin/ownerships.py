"""Ownership at the desk: which organisation another one belongs to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armsdb.models import Ownership

from .base import FactAdmin
from .fields import NumberField
from .forms import FactForm


class OwnershipForm(FactForm):
    """Who owns what, and how much of it."""

    share = NumberField(label=_("Share, in per cent"))


@admin.register(Ownership)
class OwnershipAdmin(FactAdmin):
    form = OwnershipForm
    fieldsets = (
        FactAdmin.IDENTITY,
        (None, {"fields": (("parent", "child"), ("share", "period"))}),
        (_("Comment"), {"fields": ("comment",)}),
    )
