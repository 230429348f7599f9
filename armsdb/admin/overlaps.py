"""Where lines of different datasets are compared, and an editor says whether they tell of one delivery."""

import re
from itertools import islice
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb import actions
from armsdb.importers.overlaps import likely_overlaps
from armsdb.lib.vocab import Verdict
from armsdb.models import Transfer, TransferOverlap
from armsdb.models.side_by_side import SideBySide

from .deciding import ReasonForm

#: Pairs of one page.
MOST = 20
#: What is said after a decision.
_SAID = {
    Verdict.SAME: gettext_lazy("Confirmed: the pages of both lines show them side by side."),
    Verdict.DIFFERENT: gettext_lazy("Rejected: the pair is not proposed again."),
    Verdict.OPEN: gettext_lazy("Taken back: the pair is as it was before."),
}
_KEY = re.compile(r"[0-9]{1,18}\Z", re.ASCII)


class VerdictForm(ReasonForm):
    """What was found, and why."""

    verdict = forms.ChoiceField(choices=Verdict.choices)


@admin.register(TransferOverlap)
class OverlapAdmin(admin.ModelAdmin):
    """Pairs of lines: those that are known or decided as a list, likely ones as another, and each on a page."""

    list_display = ("first", "second", "verdict")
    list_display_links = ("first", "second")
    list_filter = ("verdict",)
    list_select_related = ("first", "second")
    ordering = ("-pk",)
    list_per_page = 50
    change_list_template = "admin/overlaps/list.html"
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        name = f"armsdb_{self.opts.model_name}"
        own = [
            path("proposed/", self.admin_site.admin_view(self.proposed_view), name=f"{name}_proposed"),
            path("pair/", self.admin_site.admin_view(self.pair_view), name=f"{name}_pair"),
        ]
        return own + super().get_urls()

    def proposed_view(self, request: HttpRequest) -> HttpResponse:
        """Likely pairs, some at a time, by their parties."""
        self._refuse_others(request)
        found = list(islice(likely_overlaps(_after(request)), MOST + 1))
        pairs = found[:MOST]
        lines = Transfer.objects.with_parties().in_bulk({pk for pair in pairs for pk in (pair.first, pair.second)})
        last = pairs[-1] if len(found) > MOST else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Likely pairs"),
            "pairs": [(pair, lines[pair.first], lines[pair.second]) for pair in pairs],
            "next": f"?after={last.first}-{last.second}" if last else "",
            "begun": "after" in request.GET,
        }
        return TemplateResponse(request, "admin/overlaps/proposed.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of a pair that is known."""
        row = self.get_object(request, object_id) if _KEY.match(object_id) else None
        self._refuse_others(request)
        if row is None:
            raise Http404(_("There is no such pair."))
        return self._pair(request, row.first_id, row.second_id)

    def pair_view(self, request: HttpRequest) -> HttpResponse:
        """The page of any two lines; without two of them, the way to the likely ones."""
        self._refuse_others(request)
        keys = [request.GET.get(name, "") for name in ("first", "second")]
        if not any(keys):
            return redirect("admin:armsdb_transferoverlap_proposed")
        if not all(map(_KEY.match, keys)):
            raise Http404(_("There is no such pair."))
        return self._pair(request, *map(int, keys))

    def _refuse_others(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _pair(self, request: HttpRequest, *keys: int) -> HttpResponse:
        lines = list(Transfer.objects.with_parties().with_citations().filter(pk__in=keys).order_by("pk"))
        if len(lines) != 2:
            raise Http404(_("There is no such pair."))
        form = VerdictForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._decided(request, lines, form):
            return HttpResponseRedirect(reverse("admin:armsdb_transferoverlap_proposed"))
        pairs: Any = TransferOverlap.history.filter(first=lines[0], second=lines[1])
        history = list(pairs.select_related("history_user"))
        now = history[0] if history and history[0].history_type != "-" else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("One delivery or two?"),
            "told": SideBySide(lines),
            "form": form,
            "verdict": now.verdict if now else "",
            "history": history,
        }
        return TemplateResponse(request, "admin/overlaps/pair.html", context)

    def _decided(self, request: HttpRequest, lines: list[Transfer], form: VerdictForm) -> bool:
        verdict = Verdict(form.cleaned_data["verdict"])
        user: Any = request.user
        try:
            actions.decide_overlap(
                one=lines[0], other=lines[1], verdict=verdict, user=user, reason=form.cleaned_data["reason"]
            )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        messages.success(request, _SAID[verdict])
        return True


def _after(request: HttpRequest) -> tuple[int, int] | None:
    """The pair behind which the list goes on."""
    text = request.GET.get("after")
    if text is None:
        return None
    first, mark, second = text.partition("-")
    if not (mark and _KEY.match(first) and _KEY.match(second)):
        raise Http404(_("The list goes on behind no such pair."))
    return int(first), int(second)
