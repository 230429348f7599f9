"""Pages that tell every change of one record."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from armsdb.lib.paging import PageError, read_page
from armsdb.models import Record

from .base import RecordDetail
from .changes import history_url


class RecordHistory(RecordDetail):
    """What changed of one record, when and why, the newest first; at the address below that of its page."""

    template = "history.html"
    detail: type[RecordDetail] = RecordDetail

    @property
    def section(self) -> str:  # type: ignore[override]
        return self.detail.section

    def rows(self) -> QuerySet:
        return self.detail().rows()

    def address_of(self, record: Record) -> str:
        return history_url(record)

    def page(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        page = super().page(request, record)
        try:
            number, size = read_page(request.GET)
        except PageError as error:
            raise BadRequest(str(error)) from error
        pages = Paginator(page["history"].entries, size)
        if number > pages.num_pages:
            raise Http404(_("The list ends at page %(last)s.") % {"last": pages.num_pages})
        told = {"name": record, "id": record.public_id}
        return {
            **page,
            "title": _("History of %(name)s (%(id)s)") % told,
            "canonical_url": request.build_absolute_uri(request.path),
            "page": pages.page(number),
            "robots": "noindex, follow",
        }
