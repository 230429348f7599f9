"""Edits that are saved on the primary and that no replica has yet, where edits wait for one.

A commit waits without an end for the replicas that `synchronous_standby_names` wants. Where none answers the wait is
ended, and the edit stands here until one has it. Only a database in which that happened has the table; it belongs to no
record and is in no export.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

#: The most that are told at once.
MOST = 50
#: How far those replicas have written that commits wait for; only a member of pg_monitor is told.
_COPIED = "(SELECT max(flush_lsn) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum'))"


class Uncopied(NamedTuple):
    """An edit: when it was noted, who made it, and at which address of the desk."""

    noted: datetime
    who: str
    path: str


@contextmanager
def waiting_for_nobody() -> Iterator[None]:
    """Let what is written meanwhile count at once, on PostgreSQL; within a transaction that is decided already."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = local")
        yield


def note(who: str, path: str) -> None:
    """Note that what was just written there is not yet copied; what is copied by now is forgotten."""
    with waiting_for_nobody(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS armsdb_uncopied (lsn pg_lsn NOT NULL, noted timestamptz NOT NULL, "
            "who text NOT NULL, path text NOT NULL)"
        )
        cursor.execute(f"DELETE FROM armsdb_uncopied WHERE lsn <= {_COPIED}")  # noqa: S608
        cursor.execute(
            "INSERT INTO armsdb_uncopied VALUES (pg_current_wal_insert_lsn(), clock_timestamp(), %s, %s)", [who, path]
        )


def uncopied() -> list[Uncopied]:
    """What no replica has yet, the newest first; on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('armsdb_uncopied') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(
            f"SELECT noted, who, path FROM armsdb_uncopied WHERE lsn > coalesce({_COPIED}, '0/0') "  # noqa: S608
            "ORDER BY noted DESC LIMIT %s",
            [MOST],
        )
        return [Uncopied(*row) for row in cursor.fetchall()]
