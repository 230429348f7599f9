"""Edits that have to be on a replica to count: where none answers, the desk does not wait, and says so.

Neither a timeout of statements nor a connection that is closed ends the wait of a commit for its replicas; to cancel it
does, and then the commit is told with a warning: saved here, not yet copied. Behind a pooler nobody can tell which
process waits, so the desk has to be connected to PostgreSQL itself.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any, Self

import psycopg2
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
logger = logging.getLogger(__name__)


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
        return self._has_cut or any("synchronous replication" in notice for notice in told)

    def _forget_notices(self) -> None:
        if self._watched.connection is not None:
            self._watched.connection.notices.clear()

    def _look(self) -> None:
        """Look again and again, whatever fails: a commit that waits finds out nothing by itself."""
        wait = SECONDS
        while not self._is_over.wait(wait):
            wait = BETWEEN
            with (
                suppress(DatabaseError, InterfaceError, psycopg2.Error),
                closing(connections.create_connection(DEFAULT_DB_ALIAS)) as own,
            ):
                while not self._is_over.wait(BETWEEN):
                    self._cut(own)

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
        if watch is None or request.method in READING or not (watch.was_warned and request.user.is_authenticated):
            return answer
        messages.warning(
            request, _("Saved here, not yet copied to another machine. It stands on the first screen until it is.")
        )
        try:
            uncopied.note(request.user.get_username(), request.path)
        except (DatabaseError, InterfaceError):
            logger.exception("An edit that is not yet copied could not be noted")  # it is saved all the same
        return answer

    return middleware
