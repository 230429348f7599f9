"""What went wrong, always in one shape: application/problem+json (RFC 9457)."""

import json
import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from armsdb.filters import Problem
from armsdb.models.faults import RETRY_AFTER, fault_of

from .headers import open_to_all

MEDIA_TYPE = "application/problem+json"

logger = logging.getLogger(__name__)


class BadQuestion(exceptions.APIException):
    """A question that is not understood, with what is wrong with each parameter."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, problems: Iterable[Problem], detail: str = "") -> None:
        self.problems = list(problems)
        super().__init__(detail or _("The question is not understood, so it has no answer: see errors."))


class Gone(exceptions.APIException):
    """A record that was withdrawn; the detail is when and why."""

    status_code = HTTPStatus.GONE


def problem_response(
    status: int, detail: str, errors: Iterable[Problem] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """An answer that says what went wrong; `errors` tell it for each parameter."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": str(detail),
        "errors": [{"parameter": error.parameter, "detail": str(error.detail)} for error in errors],
    }
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, status=int(status), content_type=MEDIA_TYPE, headers=headers)
    return open_to_all(response)


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Answer an error that a view raised; None for a fault of ours, which Django logs and answers with 500."""
    if isinstance(error, Http404):
        return problem_response(HTTPStatus.NOT_FOUND, str(error) or _("There is nothing at this address."))
    if isinstance(error, PermissionDenied):
        return problem_response(HTTPStatus.FORBIDDEN, _("This is not open to you."))
    fault = fault_of(error)
    if fault is not None:
        logger.error("The database does not answer: %s", error)
        later = {"Retry-After": str(RETRY_AFTER)}
        return problem_response(HTTPStatus.SERVICE_UNAVAILABLE, str(fault.value), headers=later)
    if isinstance(error, exceptions.APIException):
        wait = getattr(error, "wait", None)
        headers = {"Retry-After": f"{wait:.0f}"} if wait else {}
        if asked_for := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = asked_for
        return problem_response(error.status_code, str(error.detail), getattr(error, "problems", ()), headers)
    return None
