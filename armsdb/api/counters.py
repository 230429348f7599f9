"""Numbers that all workers of one machine count up together: a cache of Django's, in a file beside the database.

It is made for limits, which are counted with every answer: counting up is one short write to a file of its own, in
which nothing waits for the disk or for writers of the database.
"""

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.files import locks

logger = logging.getLogger(__name__)
#: Seconds that a count waits for others that count; and after so many new numbers the old ones are swept away.
_PATIENCE, _SWEPT_EVERY = 0.25, 500


class Counters(BaseCache):
    """A cache whose values are whole numbers."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._opened: tuple[int, sqlite3.Connection] | None = None
        self._added = 0

    def add(self, key: str, value: int, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        now, named = time.time(), self.make_key(key, version)
        with self._writing() as connection:
            connection.execute("DELETE FROM counters WHERE name = ? AND until < ?", (named, now))
            until = self.get_backend_timeout(timeout)
            added = connection.execute(
                "INSERT OR IGNORE INTO counters VALUES (?, ?, ?)", (named, value, until)
            ).rowcount
            self._added += added
            if added and self._added % _SWEPT_EVERY == 0:
                connection.execute("DELETE FROM counters WHERE until < ?", (now,))
        return bool(added)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._connection.execute(
            "SELECT number FROM counters WHERE name = ? AND (until IS NULL OR until >= ?)",
            (self.make_key(key, version), time.time()),
        ).fetchone()
        return default if found is None else found[0]

    def set(self, key: str, value: int, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        row = (self.make_key(key, version), value, self.get_backend_timeout(timeout))
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO counters VALUES (?, ?, ?)", row)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        named = self.make_key(key, version)
        with self._writing() as connection:
            connection.execute("UPDATE counters SET number = number + ? WHERE name = ?", (delta, named))
            found = connection.execute("SELECT number FROM counters WHERE name = ?", (named,)).fetchone()
        if found is None:
            raise ValueError(f"There is no number {key!r}.")
        return int(found[0])

    def delete(self, key: str, version: int | None = None) -> bool:
        with self._writing() as connection:
            done = connection.execute("DELETE FROM counters WHERE name = ?", (self.make_key(key, version),))
        return bool(done.rowcount)

    def clear(self) -> None:
        with self._writing() as connection:
            connection.execute("DELETE FROM counters")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One write. Where the file turns out to be broken, who counts next makes it anew."""
        try:
            with self._connection as connection:
                yield connection
        except sqlite3.DatabaseError as error:
            if self._opened and not isinstance(error, sqlite3.OperationalError | sqlite3.IntegrityError):
                self._opened[1].close()
                self._opened = None
            raise

    @property
    def _connection(self) -> sqlite3.Connection:
        """The connection of this process, whose writes wait for no disk: who loses a minute's counts loses little."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                connection = self._open()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                connection = self._made_anew()
            self._opened = (os.getpid(), connection)
        return self._opened[1]

    def _open(self) -> sqlite3.Connection:
        """The file with its table; sqlite3.DatabaseError where it is broken."""
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level="IMMEDIATE")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, number INTEGER, until REAL) WITHOUT ROWID"
        )
        if (found := connection.execute("PRAGMA quick_check(1)").fetchone()) != ("ok",):
            raise sqlite3.DatabaseError(str(found))
        return connection

    def _made_anew(self) -> sqlite3.Connection:
        """A new file in place of a broken one, made by the first worker that gets there."""
        with self._path.with_name(f"{self._path.name}.lock").open("w") as turn:
            locks.lock(turn, locks.LOCK_EX)
            try:
                return self._open()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                logger.warning("The file of counters was broken and is made anew: %s", error)
                for end in ("", "-wal", "-shm"):
                    self._path.with_name(self._path.name + end).unlink(missing_ok=True)
                return self._open()
