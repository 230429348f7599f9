"""In which format an answer is given."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer

from armsdb.filters import Problem

from .errors import BadQuestion


class Negotiation(DefaultContentNegotiation):
    """As the Accept header says; a `format` that is not offered is a bad question, not a missing address."""

    def select_renderer(self, request: Any, renderers: Iterable[BaseRenderer], format_suffix: Any = None) -> Any:
        if request.query_params.get("format") == "":  # else it would be overlooked
            self.filter_renderers(renderers, "")
        return super().select_renderer(request, renderers, format_suffix)

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: Any) -> list[BaseRenderer]:  # noqa: A002
        renderers = list(renderers)
        offered = [renderer for renderer in renderers if renderer.format == format]
        if not offered:
            formats = ", ".join(dict.fromkeys(str(renderer.format) for renderer in renderers))
            detail = _("The format is not one of: %(formats)s.") % {"formats": formats}
            raise BadQuestion([Problem("format", detail)])
        return offered
