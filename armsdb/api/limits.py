"""How many answers one client can have in a minute, counted together by all workers, and the headers that tell it.

The headers are those of draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy: "default";q=600;w=60` says what is
allowed, `RateLimit: "default";r=599;t=42` what remains, and in how many seconds it is whole again.
"""

import logging
import time
from collections import Counter
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from armsdb.lib.clients import client_address
from armsdb.models import ApiToken

DEFAULT, SEARCH, RECONCILE, TOKEN = "default", "search", "reconcile", "token"
#: The part of the limit that is for search and suggestions, which cost most.
_OF_SEARCH = 10
#: Seconds for which answers are counted together.
WINDOW = 60
TOO_MUCH = _("More was asked for in a minute than one client can have.")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Counted:
    """What a client may have, and what it has had."""

    name: str
    allowed: int
    had: int
    seconds_left: int
    key: str
    #: What may be had where all workers count together.
    whole: int

    @property
    def is_too_much(self) -> bool:
        return self.had > self.allowed


class Limit(BaseThrottle):
    """The limit of whoever asks."""

    counted: Counted | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        if not settings.API_LIMIT or request.method == "OPTIONS":
            return True
        if isinstance(request.auth, ApiToken):
            self.counted = counted(TOKEN, request.auth.digest[:32], request.auth.per_minute)
            request._request.counted = self.counted  # type: ignore[attr-defined]
            _note(request.auth)
        else:
            self.counted = count_without_token(request._request, view.limit)
        return not self.counted.is_too_much

    def wait(self) -> float | None:
        return None if self.counted is None else self.counted.seconds_left


def counted(name: str, client: str, allowed: int) -> Counted:
    """Count one more answer for a client."""
    window, spent = divmod(time.time(), WINDOW)
    return _counted(name, allowed, f"{name}:{client}:{window:.0f}", 1, max(1, int(WINDOW - spent)))


def count_without_token(request: HttpRequest, limit: str) -> Counted:
    """Count one more answer for the address that asks; there has to be a limit at all."""
    allowed = max(1, settings.API_LIMIT // _OF_SEARCH) if limit == SEARCH else settings.API_LIMIT
    had = counted(limit, client_address(request) or "", allowed)
    request.counted = had  # type: ignore[attr-defined]
    return had


def count_more(request: Request, number: int) -> None:
    """Count a request as so many answers more; refuse it where that is too much."""
    had: Counted | None = getattr(request._request, "counted", None)
    if had is not None and number > 0:
        now = _counted(had.name, had.whole, had.key, number, had.seconds_left)
        request._request.counted = now  # type: ignore[attr-defined]
        if now.is_too_much:
            raise Throttled(now.seconds_left, str(TOO_MUCH))


def _counted(name: str, allowed: int, key: str, number: int, seconds_left: int) -> Counted:
    whole = allowed
    try:
        had = _count(key, number)
    except Exception as error:  # whatever a cache raises that is down: answers go on, under a share of the limit
        _warn("Answers are counted by each worker for itself: %s", error)
        had, allowed = _own.count(key, number), max(1, allowed // settings.WORKERS)
    return Counted(name, allowed, had, seconds_left, key, whole)


def _warn(told: str, error: Exception) -> None:
    """Say once a minute what cannot be counted: every answer would say it otherwise."""
    window = int(time.time() // WINDOW)
    if _warned.get(told) != window:
        _warned[told] = window
        logger.warning(told, error)


_warned: dict[str, int] = {}


def tell(request: HttpRequest, answer: Any) -> None:
    """Put on an answer what the client may have and what remains."""
    had: Counted | None = getattr(request, "counted", None)
    if had is not None:
        remaining = max(0, had.allowed - had.had)
        answer["RateLimit-Policy"] = f'"{had.name}";q={had.allowed};w={WINDOW}'
        answer["RateLimit"] = f'"{had.name}";r={remaining};t={had.seconds_left}'


def give_back(request: HttpRequest) -> None:
    """Count an answer no longer: it turned out to be none, since nothing changed."""
    had: Counted | None = getattr(request, "counted", None)
    if had is not None:
        try:
            _count(had.key, -1)
        except Exception as error:
            _warn("An answer stays counted: %s", error)


def _note(token: ApiToken) -> None:
    try:
        token.note_use()
    except Exception as error:
        _warn("The last use of a token is not noted: %s", error)


def _count(key: str, number: int) -> int:
    cache = caches["limits"]
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        return int(cache.incr(key, number))
    except ValueError:  # it is gone since
        return number


class _Own:
    """What one worker has counted by itself in this window."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._window = ""
        self._lock = Lock()

    def count(self, key: str, number: int) -> int:
        window = key.rpartition(":")[2]
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[key] += number
            return self._counts[key]


_own = _Own()
