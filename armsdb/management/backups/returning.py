"""Coming back from a backup: the database as it was, and the files beside it."""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from armsdb.models import kinds

from .archive import BackupFault, sha256, unpack
from .making import BESIDE
from .scratch import engine, what_is_there


def give_back(archive: Path, *, identity: Path | None = None, replace: bool = False) -> dict[str, Any]:
    """Make database and files what a backup has, then bring them to this release; give what its manifest tells."""
    if not archive.is_file():
        raise BackupFault(f"{archive} is not there.")
    if not replace and _has_records():
        raise BackupFault("The database has records: --replace gives them up for those of the backup.")
    _is_as_noted(archive)
    with TemporaryDirectory(dir=archive.parent, prefix=".restoring-") as name:
        place = Path(name)
        told = unpack(archive, place, identity)
        _refuse_others(told)
        engine().give_back(place / engine().FILE)
        beside = place / BESIDE
        if beside.is_dir():
            shutil.copytree(beside, settings.VAR_DIR, symlinks=True, dirs_exist_ok=True)
    found = what_is_there() if set(_known()) == set(told["migrations"]) else None
    if found is not None and (found["rows"], found["data_version"]) != (told["rows"], told["data_version"]):
        raise BackupFault("What was restored has not the rows that the manifest tells.")
    call_command("migrate", verbosity=0)
    return told


def _has_records() -> bool:
    """Whether the database has a record of any kind; one without tables has none."""
    tables = set(connection.introspection.table_names())
    return any(kind._meta.db_table in tables and kind._base_manager.exists() for kind in kinds().values())


def _is_as_noted(archive: Path) -> None:
    """Whether a backup is as the note beside it tells, where there is one."""
    note = archive.with_name(f"{archive.name}.json")
    if note.is_file() and json.loads(note.read_text())["sha256"] != sha256(archive):
        raise BackupFault(f"{archive.name} is not as the note beside it tells: take another copy of it.")


def _refuse_others(told: dict[str, Any]) -> None:
    if told["engine"] != connection.vendor:
        raise BackupFault(f"The backup is of {told['engine']}, and DATABASE_URL names {connection.vendor}.")
    if unknown := sorted(set(told["migrations"]) - set(_known())):
        raise BackupFault(f"The backup was made by a newer release, {told['release']}: it has {unknown[-1]}.")


def _known() -> list[str]:
    """Every migration of this release."""
    return [f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations]
