"""From which database readers are answered: a replica that is not behind, else the primary.

A worker reads from one replica as long as that one is fit, so that what it remembers goes forward. Where the primary is
away too, the replica that knows most answers: old is better than nothing.
"""

import os
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.http import HttpRequest, HttpResponse

from armsdb.models import heartbeat
from armsdb.models.connections import use

#: Seconds for which it is believed how far a replica is behind; and that it does not answer.
_BELIEVED, _AVOIDED = 1.0, 3.0
#: The state of SQL of a question that took too long: it would on the primary too.
_TOO_LONG = "57014"

_lock = threading.Lock()
#: How far each is behind, None where it does not answer, and until when that is believed.
_known: dict[str, tuple[float | None, float]] = {}


def readers_alias(request: HttpRequest) -> str:
    """The alias of the database that answers a request of readers; who is signed in reads what they wrote."""
    primary: str = settings.READERS
    if not settings.REPLICAS or settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in request.META:
        return primary
    first = os.getpid() % len(settings.REPLICAS)
    lags = {name: _lag(name) for name in (*settings.REPLICAS[first:], *settings.REPLICAS[:first])}
    for name, lag in lags.items():
        if lag is not None and lag <= settings.REPLICA_LAG:
            return name
    answering = {name: lag for name, lag in lags.items() if lag is not None}
    if not answering or _lag(primary) is not None:
        return primary
    return min(answering, key=lambda name: answering[name])


def lags() -> dict[str, float | None]:
    """The seconds that each replica was behind when a request last looked; None where it does not answer."""
    return {name: _known[name][0] for name in settings.REPLICAS if name in _known}


def _lag(name: str) -> float | None:
    """The seconds that a database is behind; one request looks, the others believe what was so before."""
    lag, until = _known.get(name, (None, 0.0))
    if time.monotonic() < until or not _lock.acquire(blocking=name not in _known):
        return lag
    try:
        lag = _measured(name)
        _known[name] = lag, time.monotonic() + (_AVOIDED if lag is None else _BELIEVED)
    finally:
        _lock.release()
    return lag


def _measured(name: str) -> float | None:
    asked = connections[name]
    try:
        asked.close_if_unusable_or_obsolete()
        if name == settings.READERS:
            with asked.cursor() as cursor:
                cursor.execute("SELECT 1")
            return 0.0
        return heartbeat.behind(asked)
    except (DatabaseError, InterfaceError):
        asked.close()
        return None


def repeated(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Repeat on the primary, once, what a replica lost or cancelled."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        asked = connections[DEFAULT_DB_ALIAS]
        if asked.alias not in settings.REPLICAS or answer.status_code < 500 or not asked.errors_occurred:
            return answer
        if getattr(asked, "failed", "") == _TOO_LONG:
            return answer
        if not asked.is_usable():
            _known[asked.alias] = None, time.monotonic() + _AVOIDED
        answer.close()
        use(settings.READERS)
        return get_response(request)

    return middleware
