"""System checks: faults of the database that the settings cannot see. `manage.py migrate` runs them."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def database_can_search(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The database can index text in every script: on SQLite with FTS5 and trigrams, on PostgreSQL in UTF-8."""
    kinds = {"sqlite": sqlite_faults, "postgresql": postgresql_faults}
    return [fault for alias in databases or () for fault in kinds[connections[alias].vendor](alias)]


def sqlite_faults(alias: str) -> list[CheckMessage]:
    """What this Python's SQLite lacks."""
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5(words, tokenize='trigram')")
    except sqlite3.OperationalError as fault:
        return [
            Error(
                f"This Python's SQLite, {sqlite3.sqlite_version}, cannot index text: {fault}.",
                hint="Use a Python whose SQLite is 3.34 or newer and has FTS5, or PostgreSQL through DATABASE_URL.",
                id="armsdb.E001",
            )
        ]
    finally:
        probe.close()
    return []


def postgresql_faults(alias: str) -> list[CheckMessage]:
    """What is wrong with this PostgreSQL database."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if encoding == "UTF8":
        return []
    return [
        Error(
            f"The database holds text as {encoding}, which has no room for every script.",
            hint="Make the database anew with ENCODING 'UTF8'.",
            id="armsdb.E002",
        )
    ]
