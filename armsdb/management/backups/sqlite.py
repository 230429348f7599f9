"""SQLite: copied while it is read and written, page by page, by SQLite's own means."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from .archive import BackupFault

FILE = "database.sqlite3"
#: Seconds that the copying waits for who writes.
_PATIENCE = 60


def take(out: Path) -> None:
    """Write the whole database as of one moment into a file, without sessions: not even in pages that are free."""
    with closing(_opened(_own())) as source, closing(_opened(out)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("DELETE FROM django_session")
        copy.commit()
        copy.execute("VACUUM")


def give_back(file: Path) -> None:
    """Make the database what the file has; who reads it meanwhile sees all of it or nothing."""
    connection.close()
    with closing(_opened(file)) as copy, closing(_opened(_own())) as target:
        copy.backup(target)
        target.execute("PRAGMA journal_mode=WAL")


@contextmanager
def tried(file: Path, folder: Path) -> Iterator[str]:
    """A database of its own with what the file has, and the URL of it; SQLite's own checks found nothing."""
    place = folder / "tried.sqlite3"
    with closing(_opened(file)) as copy, closing(_opened(place)) as target:
        copy.backup(target)
        found = [*target.execute("PRAGMA integrity_check(5)"), *target.execute("PRAGMA foreign_key_check")]
    if found != [("ok",)]:
        raise BackupFault(f"The copy of the database is broken: {found[0]}.")
    yield f"sqlite:///{quote(str(place))}"
    place.unlink()


def _own() -> Path:
    return Path(connection.settings_dict["NAME"])


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_PATIENCE)
