"""Edits that have to be on a replica to count: where none answers, the desk does not wait, and says so.

Neither a timeout of statements nor a connection that is closed ends the wait of a commit for its replicas; to cancel it
does, and then the commit is told with a warning: saved here, not yet copied. Behind a pooler nobody can tell which
process waits, so the desk has to be connected to PostgreSQL itself.
"""

import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any, Self

from django.conf import settings
from django.contrib import messages
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from armsdb.middleware import READING
from armsdb.models import uncopied

from .reading import is_of_desk

#: Seconds that a request of the desk may wait for replicas, and between two looks after that.
SECONDS, BETWEEN = 2.0, 0.3

Answer = Callable[[HttpRequest], HttpResponse]


class Watch:
    """Ends what a connection waits for replicas, from a thread of its own, until the request is over."""

    def __init__(self) -> None:
        self._watched: Any = connections[DEFAULT_DB_ALIAS]
        self._is_over = threading.Event()
        self._has_cut = False
        self._forget_notices()

    def __enter__(self) -> Self:
        threading.Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._is_over.set()

    @property
    def was_warned(self) -> bool:
        """Whether a commit came back with a warning: by our doing, or by that of whoever looks after the database."""
        told = getattr(self._watched.connection, "notices", ())
        return self._has_cut or any(notice.startswith("WARNING") for notice in told)

    def _forget_notices(self) -> None:
        if self._watched.connection is not None:
            self._watched.connection.notices.clear()

    def _look(self) -> None:
        if self._is_over.wait(SECONDS):
            return
        try:
            with closing(connections.create_connection(DEFAULT_DB_ALIAS)) as own:
                while not self._is_over.wait(BETWEEN):
                    self._cut(own)
        except (DatabaseError, InterfaceError):
            return  # the request finds out for itself

    def _cut(self, own: Any) -> None:
        made = self._watched.connection
        if made is None or made.closed:
            return
        with own.cursor() as cursor:
            cursor.execute(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = %s AND wait_event = 'SyncRep'",
                [made.info.backend_pid],
            )
            self._has_cut |= any(done for (done,) in cursor.fetchall())


def watched(get_response: Answer) -> Answer:
    """Let no request of the desk wait for replicas without an end, where there are any."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.REPLICAS or not is_of_desk(request):
            return get_response(request)
        with Watch() as watch:
            request.watch = watch  # type: ignore[attr-defined]
            return get_response(request)

    return middleware


def told(get_response: Answer) -> Answer:
    """Say of an edit that no replica has yet that it is so, and note it; the innermost of all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        watch: Watch | None = getattr(request, "watch", None)
        if watch is not None and request.method not in READING and watch.was_warned:
            uncopied.note(request.user.get_username(), request.path)
            messages.warning(
                request,
                _("Saved here, not yet copied to another machine. It stands on the first screen until it is."),
            )
        return answer

    return middleware
