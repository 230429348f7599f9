"""The first page: questions to begin with, what is disputed, what is newest, how much and how sure, what is missing."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from armsdb.lib.vocab import Grade
from armsdb.models import Country, Event, Fact, Figure, Sanction, Source, Transfer
from armsdb.models.columns import columns
from armsdb.models.gaps import gaps_of

from .kept_pages import kept
from .kinds import KINDS, counted, published

#: Kinds with pages of their own, in the order in which the page names them.
SHOWN: tuple[type[Fact], ...] = (Transfer, Figure, Sanction, Event)
#: Kinds whose own date tells when something happened; that of a figure is what it is about.
HAPPENED: tuple[type[Fact], ...] = (Transfer, Sanction, Event)
DISPUTED, NEWEST = 6, 8
#: The bar is drawn twice, for wide screens and for phones; between its parts is a gap.
BARS, GAP = (656, 328), 2

#: Words for the rule of each grade, as short as they can be; the method has the rule itself.
RULES = {
    Grade.DOCUMENTED: gettext_lazy("a document supports it, seen by us or only quoted by an article"),
    Grade.CORROBORATED: gettext_lazy("two publishers, neither quoting the other"),
    Grade.REPORTED: gettext_lazy("one source that is no interested party"),
    Grade.ALLEGED: gettext_lazy("an interested party, or a conjecture"),
    Grade.DISPUTED: gettext_lazy("somebody denies or questions it"),
}


@method_decorator(kept, name="dispatch")
class Home(View):
    """The first page."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "section": "home",
            "title": _("Who supplied which arms to whom, and how we know"),
            "description": _("Who supplied which arms to whom, when, through which companies, and how we know."),
            "canonical_url": request.build_absolute_uri(request.path),
            "questions": _questions(),
            "disputed": _disputed(),
            "newest": _newest(),
            "kinds": [counted(kind, published(kind).count()) for kind in KINDS if kind is not Transfer],
            **_how_sure(),
            **_missing(),
        }
        return render(request, "home.html", context)


def _questions() -> list[dict[str, str]]:
    """Questions that this site answers, those whose records are here; two queries."""
    countries = Country.objects.published().filter(public_id__in=["russia", "myanmar"])
    sources = Source.objects.published().filter(public_id="article-b")
    here = {*countries.values_list("public_id", flat=True), *sources.values_list("public_id", flat=True)}
    lines = reverse("transfer_list")
    back, before = f"{lines}?supplier=myanmar&recipient=russia", f"{lines}?recipient=myanmar&year_to=2020"
    asked = [
        (_("What did Myanmar send back to Russia?"), back, {"myanmar", "russia"}),
        (_("Who supplied Myanmar before the coup of 2021?"), before, {"myanmar"}),
        (_("What do we know from one article alone?"), reverse("source_detail", args=["article-b"]), {"article-b"}),
    ]
    return [{"label": label, "url": url} for label, url, needs in asked if needs <= here]


def _disputed() -> list[Fact]:
    """Facts that somebody denies or questions, of every kind that has pages; two queries a kind."""
    rows = (_told(kind).disputed().order_by("-updated", "-id")[:DISPUTED] for kind in SHOWN)
    return [fact for facts in rows for fact in facts][:DISPUTED]


def _newest() -> list[Fact]:
    """What happened last, by the facts' own dates, disputed ones apart; two queries a kind."""
    rows = (_told(kind).exclude(evidence=Grade.DISPUTED).newest()[:NEWEST] for kind in HAPPENED)
    return sorted((fact for facts in rows for fact in facts), key=lambda fact: fact.when_ends, reverse=True)[:NEWEST]


def _told(kind: type[Fact]) -> Any:
    return kind._default_manager.published().with_citations()


def _how_sure() -> dict[str, Any]:
    """The transfers by grade: the rows of the table, each with its list, and the bar beside it; counted in memory."""
    told = columns().counts("evidence", None)
    counts = {grade.value: told.get(grade.value, 0) for grade in Grade}
    address = reverse("transfer_list")
    rows = [
        {"grade": grade.value, "rule": RULES[grade], "count": counts[grade], "url": f"{address}?evidence={grade}"}
        for grade in Grade
    ]
    return {"grades": rows, "total": sum(counts.values()), "bars": [bar(counts, width) for width in BARS]}


def bar(counts: Mapping[str, int], width: int) -> dict[str, Any]:
    """The grades as parts of one bar: where each begins and how wide it is, in units of the drawing."""
    told = [grade for grade in Grade if counts[grade]]
    room = width - GAP * (len(told) - 1)
    total = sum(counts.values())
    parts, at = [], 0.0
    for grade in told:
        share = room * counts[grade] / total
        parts.append({"grade": grade.value, "count": counts[grade], "x": round(at, 1), "width": round(share, 1)})
        at += share + GAP
    return {"width": width, "parts": parts}


def _missing() -> dict[str, Any]:
    """What the transfers do not tell, as numbers; two queries."""
    gaps = gaps_of([])
    return {
        "gaps": gaps,
        "numbered": gaps.lines - gaps.quantity,
        "valued": gaps.lines - gaps.value,
        "on_one": Transfer.objects.published().on_one_document().count(),
    }
