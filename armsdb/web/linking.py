"""Linked data on pages, and which form of a record a program asks for at the address of its page."""

from typing import Any

import orjson
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from armsdb.exporters import linked
from armsdb.models import Record

PAGE, JSON = "text/html", "application/json"
#: Signs by which a text could end the block that it stands in.
_SIGNS = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def wanted(request: HttpRequest) -> str:
    """The form that is asked for: the page, unless the record itself is preferred to it by name."""
    accepted = [one for one in request.accepted_types if f"{one}".partition(";")[0] in (JSON, linked.MEDIA_TYPE)]
    if not accepted:
        return PAGE
    return request.get_preferred_type([PAGE, linked.MEDIA_TYPE, JSON]) or PAGE


def site_of(request: HttpRequest) -> str:
    """Scheme and host of the addresses."""
    return request.build_absolute_uri("/")[:-1]


def answer(request: HttpRequest, record: Record) -> HttpResponse:
    """A record as linked data."""
    told = orjson.dumps(linked.document(linked.node(record, site_of(request))))
    found = HttpResponse(told, content_type=linked.MEDIA_TYPE)
    found["Access-Control-Allow-Origin"] = "*"
    found["Cross-Origin-Resource-Policy"] = "cross-origin"
    return found


def listed(request: HttpRequest, title: str, page: Page) -> SafeString:
    """A page of a list as linked data."""
    address, rows = request.build_absolute_uri(), page.paginator.count
    return block(linked.collection(page.object_list, site_of(request), title=title, address=address, rows=rows))


def block(node: dict[str, Any]) -> SafeString:
    """Linked data as a block of a page: data, which no browser runs."""
    text = orjson.dumps(linked.document(node)).decode().translate(_SIGNS)
    return format_html('<script type="{}">{}</script>', linked.MEDIA_TYPE, mark_safe(text))  # noqa: S308
