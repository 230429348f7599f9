"""Pages of a list: what is asked for, and the frame that every list stands in."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from armsdb.exporters import EXPORTERS
from armsdb.filters import Problem
from armsdb.lib.paging import PageError, read_page

from .formats import is_download

#: Parameters that only files have.
OF_FILES = ("table", "manifest")


def page_problems(request: Request) -> list[Problem]:
    """What is wrong with `page`, `page_size` and `cursor`, and with what only files have."""
    query = request.query_params
    if is_download(request) and "cursor" in query:
        return [Problem("cursor", _("A file has all rows; a walk by cursor has pages."))]
    if not is_download(request):
        formats = _("Only files have this; their formats are: %(formats)s.") % {"formats": ", ".join(EXPORTERS)}
        problems = [Problem(name, formats) for name in OF_FILES if name in query]
        if problems:
            return problems
    if "cursor" in query and "page" in query:
        return [Problem("page", _("A walk by cursor has no numbered pages."))]
    try:
        read_page(query)
    except PageError as error:
        return [Problem(error.parameter, str(error))]
    return []


def framed(request: Request, count: int, shapes: list[Any], **about: Any) -> dict[str, Any]:
    """One page of a list: how many rows there are in all, the pages around this one, what it is about, its rows."""
    number, size = read_page(request.query_params)
    return {
        "count": count,
        "next": _address(request, page=str(number + 1)) if number * size < count else None,
        "previous": _address(request, page=str(number - 1) if number > 2 else None) if number > 1 else None,
        **about,
        "results": shapes,
    }


def page_size(request: Request) -> int:
    """How many rows a page has."""
    return read_page(request.query_params)[1]


def walked(request: Request, cursor: str, shapes: list[Any], **about: Any) -> dict[str, Any]:
    """One page of a walk: the address of the next, what the list is about, its rows; no count, and no way back."""
    following = _address(request, cursor=cursor) if cursor else None
    return {"next": following, "previous": None, **about, "results": shapes}


def bounds(request: Request, count: int) -> tuple[int, int]:
    """Where the page asked for begins and ends among so many rows; 404 past the end."""
    number, size = read_page(request.query_params)
    last = max(1, -(-count // size))
    if number > last:
        raise Http404(_("The list ends at page %(last)s.") % {"last": last})
    return (number - 1) * size, number * size


def site(request: Request) -> str:
    """Scheme and host under which the request came."""
    return f"{request.scheme}://{request.get_host()}"


def links(request: Request, answer: Any) -> str:
    """The Link header of an answer: its description, and the pages of a list around it."""
    described = f"{site(request)}{reverse('api:schema')}"
    told = [f'<{described}>; rel="describedby"; type="application/vnd.oai.openapi+json"']
    for key, relation in (("next", "next"), ("previous", "prev")):
        address = answer.get(key) if isinstance(answer, Mapping) else None
        told += [f'<{address}>; rel="{relation}"'] if address else []
    return ", ".join(told)


def _address(request: Request, **changes: str | None) -> str:
    """The address of the question with some parameters set, or taken away where they are None."""
    query = request.query_params.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"{site(request)}{escape_uri_path(request.path)}" + (f"?{query.urlencode()}" if query else "")


class ListPages(BasePagination):
    """The frame of a list, for the schema."""

    META: Mapping[str, Any] = {
        "type": "object",
        "description": "What the list is, and what it leaves out.",
        "required": ["data_version", "licence", "left_out", "like"],
        "properties": {
            "data_version": {
                "type": "string",
                "description": "Changes whenever anything changes that the list tells of.",
                "example": "1042",
            },
            "licence": {
                "type": "string",
                "description": "The licences of the rows, of all pages, by name; empty where there are none.",
                "example": "CC BY 4.0",
            },
            "left_out": {
                "type": "object",
                "description": "How many rows the question leaves out without having said so, by reason.",
                "required": ["undated", "currency", "licence"],
                "properties": {
                    "undated": {
                        "type": "integer",
                        "description": "Rows without a date, left out by a question about years.",
                        "example": 0,
                    },
                    "currency": {
                        "type": "integer",
                        "description": "Rows without a value in the currency, left out by a question about values.",
                        "example": 0,
                    },
                    "licence": {
                        "type": "integer",
                        "description": "Rows that may not be passed on in this form.",
                        "example": 0,
                    },
                },
            },
            "like": {
                "type": "object",
                "description": "For each word of `q` that nothing has the known ones that are like it; mostly none.",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
                "example": {},
            },
        },
    }
    FRAME: Mapping[str, Any] = {
        "count": {
            "type": "integer",
            "description": "How many rows answer, on all pages; not told in a walk.",
            "example": 1,
        },
        "next": {
            "type": ["string", "null"],
            "format": "uri",
            "description": "The next page; null on the last.",
            "example": None,
        },
        "previous": {
            "type": ["string", "null"],
            "format": "uri",
            "description": "The page before; null on the first.",
            "example": None,
        },
    }

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        start, end = bounds(request, queryset.count())
        return list(queryset[start:end])

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        properties = {**self.FRAME, "meta": self.META, "results": schema}
        required = [name for name in properties if name != "count"]
        return {"type": "object", "required": required, "properties": properties}
