"""Answers that the client already has: their marks (ETag, Last-Modified), and 304 where nothing changed since.

The mark of a list follows the data version of the kinds that it joins, so that it is known before the list is; that of
a record follows what the answer holds. What was answered at an address is remembered until any data version moves.
"""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from armsdb import __version__
from armsdb.models.memory import View, view

from . import limits
from .headers import open_to_all

#: Where every address of the API begins.
API = "/api/v1/"
READS = ("GET", "HEAD")
#: Answers whose marks are remembered, some 200 bytes each.
_REMEMBERED = 5_000

Answer = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Mark:
    """By what a client tells whether it has an answer already: a weak ETag, and when it last changed, in seconds."""

    tag: str
    changed: int | None

    def is_known(self, request: HttpRequest) -> bool:
        """Whether the client has the answer; the tag alone decides where it names one (RFC 9110, 13.2.2)."""
        tags = request.META.get("HTTP_IF_NONE_MATCH")
        if tags is not None:
            return tags.strip() == "*" or self.is_named(request)
        since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
        return since is not None and self.changed is not None and self.changed <= since

    def is_named(self, request: HttpRequest) -> bool:
        """Whether the client names the very tag."""
        return self.tag in map(_weak, parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")))

    def put_on(self, answer: HttpResponseBase) -> None:
        answer.headers["ETag"] = self.tag
        if self.changed is not None:
            # In the same second more may come; who is told the one before has to ask again.
            is_over = self.changed < int(time.time())
            answer.headers["Last-Modified"] = _date(self.changed if is_over else self.changed - 1)


def spared(get_response: Answer) -> Answer:
    """The first to see a question to the API: where the client has the answer, only the version is asked for.

    All that others put on answers with contents, or refuse, is below; who is refused once has no answer to name.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API) and request.method in READS and asks_for_changes(request):
            # What fails here fails below as well, where it is told.
            with suppress(OperationalError, InterfaceError):
                begun = View()
                mark = begun.memory.remembered("mark", key_of(request))
                if mark is not None and mark.is_known(request):
                    return _not_modified(mark)
                request.begun = begun  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


class Unchanged:
    """An answer of the API is as of one version, by which its marks go."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API) or request.method not in READS:
            return self.get_response(request)
        begun: View | None = request.__dict__.pop("begun", None)  # once: who asks again may ask another database
        with (begun or View()).at_hand():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, function: Any, *_others: Any) -> HttpResponse | None:
        """Answer 304 where the mark is known before the answer is made, and the client names it."""
        shown: Any = getattr(function, "cls", None)
        if request.method not in READS or not asks_for_changes(request) or not hasattr(shown, "joined_kinds"):
            return None
        kinds = shown.joined_kinds(getattr(function, "actions", {}).get("get", ""))
        mark = None if kinds is None else _mark_of_kinds(request, kinds)
        return _not_modified(mark) if mark is not None and mark.is_named(request) else None


def marked(request: HttpRequest, answer: Any, kinds: tuple[str, ...] | None, changed_with: tuple[str, ...]) -> Any:
    """An answer with its marks, which are remembered; 304 where the client has it, but for a file that is on its way.

    `kinds` are those whose data version tells whether it changed; None where what it holds tells. `changed_with` are
    the kinds whose changes may have changed it.
    """
    mark = Mark(_tag(answer.content), _changed(changed_with)) if kinds is None else _mark_of_kinds(request, kinds)
    if changed_with:
        view().memory.found("mark", key_of(request), lambda: mark, _REMEMBERED)
    if asks_for_changes(request) and mark.is_known(request) and not answer.streaming:
        if mark.is_named(request):  # what had to be worked out first for others counts
            limits.give_back(request)
        return _not_modified(mark)
    mark.put_on(answer)
    return answer


def asks_for_changes(request: HttpRequest) -> bool:
    """Whether a client has an answer, and asks whether it is still the same."""
    return "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META


def _mark_of_kinds(request: HttpRequest, kinds: tuple[str, ...]) -> Mark:
    """The mark of what stands at an address while the data version of these kinds stays; of no kinds, while we do."""
    versions = view().memory.versions if kinds else {}
    # With its moment: after a backup was restored the same number may be given again.
    newest = max((versions[kind] for kind in kinds if kind in versions), default=0)
    told = "\n".join((__version__, str(newest), *_address(request)))
    return Mark(_tag(told.encode(errors="replace")), _changed(kinds))


def _tag(told: bytes) -> str:
    return f'W/"{hashlib.blake2b(told, digest_size=16).hexdigest()}"'


def _changed(kinds: tuple[str, ...]) -> int | None:
    """The second in which one of these kinds last changed; None where none ever did."""
    versions = view().memory.versions if kinds else {}
    moments: list[datetime] = [versions[kind][1] for kind in kinds if kind in versions]
    return int(max(moments).timestamp()) if moments else None


def _address(request: HttpRequest) -> tuple[str, ...]:
    """What an answer depends on besides the data; a host that is not ours is refused before it has an answer."""
    asked = request.META
    return (
        request.scheme or "",
        *(asked.get("HTTP_HOST", ""), request.path, asked.get("QUERY_STRING", ""), asked.get("HTTP_ACCEPT", "")),
    )


def key_of(request: HttpRequest) -> bytes:
    """A short name of what an answer depends on, which is long as its client likes."""
    return hashlib.blake2b("\n".join(_address(request)).encode(errors="replace"), digest_size=16).digest()


def _not_modified(mark: Mark) -> HttpResponse:
    answer = open_to_all(HttpResponseNotModified())
    mark.put_on(answer)
    return answer


@lru_cache
def _date(second: int) -> str:
    """A second as HTTP tells it; the same few are told again and again."""
    return http_date(second)


def _weak(tag: str) -> str:
    return tag if tag.startswith("W/") else f"W/{tag}"
