"""A database with the seed in it, for each engine, and the static files: made once, and copied for each drill."""

import hashlib
import os
import shutil
import sqlite3
import sys
from pathlib import Path

from .clusters import Cluster
from .ground import KEPT, ROOT, Ground

#: What the seed is made of, and by.
_MADE_OF = (
    "fixtures",
    "static",
    "armsdb/migrations",
    "armsdb/models",
    "armsdb/actions",
    "armsdb/importers",
    "armsdb/search",
)


def _mark() -> str:
    """A short name of what the seed is made of."""
    told = hashlib.sha256()
    for folder in _MADE_OF:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                told.update(path.read_bytes())
    return told.hexdigest()[:16]


def _kept(name: str) -> Path:
    """Where something is kept; older ones are removed."""
    KEPT.mkdir(parents=True, exist_ok=True)
    place = KEPT / f"{name}-{_mark()}"
    for old in KEPT.glob(f"{name}-*"):
        if old != place:
            shutil.rmtree(old)
    return place


def manage(ground: Ground, url: str, *command: str, **more: str) -> str:
    """Run a command of manage.py on a database, in local mode."""
    environment = {"DATABASE_URL": url, "ARMSDB_VAR": str(ground.folder / "var"), "ARMSDB_MODE": "local", **more}
    environment["ARMSDB_ENV_FILE"] = os.devnull
    return ground.run(command[0], [sys.executable, "manage.py", *command], environment)


def _fill(ground: Ground, url: str) -> None:
    print("   (making the seed, once for all drills)", flush=True)
    manage(ground, url, "migrate", "--verbosity", "0")
    manage(ground, url, "seed")


def sqlite(ground: Ground, path: Path) -> str:
    """A SQLite file with the seed in it, and its URL."""
    kept = _kept("sqlite")
    if not kept.exists():
        made = ground.folder / "made"
        made.mkdir()
        _fill(ground, f"sqlite:///{made / 'seed.sqlite3'}")
        with sqlite3.connect(made / "seed.sqlite3") as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.move(made, kept)
    shutil.copyfile(kept / "seed.sqlite3", path)
    return f"sqlite:///{path}"


def postgresql(ground: Ground, name: str = "primary") -> Cluster:
    """A running cluster with the seed in it."""
    kept = _kept("postgresql")
    if not kept.exists():
        made = Cluster(ground, "made").make().start()
        made.ask("CREATE DATABASE armsdb")
        _fill(ground, made.url)
        made.stop()
        shutil.move(made.data, kept)
    made = Cluster(ground, name).make(kept).start()
    made.add_roles()
    return made


def static(ground: Ground) -> Path:
    """The folder with the collected static files."""
    kept = _kept("static")
    if not kept.exists():
        url = f"sqlite:///{ground.folder / 'none.sqlite3'}"
        manage(ground, url, "collectstatic", "--noinput", "--ignore", "redoc", "--verbosity", "0")
        shutil.move(ground.folder / "var/static", kept)
    return kept
