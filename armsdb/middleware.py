"""What every request passes: addresses that no view should see are refused, and headers that every answer has."""

import ipaddress
import uuid
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from .errors import is_api, refuse

Answer = Callable[[HttpRequest], HttpResponse]

#: Longest address, in characters, that is looked at.
MAX_ADDRESS = 4096
MAX_PARAMETERS = 200
#: The methods by which pages are asked.
READING = ("GET", "HEAD", "OPTIONS")

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


def client_address(request: HttpRequest) -> str | None:
    """The address that a request comes from, as the outermost proxy of ours saw it; of IPv6 the network of one client.

    Each proxy adds to the right of X-Forwarded-For whom it was asked by. What stands further left is anybody's word.
    """
    address = request.META.get("REMOTE_ADDR", "")
    passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.PROXIES <= len(passed):
        address = passed[-settings.PROXIES].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


def headers(get_response: Answer) -> Answer:
    """Give every answer an id, and say what other sites and the browser may do with it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("X-Request-ID", uuid.uuid4().hex)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
