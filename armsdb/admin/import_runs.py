"""Imports at the desk: what each file brought in, what was left out of it, and which rows were refused; to be read."""

import csv
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import AllValuesFieldListFilter
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.importers import KEPT, refusal_table
from armsdb.lib.moments import moment
from armsdb.lib.paging import PageError, read_page
from armsdb.models import Dataset, ImportRun

from .asking import Among, Asking


class OfDataset(Among):
    """A filter by dataset that finds also what was meant for it, and was not written."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        written: Any = super().queryset(request, queryset)
        if self.lookup_val is None:
            return written
        meant = Dataset.objects.filter(pk__in=self.lookup_val).values("public_id")
        return queryset.filter(Q(pk__in=written.values("pk")) | Q(meant_dataset__in=meant))


class ByFormat(AllValuesFieldListFilter):
    """A filter by format in which runs without one have a name too."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or _("not stated")}


@admin.register(ImportRun)
class ImportRunAdmin(Asking, admin.ModelAdmin):
    """Import runs; `manage.py import_register` makes them."""

    list_display = ("file_name", "dataset", "edition", "read_as", "told", "by", "began")
    list_filter = (("version__dataset", OfDataset), ("format", ByFormat))
    list_select_related = ("version__dataset", "user")
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    search_fields = ("file_name", "file_sha256")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        download = self.admin_site.admin_view(self.refused_view)
        return [path("<path:object_id>/refused.csv", download, name="armsdb_importrun_refused"), *super().get_urls()]

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        return super().get_queryset(request).defer("refusals", "columns", "warnings")

    @admin.display(description=gettext_lazy("dataset"), ordering="version__dataset__name")
    def dataset(self, run: ImportRun) -> str:
        return run.dataset_name

    @admin.display(description=gettext_lazy("edition"), ordering="version__label")
    def edition(self, run: ImportRun) -> str:
        return run.edition

    @admin.display(description=gettext_lazy("format"), ordering="format")
    def read_as(self, run: ImportRun) -> str:
        return run.format or _("not stated")

    @admin.display(description=gettext_lazy("rows"))
    def told(self, run: ImportRun) -> str:
        """Its counts as a sentence."""
        return run.counts_in_words

    @admin.display(description=gettext_lazy("by"), ordering="user__username")
    def by(self, run: ImportRun) -> str:
        return run.user.get_username() if run.user else _("the command line")

    @admin.display(description=gettext_lazy("began"), ordering="started")
    def began(self, run: ImportRun) -> str:
        return moment(run.started)

    # One run

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One run with a page of its refusals."""
        run = self._run(request, object_id)
        if isinstance(run, HttpResponse):
            return run
        try:
            number, size = read_page(request.GET)
        except PageError as error:
            raise Http404(f"{error.parameter}: {error}") from error
        pages = Paginator(run.refusals, size)
        if number > pages.num_pages:
            raise Http404(_("The list ends at page %(last)s.") % {"last": pages.num_pages})
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": run.file_name,
            "run": run,
            "by": self.by(run),
            "page": pages.page(number),
            "refused": run.counts.get("refused", 0),
            "most_warnings": KEPT if len(run.warnings) >= KEPT else 0,
            "query": f"page_size={size}" if "page_size" in request.GET else "",
        }
        return render(request, "admin/import_runs/detail.html", context)

    def refused_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The refused rows as a file that can be mended and imported again."""
        run = self._run(request, object_id)
        if isinstance(run, HttpResponse):
            return run
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="refused-{run.pk}.csv"'
        csv.writer(answer).writerows(refusal_table(run.columns, run.refusals))
        return answer

    def _run(self, request: HttpRequest, object_id: str) -> Any:
        """The run that is asked for, or the answer to who asks for something else."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = int(object_id) if object_id.isascii() and object_id.isdigit() and len(object_id) < 19 else 0
        run = ImportRun.objects.select_related("version__dataset", "user").filter(pk=key).first()
        if run is None:
            raise Http404(_("There is no import with this number."))
        return run
