"""The desk as a site: its first screen says what waits for whoever came."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.lib.roles import REVIEW
from armsdb.lib.vocab import State
from armsdb.models import Proposal, Record
from armsdb.models.jobs import all_jobs
from armsdb.models.profiles import Excerpt
from armsdb.models.uncopied import uncopied
from armsdb.models.unfinished import Line, disputed, drafts_of, drafts_of_others

#: The most rows of each part of the first screen.
MOST = 10


class DeskSite(AdminSite):
    """Django's admin site with our name and our first screen."""

    site_header = gettext_lazy("ArmsDB desk")
    site_title = gettext_lazy("ArmsDB desk")
    index_title = gettext_lazy("What waits for you")
    enable_nav_sidebar = False  # the kinds of record stand in a line above every page

    def get_urls(self) -> list[Any]:
        from .readings import tell_reading  # which asks this very site

        return [path("reading/", tell_reading, name="reading"), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The tables: those of records, then all that is about accounts and how they sign in, as one group."""
        apps: list[Any] = super().get_app_list(request, app_label)
        others = [app for app in apps if app["app_label"] != Record._meta.app_label]
        if app_label is not None or not others:
            return apps
        accounts = {**others[0], "name": _("Accounts"), "models": [model for app in others for model in app["models"]]}
        return [*(app for app in apps if app not in others), accounts]

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Choices.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first screen: what others wait for, what came of one's own work, and what is in hand."""
        user: Any = request.user
        told = Proposal.objects.select_related("proposed_by", "decided_by")
        reviews = user.has_perm(REVIEW)
        parts = {
            "reviews": reviews,
            "to_review": Excerpt.of(told.waiting().by_others_than(user), MOST) if reviews else None,
            "proposals": Excerpt.of(told.by(user).waiting(), MOST),
            "decided": Excerpt.of(told.by(user).decided(), MOST),
            "lines": [self._part(*part) for part in _lines(user, reviews)],
            "jobs": all_jobs() if user.is_superuser else [],
            "uncopied": uncopied() if settings.REPLICAS else [],
        }
        return super().index(request, parts | (extra_context or {}))

    def _part(self, key: str, title: str, lines: list[Line]) -> dict[str, Any]:
        """The rows of one part, with the addresses that they lead to."""
        rows = [{"line": line, "url": self.url_of(line.kind, line.pk), "preview": _preview(line)} for line in lines]
        return {"key": key, "title": title, "rows": rows}

    def url_of(self, kind: type[Record], pk: int) -> str:
        """Where a record is worked on; empty where its kind has no form of its own."""
        return reverse(f"admin:armsdb_{kind._meta.model_name}_change", args=[pk]) if self.is_registered(kind) else ""


class Choices(AutocompleteJsonView):
    """What a reference can be: each record with its id, for some have one name, and whether it is a draft."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        told = [str(obj), obj.public_id]
        if getattr(obj, "state", State.PUBLISHED) == State.DRAFT:
            told.append(_("draft"))
        return super().serialize_result(obj, to_field_name) | {"text": " · ".join(told)}


@cache
def the_desk() -> DeskSite:
    """The one desk: while Django makes its site, the modules of this room register themselves and ask for it again."""
    return DeskSite()


def _lines(user: Any, reviews: bool) -> Iterator[tuple[str, str, list[Line]]]:
    """The parts below the proposals; a reviewer has the drafts that can be published before the rest."""
    yield "own", _("Your drafts"), drafts_of(user, MOST)
    if reviews:
        yield "ready", _("Drafts of others that can be published"), drafts_of_others(user, MOST, ready=True)
        yield "making", _("Drafts of others in the making"), drafts_of_others(user, MOST, ready=False)
    else:
        yield "others", _("Drafts of others"), drafts_of_others(user, MOST)
    yield "disputed", _("Disputed facts, last changed first"), disputed(MOST)


def _preview(line: Line) -> str:
    return reverse("preview", args=[line.type, line.public_id])
