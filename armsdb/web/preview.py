"""Previews: a record in any state as readers will see it, for those who work at the desk."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from armsdb.models import Citation, Fact, Ownership, Record, Role, kinds

from .base import RecordDetail
from .countries import CountryDetail
from .datasets import DatasetDetail
from .equipment import EquipmentDetail
from .events import EventDetail
from .figures import FigureDetail
from .organisations import CompanyDetail, OrganisationDetail
from .people import PersonDetail
from .sanctions import SanctionDetail
from .sources import SourceDetail
from .transfers import TransferDetail

#: The page of each collection whose records have pages of their own.
PAGES: dict[str, type[RecordDetail]] = {
    "countries": CountryDetail,
    "companies": CompanyDetail,
    "organisations": OrganisationDetail,
    "people": PersonDetail,
    "equipment": EquipmentDetail,
    "transfers": TransferDetail,
    "figures": FigureDetail,
    "sanctions": SanctionDetail,
    "events": EventDetail,
    "sources": SourceDetail,
    "datasets": DatasetDetail,
}


class Preview(View):
    """The page on which a record will stand, drafts among its citations included; for others nothing is there."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not admin.site.has_permission(request):
            raise Http404(_("There is no page at this address."))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, type: str, public_id: str) -> HttpResponse:  # noqa: A002
        kind = kinds().get(type)
        record = kind._default_manager.filter(public_id=public_id).first() if kind else None
        if record is None:
            raise Http404(_("There is no record with this id."))
        place = _place_of(record)
        fact = record.fact if isinstance(record, Citation) else record
        view = PAGES[place.collection](draft=None if fact == place else fact)
        view.setup(request)
        rows: Any = view.rows()
        shown = (rows.with_draft_citations() if isinstance(place, Fact) else rows).get(pk=place.pk)
        context = view.page(request, shown) | {
            "preview": record,
            "draft_citations": getattr(shown, "draft_citations", []),
            "desk_url": _desk_url(fact),
            "robots": "noindex, nofollow",
        }
        answer = render(request, view.template, context)
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = context["robots"]
        return answer


def _place_of(record: Record) -> Record:
    """The record on whose page this one stands: mostly its own."""
    if isinstance(record, Citation):
        return _place_of(record.fact)
    if isinstance(record, Ownership):
        return record.child
    return record.person or record.of if isinstance(record, Role) else record


def _desk_url(record: Record) -> str:
    """Where the record is worked on; empty where the desk does not have its kind."""
    if not admin.site.is_registered(type(record)):
        return ""
    return reverse(f"admin:armsdb_{record._meta.model_name}_change", args=[record.pk])
