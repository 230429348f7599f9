"""What is noted of each request: an id that stands in its answer and in the logs, how long it took, what it asked.

Nothing of who asks is noted, neither address nor browser nor account, and nothing of what was asked but the route: a
question can tell who asks it.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from armsdb.lib import meters

Answer = Callable[[HttpRequest], HttpResponse]

#: An id that a proxy of ours gave a request.
ID = re.compile(r"[A-Za-z0-9-]{8,64}")
#: Where no view was asked: what was refused before, what was unchanged, files.
NO_ROUTE = "(none)"

_id: ContextVar[str] = ContextVar("the id of the request at hand", default="")
logger = logging.getLogger("armsdb.requests")


def id_of(request: Any) -> str:
    """The id of a request, also once it is over; without one that of the request at hand, empty where none is."""
    found: str = getattr(request, "id", "") or _id.get()
    return found


class WithId(logging.Filter):
    """Gives what is logged the id of the request that it is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = id_of(getattr(record, "request", None))
        return True


class Counting:
    """Counts the questions to the database."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], *told: Any) -> Any:
        self.number += 1
        return execute(*told)


def noted(get_response: Answer) -> Answer:
    """Give each request an id, count its answer, and log it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.id = _given_or_new(request)  # type: ignore[attr-defined]
        token = _id.set(request.id)  # type: ignore[attr-defined]
        begun, queries = time.perf_counter(), Counting()
        try:
            with connection.execute_wrapper(queries):
                answer = get_response(request)
            answer.headers["X-Request-ID"] = _id.get()
            _note(request, answer, time.perf_counter() - begun, queries.number)
            return answer
        finally:
            _id.reset(token)

    return middleware


def _given_or_new(request: HttpRequest) -> str:
    """The id that a proxy of ours gave it, else a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.PROXIES else ""
    return given if ID.fullmatch(given) else secrets.token_hex(16)


def _note(request: HttpRequest, answer: HttpResponse, seconds: float, queries: int) -> None:
    found = getattr(request, "resolver_match", None)
    route = f"/{found.route}" if found else NO_ROUTE
    method = request.method if request.method in ("GET", "HEAD", "OPTIONS", "POST") else "other"
    answers, durations, asked = meters.of_answers(route, method, answer.status_code)
    answers.inc()
    durations.observe(seconds)
    asked.inc(queries)
    told = {"method": method, "route": route, "status": answer.status_code, "queries": queries}
    logger.info("answered", extra=told | {"milliseconds": round(1000 * seconds, 1)})
