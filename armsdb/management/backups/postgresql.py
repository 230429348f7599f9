"""PostgreSQL: pg_dump and pg_restore, which come with it."""

import os
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2
from django.db import connection

from .archive import BackupFault

FILE = "database.dump"


def take(out: Path) -> None:
    """Write the whole database as of one moment into a file, without the sessions of who is signed in."""
    _run("pg_dump", "--format=custom", "--no-owner", "--exclude-table-data=*.django_session", f"--file={out}", _name())


def give_back(file: Path) -> None:
    """Make the database what the file has: all of it or nothing."""
    connection.close()
    _restore(file, _name(), "--clean", "--if-exists")


@contextmanager
def tried(file: Path, folder: Path) -> Iterator[str]:
    """A database of its own with what the file has, and the URL of it."""
    name = f"armsdb_tried_{uuid.uuid4().hex[:12]}"
    _ask(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    try:
        _restore(file, name)
        yield _url(name)
    finally:
        _ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _restore(file: Path, name: str, *how: str) -> None:
    _run("pg_restore", *how, "--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={name}", str(file))


def _run(*command: str) -> None:
    """Run a program of PostgreSQL on the server of this site; the password is on no command line."""
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environ = os.environ | {name: str(told[key]) for name, key in names.items() if told[key]}
    try:
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupFault(f"{command[0]} is not installed: it comes with PostgreSQL's client.") from error
    if done.returncode:
        raise BackupFault(f"{command[0]} failed: {' '.join(done.stderr.split())}")


def _ask(statement: str) -> None:
    """Put a statement outside of any transaction."""
    try:
        with closing(psycopg2.connect(**connection.get_connection_params())) as asked:
            asked.autocommit = True
            with asked.cursor() as cursor:
                cursor.execute(statement)
    except psycopg2.Error as error:
        raise BackupFault(f"No database can be made for the try: {' '.join(str(error).split())}") from error


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _url(name: str) -> str:
    told = {key: quote(str(connection.settings_dict[key]), safe="") for key in ("USER", "PASSWORD", "HOST", "PORT")}
    who = told["USER"] + (f":{told['PASSWORD']}" if told["PASSWORD"] else "")
    return f"postgres://{who}@{told['HOST'] or 'localhost'}:{told['PORT'] or 5432}/{name}"
