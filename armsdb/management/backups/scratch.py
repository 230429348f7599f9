"""The database of a backup, on either engine: taken out, and restored into a place where it harms nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import connection

from armsdb.models.data_versions import OF_ALL, newest_of, versions

from . import postgresql, sqlite
from .archive import BackupFault


class Engine(Protocol):
    """What a backup needs of an engine of databases."""

    FILE: str

    def take(self, out: Path) -> None:
        """Write the whole database as of one moment into a file, without the sessions of who is signed in."""

    def give_back(self, file: Path) -> None:
        """Make the database what the file has, whoever reads it meanwhile."""

    def tried(self, file: Path, folder: Path) -> AbstractContextManager[str]:
        """A database of its own with what the file has, and the URL of it; the engine's own check found nothing."""


def engine() -> Engine:
    """That of the database of this site."""
    return sqlite if connection.vendor == "sqlite" else postgresql


def restored_for_a_try(file: Path, folder: Path) -> dict[str, Any]:
    """The data version and the rows of each table of a backup, once it is restored and found to be sound."""
    with engine().tried(file, folder) as url:
        told = _manage(folder, url, "shell", "--no-imports", "-c", _COUNT)
        _manage(folder, url, "check_integrity")
    found: dict[str, Any] = json.loads(told)
    return found


def what_is_there() -> dict[str, Any]:
    """The data version, and each table of the database with how many rows it has."""
    return {"data_version": newest_of(versions(), [OF_ALL]), "rows": dict(_rows())}


def _rows() -> Iterator[tuple[str, int]]:
    """Sessions are no part of a backup, and when jobs ended follows from making it."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.label not in _NOT_COUNTED:
            manager: Any = model._base_manager
            yield model._meta.db_table, manager.count()


#: Run with the database that was restored for a try.
_COUNT = "import json; from armsdb.management.backups.scratch import what_is_there; print(json.dumps(what_is_there()))"
_NOT_COUNTED = {"sessions.Session", "armsdb.Job"}


def _manage(folder: Path, url: str, *told: str) -> str:
    """Run a command of ours on another database, and give what it told."""
    environ = os.environ | {"DATABASE_URL": url, "ARMSDB_READER_URL": "", "ARMSDB_VAR": str(folder)}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *told]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        why = " ".join((done.stdout + done.stderr).split()[-60:])
        raise BackupFault(f"What was restored for a try is not sound ({told[0]}): {why}")
    return done.stdout
