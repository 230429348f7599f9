"""Answers to what went wrong: problem+json below /api/, a page that helps elsewhere."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from armsdb.api.errors import problem_response
from armsdb.models.faults import RETRY_AFTER, fault_of

API = "/api/"


def is_api(request: HttpRequest) -> bool:
    """Whether programs ask at this address; the first one below /api/ is a page for people."""
    return request.path.startswith(API) and request.path != API


def refuse(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """Say in a sentence why a request is not answered."""
    if is_api(request):
        return problem_response(status, detail)
    return render(request, "refused.html", {"status": status, "detail": detail, "robots": "noindex"}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    told = str(exception) if isinstance(exception, BadRequest) else ""  # others tell internals
    return refuse(request, 400, told or _("The request cannot be understood."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, 403, _("This is not open to you."))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that cannot be told to come from our own page."""
    return refuse(request, 403, _("The form did not come from its page, or the page is too old. Load it anew."))


def locked_out(request: HttpRequest, *_others: Any) -> HttpResponse:
    """Too many wrong passwords for one account from one address; whatever the password is now."""
    answer = refuse(
        request, 429, _("Too many wrong passwords for this account from your address. Try again in an hour.")
    )
    answer["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    answer["Cache-Control"] = "no-store"
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    detail = str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
    if is_api(request):
        return problem_response(404, detail or _("There is nothing at this address."))
    return render(request, "404.html", {"detail": detail, "robots": "noindex"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of the database, which is told as such, or one of ours."""
    fault = fault_of(sys.exc_info()[1])
    if fault is not None:
        return unavailable(request, str(fault.value))
    if is_api(request):
        return problem_response(500, _("Something went wrong on our side; nothing was changed."))
    return HttpResponse(_bare_page("500.html"), status=500)


def unavailable(request: HttpRequest, detail: str, wait: int = RETRY_AFTER) -> HttpResponse:
    """Say why there is no answer now, and when to ask again."""
    if is_api(request):
        return problem_response(503, detail, headers={"Retry-After": str(wait)})
    answer = HttpResponse(_bare_page("503.html", detail=detail), status=503)
    answer["Retry-After"] = str(wait)
    return answer


def _bare_page(template: str, **told: str) -> Any:
    """A page made without the request and the database: either may be what failed."""
    return loader.get_template(template).render(told)
