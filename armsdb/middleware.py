"""What every request passes: addresses that no view should see are refused, and headers that every answer has."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from armsdb.lib.clients import takes

from .errors import is_api, refuse

Answer = Callable[[HttpRequest], HttpResponse]

#: Longest address, in characters, that is looked at.
MAX_ADDRESS = 4096
MAX_PARAMETERS = 200
#: The methods by which pages are asked.
READING = ("GET", "HEAD", "OPTIONS")

#: The answers that caches may keep.
KEPT = (200, 301, 304, 308, 400, 404, 410)

#: What a page of ours never asks of a browser.
PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


def guard(get_response: Answer) -> Answer:
    """Refuse addresses that are too long, hold what no text may hold, or ask by a method that nobody offers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in READING and not _answers_itself(request):
            refused = refuse(request, 405, _("This address is only read: by GET, HEAD or OPTIONS."))
            refused["Allow"] = ", ".join(READING)
            return refused
        query = request.META.get("QUERY_STRING", "")
        if len(request.path) + len(query) > MAX_ADDRESS:
            return refuse(request, 414, _("The address is longer than %(most)s characters.") % {"most": MAX_ADDRESS})
        if query.count("&") >= MAX_PARAMETERS:
            return refuse(request, 400, _("A question has at most %(most)s parameters.") % {"most": MAX_PARAMETERS})
        if not (_is_text(query) and "\0" not in request.path and "\ufffd" not in request.path):
            return refuse(request, 400, _("The address holds bytes that are no text."))
        return get_response(request)

    return middleware


def _answers_itself(request: HttpRequest) -> bool:
    """Whether what stands at an address says by itself which methods it takes: the desk and the API; TRACE nobody."""
    return request.method != "TRACE" and (is_api(request) or request.path.startswith(reverse("admin:index")))


def _is_text(query: str) -> bool:
    """Whether a query string is UTF-8 without the NUL character."""
    try:
        return "\0" not in unquote_to_bytes(query.replace("+", " ")).decode("utf-8")
    except UnicodeDecodeError:
        return False


class Compression(GZipMiddleware):
    """Answers that take less on their way; what can be had in parts goes as it is, since parts are counted in bytes."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if "Accept-Ranges" in response:
            return response
        if not takes(request.META.get("HTTP_ACCEPT_ENCODING", ""), "gzip"):
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)


def _caching(request: HttpRequest, response: HttpResponse) -> str:
    """Who may keep an answer: anybody, who then asks each time whether it is still so; of who is signed in nobody else.

    A cache of many readers tells it for a second, and three more while it asks anew. While we cannot answer, what was
    so within a day may be told. So a cache has to keep, too, that something is gone or leads elsewhere: else it would
    tell what was there before. All else is told anew each time.
    """
    asked = request.META
    if "HTTP_AUTHORIZATION" in asked or ("HTTP_COOKIE" in asked and settings.SESSION_COOKIE_NAME in request.COOKIES):
        return "private, no-cache"
    if response.status_code not in KEPT:
        return "no-cache"
    return "public, max-age=0, s-maxage=1, stale-while-revalidate=3, stale-if-error=86400"


def headers(get_response: Answer) -> Answer:
    """Say what other sites and the browser may do with every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", _caching(request, response))
        return response

    return middleware
