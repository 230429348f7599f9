"""Reading many rows as of one moment, whatever is written meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all that this thread reads meanwhile be as of the moment of its first question; nobody who writes waits.

    Inside another transaction it is as of that one's.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not a transaction of Django's: ours take the write lock when they begin.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
