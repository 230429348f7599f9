"""The system checks in armsdb/checks.py."""

import sqlite3
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.db import connection

from armsdb import checks


def found() -> list[CheckMessage]:
    """What the check of the database says."""
    return checks.database_can_search(databases=["default"])


@pytest.mark.django_db
def test_a_sound_database_passes() -> None:
    """Guards every start: the check must not cry wolf."""
    assert found() == []


@pytest.mark.django_db
def test_a_database_that_cannot_index_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards search, which would fail much later and less clearly."""

    class Without:
        """A SQLite without FTS5, a PostgreSQL that is not in UTF-8."""

        def __enter__(self) -> "Without":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def execute(self, sql: str) -> None:
            if "fts5" in sql:
                raise sqlite3.OperationalError("no such module: fts5")

        def fetchone(self) -> tuple[str]:
            return ("SQL_ASCII",)

        def close(self) -> None:
            pass

    expected = {"sqlite": "armsdb.E001", "postgresql": "armsdb.E002"}[connection.vendor]
    without: Any = Without()
    monkeypatch.setattr(sqlite3, "connect", lambda _: without)
    monkeypatch.setattr(connection, "cursor", lambda: without)
    assert [message.id for message in found()] == [expected]


@pytest.mark.parametrize("path", ["countries/", "api/", "static/", "search/desk/"])
def test_a_desk_that_would_hide_pages_is_refused(path: str, settings: Any) -> None:
    """Guards readers against a setting under which a part of the site cannot be reached."""
    assert checks.desk_hides_no_page() == []
    settings.DESK_PATH = path
    assert [message.id for message in checks.desk_hides_no_page()] == ["armsdb.E003"]


@pytest.mark.django_db
def test_a_database_that_confirms_what_is_not_on_the_disk_is_refused_in_production(settings: Any) -> None:
    """Guards what editors were told is saved; on one's own computer it may be hasty."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL synchronous_commit = off")
    assert checks.commits_last(databases=["default"]) == []
    settings.PRODUCTION = True
    (first, *_others) = checks.commits_last(databases=["default"])
    assert first.id == "armsdb.E004"
    assert ("synchronous" in first.msg) or ("fsync" in first.msg)
