"""System checks: faults of database and addresses that the settings cannot see. `manage.py migrate` runs them."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver


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


@register(Tags.database)
def commits_last(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """In production what was confirmed is on the disk: SQLite and PostgreSQL wait for it with every commit."""
    if not settings.PRODUCTION:
        return []
    kinds = {"sqlite": _sqlite_haste, "postgresql": _postgresql_haste}
    hasty = [fault for alias in databases or () for fault in kinds[connections[alias].vendor](alias)]
    hint = "Take it back in the configuration of the database, or of the role, that DATABASE_URL names."
    return [
        Error(f"With {name}, what was confirmed is lost when the power fails.", hint=hint, id="armsdb.E004")
        for name in hasty
    ]


def _sqlite_haste(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        level = cursor.execute("PRAGMA synchronous").fetchone()[0]
    return [] if level >= 2 else [f"PRAGMA synchronous={level}"]


def _postgresql_haste(alias: str) -> list[str]:
    found = []
    with connections[alias].cursor() as cursor:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                found.append(f"{name}=off")
    return found


@register(Tags.urls)
def desk_hides_no_page(**kwargs: Any) -> list[CheckMessage]:
    """The desk stands where no page of the site is."""
    first = settings.DESK_PATH.partition("/")[0]
    if first not in {settings.STATIC_URL.strip("/"), "health", "metrics", *_first_words(get_resolver().url_patterns)}:
        return []
    return [
        Error(
            f"The desk would stand at /{settings.DESK_PATH}, where pages of the site are.",
            hint="Choose another ARMSDB_DESK_PATH.",
            id="armsdb.E003",
        )
    ]


def _first_words(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[str]:
    """The first words of all addresses but the desk's."""
    for pattern in patterns:
        written = str(pattern.pattern)
        if not written and isinstance(pattern, URLResolver):
            yield from _first_words(pattern.url_patterns)
        elif written != settings.DESK_PATH:
            yield written.partition("/")[0]
