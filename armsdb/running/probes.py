"""Addresses for whoever runs the site: whether it lives, whether it is ready, its numbers, what browsers report.

They are answered before all else, so that a probe from the same machine needs neither https nor the name of the site.
"""

import hmac
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from . import browser_reports, health, metrics

Answer = Callable[[HttpRequest], HttpResponse]


def probes(get_response: Answer) -> Answer:
    """Answer at the addresses of probes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path)
        if probe is None:
            return get_response(request)
        methods = ("POST",) if probe is browser_reports.take else ("GET", "HEAD")
        answer = probe(request) if request.method in methods else HttpResponse(status=405)
        if answer.status_code == 405:
            answer["Allow"] = ", ".join(methods)
        answer["Cache-Control"] = "no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    return middleware


def live(request: HttpRequest) -> HttpResponse:
    """That this process answers; nothing else is asked."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> HttpResponse:
    """How the site is; 503 where it cannot answer readers."""
    status, told = health.ready()
    return JsonResponse(told, status=status)


def numbers(request: HttpRequest) -> HttpResponse:
    """What Prometheus reads, for who has the token; without a token set nobody has, and nothing is there."""
    wanted: str = settings.METRICS_TOKEN
    if not wanted:
        return HttpResponse("Nothing is here.\n", status=404, content_type="text/plain")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        refused = HttpResponse("The token is missing or wrong.\n", status=401, content_type="text/plain")
        refused["WWW-Authenticate"] = "Bearer"
        return refused
    try:
        text, kind = metrics.written()
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    return HttpResponse(text, content_type=kind)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live/": live,
    "/health/ready/": ready,
    "/metrics": numbers,
    browser_reports.ADDRESS: browser_reports.take,
}
