"""The page of components: each one rendered as a page includes it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import View

from .samples import FRAME, shown
from .shown import Shown


class DesignPage(View):
    """Every component in its states, for those who work on the pages."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "title": _("Components"),
            "description": _("Every component of the pages in each of its states, for those who work on them."),
            "canonical_url": request.build_absolute_uri(request.path),
            "robots": "noindex",
            "groups": [{"title": title, "components": list(_drawn(rows))} for title, rows in shown()],
            "frame": FRAME.items(),
        }
        return render(request, "about/design.html", context)


def _drawn(rows: Iterable[Shown]) -> Iterator[dict[str, Any]]:
    """The components with the HTML of their states; of several contexts in one state each follows the other."""
    for row in rows:
        name = f"components/{row.component}"
        states = [
            {"words": words, "html": [render_to_string(name, context) for context in contexts]}
            for words, *contexts in row.states
        ]
        yield {"name": row.component, "parts": row.parts, "inside": row.inside, "states": states}
