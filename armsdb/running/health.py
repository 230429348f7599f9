"""How the site is, as JSON: whether it answers, what it needs for that, and what somebody should look at.

It tells no secret: neither addresses nor names nor why something failed, which is told at the desk and in the logs.
"""

import math
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from armsdb import __version__
from armsdb.lib import read_only
from armsdb.models.data_versions import OF_ALL, versions
from armsdb.models.jobs import all_jobs
from armsdb.models.uncopied import uncopied

from .replicas import lags

#: Free bytes, and the free part of the disk, below which somebody should look.
LEAST_BYTES, LEAST_PART = 1 << 30, 0.05
#: So far off may the clocks of this machine and of the database be.
APART = timedelta(seconds=30)
#: Before this no clock can be right: this release was not there.
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)

_migrated: dict[str, bool] = {}


def ready() -> tuple[int, dict[str, Any]]:
    """200 and how the site is, or 503 where it cannot answer."""
    told: dict[str, Any] = {"status": "ready", "release": __version__, "read_only": read_only.is_on()}
    warnings: list[str] = []
    try:
        told |= _of_database(warnings)
    except (OperationalError, InterfaceError):
        told |= {"status": "not ready", "database": {"answers": False}}
    except ProgrammingError:
        told |= {"status": "not ready", "migrations": {"applied": False}}
    told["disk"] = _of_disk(warnings)
    if told["read_only"]:
        warnings.append("Nothing can be written: the site is switched to reading alone.")
    told["warnings"] = warnings
    return (200 if told["status"] == "ready" else 503), told


def _of_database(warnings: list[str]) -> dict[str, Any]:
    begun = time.perf_counter()
    known = versions() if _is_migrated() else {}
    number, when = known.get(OF_ALL, (0, None))
    changed = when and (when if when.tzinfo else when.replace(tzinfo=UTC))  # SQLite keeps no zone
    took = round(1000 * (time.perf_counter() - begun), 1)
    told: dict[str, Any] = {
        "database": {"answers": True, "engine": connection.vendor, "milliseconds": took},
        "migrations": {"applied": _is_migrated()},
    }
    if not _is_migrated():
        return told | {"status": "not ready"}
    told["data_version"] = {"number": number, "changed": _moment(changed)}
    told["clock"] = _of_clock(changed, warnings)
    told["jobs"] = dict(_of_jobs(warnings))
    if settings.REPLICAS:
        told["replicas"] = dict(_of_replicas(warnings))
        told["uncopied"] = len(uncopied())
        if told["uncopied"]:
            warnings.append("Edits are saved that no replica has yet.")
    return told


def _of_replicas(warnings: list[str]) -> Iterator[tuple[str, float | None]]:
    """The seconds that each replica is behind; None where it does not answer, or nobody asked it yet."""
    known = lags()
    for name in settings.REPLICAS:
        lag = known.get(name)
        if lag is None or lag > settings.REPLICA_LAG:
            warnings.append(f"{name} is behind, or does not answer.")
        yield name, None if lag is None or lag == math.inf else round(lag, 1)


def _is_migrated() -> bool:
    """Whether the database has all tables of this release; once it has, it keeps them."""
    name = str(connection.settings_dict["NAME"])
    if not _migrated.get(name):
        executor = MigrationExecutor(connection)
        _migrated[name] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated[name]


def _of_jobs(warnings: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    now = datetime.now(UTC)
    for job in all_jobs():
        state = job.state(now)
        if job.needs_somebody:
            warnings.append(f"{job.name}: {_IN_WORDS[state]}.")
        yield job.name, {"state": state, "last_good": _moment(job.ended), "last_failure": _moment(job.failed)}


_IN_WORDS = {"never": "never ended well", "failed": "failed when it last ran", "old": "its last good end is too old"}


def _of_disk(warnings: list[str]) -> dict[str, Any]:
    """The disk on which ArmsDB keeps what it makes for itself."""
    try:
        total, _used, free = shutil.disk_usage(settings.VAR_DIR)
    except OSError:
        warnings.append("The folder of ARMSDB_VAR cannot be looked at.")
        return {"enough": False}
    enough = free >= LEAST_BYTES and free >= LEAST_PART * total
    if not enough:
        warnings.append("The disk is nearly full.")
    return {"enough": enough, "free_bytes": free, "free_percent": round(100 * free / total)}


def _of_clock(changed: datetime | None, warnings: list[str]) -> dict[str, Any]:
    """Whether the clock of this machine can be right: by the database's, by its last change, and at all."""
    now = datetime.now(UTC)
    there = _clock_of_database() or now
    sound = now >= BEGUN and abs(now - there) <= APART and (changed is None or changed <= now + APART)
    if not sound:
        warnings.append("The clock of this machine is wrong, or that of the database.")
    return {"sound": sound, "now": _moment(now)}


def _clock_of_database() -> datetime | None:
    """What a database on another machine says that it is; None where it has no clock of its own."""
    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        when: datetime = cursor.fetchone()[0]
    return when


def _moment(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if when else None
