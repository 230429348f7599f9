"""Answers that are remembered whole: to what many ask alike, as those who type a name or narrow a list down."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from armsdb.lib.clients import takes
from armsdb.models.memory import Memory, View

from . import limits
from .unchanged import API, asks_for_changes, key_of

#: The addresses whose answers are remembered, each with the limit under which it counts, and how many of those
#: that were asked for last: suggestions of some 3 kB, facets of some 80 kB, or 10 kB where they are packed.
ADDRESSES = {f"{API}suggest/": (limits.SEARCH, 500), f"{API}transfers/facets/": (limits.DEFAULT, 20)}
#: The longest answer, in bytes, that is remembered.
LONGEST = 1 << 17
#: What is told anew each time.
_OF_THE_MOMENT = ("RateLimit", "RateLimit-Policy", "ETag", "Last-Modified")

Answer = Callable[[HttpRequest], HttpResponse]


def kept(get_response: Answer) -> Answer:
    """Tell an answer from memory, as it left before, until anything that readers see changes; it counts as others do.

    It stands where an answer is packed already, and above all that refuses: who is refused once has no answer there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        limit, most = ADDRESSES.get(request.path, ("", 0))
        if not limit or request.method != "GET" or "HTTP_AUTHORIZATION" in request.META:
            return get_response(request)
        memory = None
        # What fails here fails below as well, where it is told.
        with suppress(OperationalError, InterfaceError):
            begun = getattr(request, "begun", None) or View()
            memory = begun.memory
            request.begun = begun  # type: ignore[attr-defined]
        known = None if memory is None or asks_for_changes(request) else _known(request, memory, limit)
        if known is not None:
            return known
        answer = get_response(request)
        if memory is not None and answer.status_code == HTTPStatus.OK and len(answer.content) <= LONGEST:
            headers = {name: value for name, value in answer.headers.items() if name not in _OF_THE_MOMENT}
            found = answer.content, headers, request.resolver_match
            memory.found(request.path, _key(request), lambda: found, most)
        return answer

    return middleware


def _known(request: HttpRequest, memory: Memory, limit: str) -> HttpResponse | None:
    found, mark = memory.remembered(request.path, _key(request)), memory.remembered("mark", key_of(request))
    if found is None or mark is None:
        return None
    if settings.API_LIMIT and limits.count_without_token(request, limit).is_too_much:
        limits.give_back(request)  # it is counted, and refused, where all others are
        return None
    content, headers, request.resolver_match = found
    answer = HttpResponse(content, headers=headers)
    mark.put_on(answer)
    limits.tell(request, answer)
    return answer


def _key(request: HttpRequest) -> tuple[Any, ...]:
    """What an answer depends on, and how it may be packed: a short one goes out in gzip where a long one is in br."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return key_of(request), takes(accepted, "br"), takes(accepted, "gzip")
