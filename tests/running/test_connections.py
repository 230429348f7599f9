"""The connection of readers has a budget for each question, whenever it was made."""

import time
from typing import Any

from django.db.utils import ConnectionHandler

from armsdb.models import connections

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}


def test_a_connection_that_is_made_within_a_request_keeps_its_watch(django_db_blocker: Any) -> None:
    """Guards against a budget that begins once: then every longer question is given up two seconds later."""
    made: Any = ConnectionHandler({"default": SQLITE, connections.READERS: SQLITE})[connections.READERS]
    with django_db_blocker.unblock(), made.execute_wrapper(lambda execute, *told: execute(*told)):
        made.ensure_connection()
    assert made.execute_wrappers == [connections._begin]
    made.ends = time.monotonic() - 1
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n"
    with django_db_blocker.unblock(), made.cursor() as cursor:
        cursor.execute(count)
        assert cursor.fetchone() == (300_000,)
    made.close()
