"""The desk as a site."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import State


class DeskSite(AdminSite):
    """Django's admin site under our name."""

    site_header = _("ArmsDB desk")
    site_title = _("ArmsDB desk")
    index_title = _("What waits for you")

    def get_urls(self) -> list[Any]:
        from .readings import tell_reading  # which asks this very site

        return [path("reading/", tell_reading, name="reading"), *super().get_urls()]

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Choices.as_view(admin_site=self)(request)


class Choices(AutocompleteJsonView):
    """What a reference can be: each record with its id, for some have one name, and whether it is a draft."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        told = [str(obj), obj.public_id]
        if getattr(obj, "state", State.PUBLISHED) == State.DRAFT:
            told.append(_now("draft"))
        return super().serialize_result(obj, to_field_name) | {"text": " · ".join(told)}
