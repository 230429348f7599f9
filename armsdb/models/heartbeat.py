"""How far a replica is behind: by a row that the primary writes each second, since an idle primary sends nothing else.

Only a database that has replicas has the table, which belongs to no record and is in no export.
"""

import math
from typing import Any

from django.db import connection

from .uncopied import forget_copied, waiting_for_nobody


def beat() -> None:
    """Write that the primary lives; nobody waits for a replica to have it."""
    with waiting_for_nobody(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO armsdb_heartbeat VALUES (1, clock_timestamp()) "
            "ON CONFLICT (id) DO UPDATE SET beat = excluded.beat"
        )
    forget_copied()


def make_room() -> None:
    """Make the table of the heartbeat, and let readers see it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS armsdb_heartbeat (id int PRIMARY KEY, beat timestamptz NOT NULL)")
        cursor.execute("GRANT SELECT ON armsdb_heartbeat TO PUBLIC")


def behind(replica: Any) -> float:
    """The seconds that a connection's database is behind the primary; infinite where it cannot tell.

    A primary that wrote nothing for a while and one that is gone look the same.
    """
    with replica.cursor() as cursor:
        cursor.execute("SELECT to_regclass('armsdb_heartbeat') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return math.inf
        cursor.execute("SELECT extract(epoch FROM clock_timestamp() - beat)::float FROM armsdb_heartbeat")
        row = cursor.fetchone()
    return math.inf if row is None else max(0.0, row[0])
