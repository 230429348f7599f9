"""Which connection to the database a thread uses: one that may write, or the readers', which may not and has a budget.

The readers' takes the place of the usual one for the length of a request, for whatever asks: all of an answer comes
from one connection, and so from one moment of one database.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction
from django.db.models import QuerySet

#: The alias of the readers' connection, and the seconds that one of their questions may take.
READERS, SECONDS = "readers", 2
#: Seconds for reading whole tables into memory, which is done once for all readers.
FILLING = 120
#: Seconds for adding up all rows that answer, which is done once until anything changes.
ADDING = 15
#: Steps of SQLite, some 50 milliseconds, between two looks at the clock.
_STEPS = 1_000_000

_own = threading.local()


def use(alias: str) -> None:
    """Let this thread use the connection of an alias from now on, wherever it does not name another."""
    at_hand = connections[DEFAULT_DB_ALIAS]
    if at_hand.alias == DEFAULT_DB_ALIAS:
        _own.usual = at_hand
    wanted = _own.usual if alias == DEFAULT_DB_ALIAS else connections[alias]
    if wanted is not at_hand:
        wanted.close_if_unusable_or_obsolete()
        connections[DEFAULT_DB_ALIAS] = wanted


@contextmanager
def allowed(seconds: int) -> Iterator[None]:
    """Let each question of this connection take so long meanwhile, where it has a budget at all."""
    at_hand: Any = connections[DEFAULT_DB_ALIAS]
    before = getattr(at_hand, "budget", None)
    if before is None:
        yield
        return
    at_hand.budget = max(seconds, before)
    try:
        if connection.vendor == "sqlite":
            at_hand.ends = time.monotonic() + at_hand.budget
            yield
        else:
            with _moved_timeout(at_hand.budget, before):
                yield
    finally:
        at_hand.budget = before


def one_by_one(rows: QuerySet) -> Iterator[Any]:
    """Rows as they come, so that not all are held at once.

    Outside a transaction PostgreSQL would fill a cursor while it commits, for which no budget counts: there they come
    together.
    """
    at_once = connection.vendor == "postgresql" and not connection.in_atomic_block
    return iter(rows) if at_once else rows.iterator()


@contextmanager
def _moved_timeout(seconds: int, before: int) -> Iterator[None]:
    """PostgreSQL's own budget within a transaction: behind a pooler a session may be another's the next moment."""
    if not connection.in_atomic_block:
        with transaction.atomic():
            _set_timeout(seconds)
            yield
        return
    _set_timeout(seconds)
    yield
    _set_timeout(before)


def _set_timeout(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])


def watch(connection: Any, **_signal: Any) -> None:
    """Give a connection that was just made its budget, where it is the readers'; PostgreSQL keeps its own watch.

    What watches stands first: a request that made the connection takes away the last, which is its own.
    """
    if connection.alias == DEFAULT_DB_ALIAS:
        return
    connection.budget = SECONDS
    if connection.alias != READERS and _noted not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _noted)
    if connection.vendor == "sqlite":
        connection.ends = math.inf
        connection.connection.set_progress_handler(lambda: time.monotonic() > connection.ends, _STEPS)
        if _begin not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, _begin)


def _noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Note on a replica's connection why a question failed: by its state of SQL."""
    asked = context["connection"]
    asked.failed = ""
    try:
        return execute(sql, params, many, context)
    except Error as error:
        asked.failed = getattr(error.__cause__, "pgcode", None) or ""
        raise


def _begin(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Let the time of a question to SQLite begin."""
    asked = context["connection"]
    asked.ends = time.monotonic() + asked.budget
    return execute(sql, params, many, context)
