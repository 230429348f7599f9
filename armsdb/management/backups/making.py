"""Making a backup: it gets its name when it was restored for a try, and found to be sound."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from armsdb import __version__
from armsdb.models.data_versions import OF_ALL, newest_of, versions

from .archive import ENCRYPTED, BackupFault, encrypt, pack, sha256, unpack
from .keeping import name_of
from .scratch import engine, restored_for_a_try

#: What of ARMSDB_VAR is in no backup: it is made again, is the database itself, or is the secret of this machine.
MADE_AGAIN = {"static", "static.stamp", "uv", "secret-key", "read-only", "limits.sqlite3"}
BESIDE = "files"


def make(folder: Path, recipient: str = "") -> tuple[Path, dict[str, Any]]:
    """Make a backup in a folder; give where it is, and what its manifest tells."""
    folder.mkdir(parents=True, exist_ok=True)
    begun = datetime.now(UTC)
    before = newest_of(versions(), [OF_ALL])
    with TemporaryDirectory(dir=folder, prefix=".making-") as name:
        place = Path(name)
        kept = place / "kept"
        kept.mkdir()
        engine().take(kept / engine().FILE)
        for path in _files_beside(folder):
            _copy(path, kept / BESIDE / path.name)
        told = _tried(kept, place / "first")
        if told["data_version"] < before:
            raise BackupFault("The copy of the database is older than the database was: it is no backup.")
        told |= {"release": __version__, "engine": connection.vendor, "made": begun.isoformat(timespec="seconds")}
        packed = place / name_of(begun)
        pack(kept, told | {"migrations": _migrations()}, packed)
        (place / "second").mkdir()
        whole = unpack(packed, place / "second")  # what counts is what can be taken out again
        return _named(packed, folder, recipient, whole), whole


def _tried(kept: Path, place: Path) -> dict[str, Any]:
    place.mkdir()
    return restored_for_a_try(kept / engine().FILE, place)


def _named(packed: Path, folder: Path, recipient: str, told: dict[str, Any]) -> Path:
    """Put a backup where it stays, with a note beside it that anybody can read; whole or not at all."""
    out = packed
    if recipient:
        out = packed.with_name(packed.name + ENCRYPTED)
        encrypt(packed, out, recipient)
    note = {name: told[name] for name in ("made", "release", "engine", "data_version")}
    note |= {"sha256": sha256(out), "bytes": out.stat().st_size, "rows": sum(told["rows"].values())}
    (folder / f"{out.name}.json").write_text(json.dumps(note, indent=2))
    out.chmod(0o600)  # drafts, accounts and what may not be passed on are in it
    return out.replace(folder / out.name)


def _files_beside(backups: Path) -> Iterator[Path]:
    """What ArmsDB keeps beside the database and cannot make again: releases, pictures."""
    database = Path(str(connection.settings_dict["NAME"])).name
    var = Path(settings.VAR_DIR)
    for path in sorted(var.iterdir() if var.is_dir() else ()):
        # SQLite keeps two files more beside each of its own.
        first = path.name.removesuffix("-wal").removesuffix("-shm")
        if first not in MADE_AGAIN | {database} and path.resolve() != backups.resolve():
            yield path


def _copy(path: Path, out: Path) -> None:
    out.parent.mkdir(exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, out, symlinks=True, ignore=shutil.ignore_patterns(".*"))
    else:
        shutil.copy2(path, out)


def _migrations() -> list[str]:
    """The last migration of each app that the database has."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
