"""A picture on a page of its own, and the picture or its numbers as a file."""

import csv
import io
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from armsdb.charts.poster import poster
from armsdb.filters import Problem, TransferFilterSet
from armsdb.filters.pictured import asked
from armsdb.lib.formulas import inert
from armsdb.web.base import not_of_pages
from armsdb.web.kept_pages import kept
from armsdb.web.later import BUSY, CHANGED, later
from armsdb.web.questions import left_out_of
from armsdb.web.unchanged import marked

from . import PICTURES
from .base import ENTRIES, Changed, Drawn, Picture, site_of
from .png import Busy, png_of


@method_decorator(kept, name="dispatch")
class PicturePage(View):
    """A picture of the transfers that answer a question, with its table, its foot, and the form to ask another."""

    http_method_names = ["get", "head", "options"]
    dear = True
    picture: ClassVar[Any] = None

    def get(self, request: HttpRequest) -> HttpResponse:
        picture: Picture = self.picture
        question = picture.asked(request.GET)
        context: dict[str, Any] = {
            "section": "explore",
            "picture": picture,
            "asked": question,
            "canonical_url": request.build_absolute_uri(request.path),
        }
        problems = problems_of(question, request)
        if not problems and picture.names_none(question):
            examples = [(label, f"{request.path}?{query}") for label, query in picture.examples(question)]
            context |= {
                "title": picture.label,
                "needs": picture.needs,
                "examples": examples,
                "robots": "noindex, follow" if question.conditions else "",
            }
            return render(request, "explore/picture.html", context)
        problems = problems or picture.problems(question)
        if problems:
            title = _("%(picture)s: the question is not understood") % {"picture": picture.label}
            context |= {"title": title, "problems": problems, "robots": "noindex"}
            return render(request, "explore/picture.html", context, status=400)
        title = picture.title(question)
        try:
            drawn = picture.drawn(question, site=site_of(request))
        except Changed:
            return later(CHANGED)
        context |= {
            "number": drawn.number,
            "drawn": drawn.briefly(),
            "card": {"url": drawn.site + drawn.file("png"), "alt": f"{title}. {drawn.finding}"}
            if drawn.is_drawn
            else None,
            "left_out": left_out_of(question),
            "title": title,
            "description": _("%(title)s: the numbers, the sources, what is left out.") % {"title": title},
            "robots": "noindex, follow" if question.conditions else "",
        }
        return render(request, "explore/picture.html", context)


@method_decorator(marked, name="dispatch")
class PictureFile(View):
    """The same as a file: drawn for paper, or its numbers as data. Pages of other sites may show it."""

    http_method_names = ["get", "head", "options"]
    dear = True
    picture: ClassVar[Any] = None

    def get(self, request: HttpRequest, extension: str) -> HttpResponse:
        if extension not in WRITERS:
            known = ", ".join(WRITERS)
            raise Http404(_("Pictures come as %(known)s alone.") % {"known": known})
        question = self.picture.asked(request.GET)
        problems = problems_of(question, request) or self.picture.problems(question)
        if problems:
            words = "\n".join(f"{problem.parameter}: {problem.detail}" for problem in problems)
            answer = HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
        else:
            answer = _written(extension, lambda: self.picture.drawn(question, site=site_of(request)))
        return answer


def _written(extension: str, draw: Callable[[], Drawn]) -> HttpResponse:
    try:
        return WRITERS[extension](draw())
    except Busy:
        return later(BUSY)
    except Changed:
        return later(CHANGED)


def problems_of(question: TransferFilterSet, request: HttpRequest) -> list[Problem]:
    """What is wrong with a question: also what pages do not take."""
    return [*question.problems, *not_of_pages(request.GET)]


def _csv(drawn: Drawn) -> HttpResponse:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(drawn.columns)
    for row in drawn.rows:
        rows.writerow([inert([cell])[0] if isinstance(cell, str) else cell for cell in row])
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="armsdb-{drawn.picture.name}.csv"'
    return answer


def _json(drawn: Drawn) -> HttpResponse:
    picture = drawn.picture
    told = {
        "title": drawn.title,
        "shows": str(picture.say),
        "page": drawn.address,
        "as_of": drawn.as_of,
        "retrieved": timezone.now().date().isoformat(),
        "cite": drawn.cite.plain,
        picture.counts: drawn.number,
        "notes": drawn.notes,
        "left_out": drawn.left_out,
        "datasets": [
            {"id": one.public_id, "name": one.name, "licence": one.licence, "page": drawn.site + one.get_absolute_url()}
            for one in drawn.datasets
        ],
        "columns": drawn.columns,
        "rows": [dict(zip(drawn.columns, row, strict=True)) for row in drawn.rows],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _svg(drawn: Drawn) -> HttpResponse:
    return HttpResponse(_svg_of(_sheet(drawn), drawn), content_type="image/svg+xml; charset=utf-8")


def _png(drawn: Drawn) -> HttpResponse:
    sheet = _sheet(drawn)
    answer = HttpResponse(png_of(_svg_of(sheet, drawn), sheet["height"]), content_type="image/png")
    answer["Content-Disposition"] = f'inline; filename="armsdb-{drawn.picture.name}.png"'
    return answer


def _svg_of(sheet: dict[str, Any], drawn: Drawn) -> str:
    return render_to_string("explore/poster.svg", {"poster": sheet, "finding": drawn.finding})


def _sheet(drawn: Drawn) -> dict[str, Any]:
    """The picture as a file: on white, with its title, its key, and where it comes from."""
    told = _("Datasets: %(names)s.") % {"names": "; ".join(str(one) for one in drawn.datasets)}
    days = {"day": drawn.as_of, "today": timezone.now().date().isoformat()}
    foot = [
        *drawn.notes,
        *drawn.left_out,
        told,
        _("ArmsDB, as of %(day)s, retrieved on %(today)s.") % days,
        drawn.address,
    ]
    return poster(
        title=drawn.title,
        say=str(drawn.picture.say),
        panels=drawn.panels,
        signs=drawn.signs,
        foot=foot,
    )


#: The files that there are, by extension.
WRITERS: dict[str, Callable[[Drawn], HttpResponse]] = {"csv": _csv, "json": _json, "svg": _svg, "png": _png}


@method_decorator(kept, name="dispatch")
class ExplorePage(View):
    """The pictures that there are, each with what it shows, and drawn small of all transfers."""

    http_method_names = ["get", "head", "options"]
    dear = True

    def get(self, request: HttpRequest) -> HttpResponse:
        everything = asked(QueryDict())
        sketches = [(one, one.sketch(everything)) for one in PICTURES]
        context = {
            "section": "explore",
            "title": _("Explore"),
            "description": _("Pictures of any question about transfers of arms, with their numbers and their sources."),
            "canonical_url": request.build_absolute_uri(request.path),
            "entries": ENTRIES,
            "pictures": [
                {"picture": one, "url": reverse(f"picture_{one.name}"), "sketch": sketch} for one, sketch in sketches
            ],
            "dataset": next((sketch.dataset for _one, sketch in sketches if sketch and sketch.dataset), None),
        }
        return render(request, "explore/list.html", context)
