"""Records that imports made from a name alone: listed with others that they may be, and two of them compared."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb import actions
from armsdb.importers.matches import likely_matches, not_yet_matched
from armsdb.models import Distinction, Entity

from .deciding import ReasonForm

#: Records of one page.
MOST = 20
_COLUMNS = ("kind", "country", "category", "description")


class ApartForm(ReasonForm):
    """That two records are different, and why."""

    matched = forms.BooleanField(
        required=False, label=gettext_lazy("The first was compared with all that it may be: do not list it any more")
    )
    back = forms.BooleanField(required=False)


class Matching(ModelAdmin):
    """The pages on which records of one kind are compared."""

    change_list_template = "admin/matching/kind.html"

    def get_urls(self) -> list[Any]:
        name = f"armsdb_{self.opts.model_name}"
        own = [
            path("matches/", self.admin_site.admin_view(self.matches_view), name=f"{name}_matches"),
            path("compare/", self.admin_site.admin_view(self.compare_view), name=f"{name}_compare"),
        ]
        return own + super().get_urls()

    def matches_view(self, request: HttpRequest) -> HttpResponse:
        """Records not yet matched, some at a time, each with others that it may be."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        pages = Paginator(not_yet_matched(self.model), MOST)
        asked = request.GET.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
        if not 1 <= number <= pages.num_pages:
            raise Http404(_("The list ends at page %(last)s.") % {"last": pages.num_pages})
        page = pages.page(number)
        found: dict[int, list[Any]] = {record.pk: [] for record in page}
        for match in likely_matches(self.model, list(page)):
            found[match.record.pk].append(match)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Not yet matched"),
            "subtitle": capfirst(self.opts.verbose_name_plural),
            "page": page,
            "rows": [(record, found[record.pk]) for record in page],
            "compare_url": self._matching_address("compare"),
        }
        return TemplateResponse(request, "admin/matching/list.html", context)

    def compare_view(self, request: HttpRequest) -> HttpResponse:
        """Two records side by side; what is posted tells them apart, or takes that back."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        keys = request.GET.getlist("id")
        if len(keys) < 2:
            return HttpResponseRedirect(self._matching_address("matches"))
        pair = self._two(keys)
        apart = Distinction.objects.among(self.model).filter(first__in=keys, second__in=keys).first()
        form = ApartForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._told_apart(request, pair, apart, form):
            return HttpResponseRedirect(self._matching_address("matches"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("The same, or two?"),
            "pair": pair,
            "rows": [row for row in _rows(*pair) if any(row[1])],
            "merge_ways": [(one, other, self._merging(one, other)) for one, other in (pair, pair[::-1])],
            "apart": apart,
            "form": form,
        }
        return TemplateResponse(request, "admin/matching/compare.html", context)

    def _two(self, keys: list[str]) -> list[Any]:
        if len(set(keys)) != 2 or not all(key.isascii() and key.isdigit() and len(key) < 19 for key in keys):
            raise Http404(_("Choose two records."))
        found = self.model._default_manager.with_names().in_bulk([int(key) for key in keys])
        if len(found) != 2:
            raise Http404(_("There is no such record."))
        return [found[int(key)] for key in dict.fromkeys(keys)]

    def _matching_address(self, name: str) -> str:
        return reverse(f"admin:armsdb_{self.opts.model_name}_{name}")

    def _merging(self, record: Entity, into: Entity) -> str:
        """Where one is merged into the other, which asks why; empty where it cannot be."""
        return f"{self._matching_address('merge')}?id={record.pk}&into={into.pk}" if into.is_published else ""

    def _told_apart(self, request: HttpRequest, pair: list[Any], apart: Distinction | None, form: ApartForm) -> bool:
        by: dict[str, Any] = {"user": request.user, "reason": form.cleaned_data["reason"]}
        try:
            if form.cleaned_data["back"] and apart is not None:
                actions.tell_apart_no_more(distinction=apart, **by)
                messages.success(request, _("Taken back: they may be the same."))
            else:
                actions.tell_apart(record=pair[0], other=pair[1], matched=form.cleaned_data["matched"], **by)
                messages.success(request, _("They are different; the pair is not proposed again."))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        return True


def _rows(*pair: Any) -> list[tuple[str, list[list[str]]]]:
    """What is compared: a label, and for each record its words."""
    rows = [(_("Id"), [[record.public_id] for record in pair])]
    rows += [(_("State"), [[record.get_state_display()] for record in pair])]
    rows += [(_("Not yet matched"), [[_("yes") if record.unmatched else _("no")] for record in pair])]
    rows += [(_("Other names"), [[f"{a.name} ({a.get_kind_display()})" for a in one.aliases.all()] for one in pair])]
    rows += [(_("Identifiers"), [[str(row) for row in record.identifiers.all()] for record in pair])]
    for name in _COLUMNS:
        if hasattr(pair[0], name):
            label = str(capfirst(pair[0]._meta.get_field(name).verbose_name))
            rows.append((label, [_column(record, name) for record in pair]))
    rows.append((_("What it is"), [[record.summary] if record.summary else [] for record in pair]))
    return [*rows, (_("Published records that name it"), [_counted(record) for record in pair])]


def _column(record: Any, name: str) -> list[str]:
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    return [str(value)] if value else []


def _counted(record: Entity) -> list[str]:
    """How many of each kind; a fact that names it and cites it is told twice."""
    counts: dict[str, int] = {}
    for rows in actions.leaning_on(record):
        label = str(rows.model._meta.verbose_name_plural)
        counts[label] = counts.get(label, 0) + rows.count()
    return [f"{label}: {number}" for label, number in counts.items() if number]
