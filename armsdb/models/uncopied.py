"""Edits that are saved on the primary and that no replica has yet, where edits wait for one.

A commit waits without an end for the replicas that `synchronous_standby_names` wants. Where none answers the wait is
ended, and the edit stands here until one has it. Only a database in which that happened has the table; it belongs to no
record and is in no export.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

#: The most that are told at once.
MOST = 50
#: Takes away what is copied: to a replica that commits wait for, or to any where they wait for none any more. Only a
#: member of pg_monitor is told how far replicas are.
_FORGET = """
    DELETE FROM armsdb_uncopied WHERE lsn <= (
        SELECT coalesce(max(flush_lsn) FILTER (WHERE sync_state IN ('sync', 'quorum')), max(flush_lsn))
        FROM pg_stat_replication WHERE state = 'streaming'
    )"""
#: Two who make the table at once would break each other: the number of the lock behind which they do.
_MAKING = 7_201_117


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
    """Note that what was just written there is not yet copied."""
    with waiting_for_nobody(), connection.cursor() as cursor:
        if not _is_there(cursor):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS armsdb_uncopied (lsn pg_lsn NOT NULL, noted timestamptz NOT NULL, "
                "who text NOT NULL, path text NOT NULL)"
            )
        cursor.execute(
            "INSERT INTO armsdb_uncopied VALUES (pg_current_wal_insert_lsn(), clock_timestamp(), %s, %s)", [who, path]
        )


def forget_copied() -> None:
    """Take away what a replica has by now; the heartbeat does so, on the primary."""
    with waiting_for_nobody(), connection.cursor() as cursor:
        if _is_there(cursor):
            cursor.execute(_FORGET)


def uncopied() -> list[Uncopied]:
    """What no replica had when the heart last beat, the newest first; on PostgreSQL."""
    with connection.cursor() as cursor:
        if not _is_there(cursor):
            return []
        cursor.execute("SELECT noted, who, path FROM armsdb_uncopied ORDER BY noted DESC LIMIT %s", [MOST])
        return [Uncopied(*row) for row in cursor.fetchall()]


def _is_there(cursor: Any) -> bool:
    cursor.execute("SELECT to_regclass('armsdb_uncopied') IS NOT NULL")
    found: bool = cursor.fetchone()[0]
    return found
