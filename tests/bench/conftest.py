"""Databases of their own with made-up lines, on the engine of the tests."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

NUMBER, MANY = 300, 100_000


def run(url: str, *words: str) -> str:
    """What a program of ours prints, asked of a database; that it fails as well."""
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, *words], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + (done.stderr if done.returncode else "")


@contextmanager
def filled(number: int, folder: Any) -> Iterator[str]:
    """A database with so many lines, by its address."""
    if connection.vendor == "sqlite":
        made = f"sqlite:///{folder}/lines.sqlite3"
        run(made, "-m", "bench.loading", str(number))
        yield made
        return
    told = connection.settings_dict
    server = f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    name = f"test_bench_{os.getpid()}_{number}"
    with closing(psycopg2.connect(f"{server}/postgres")) as other:
        other.autocommit = True
        other.cursor().execute(f"CREATE DATABASE {name}")
        try:
            run(f"{server}/{name}", "-m", "bench.loading", str(number))
            yield f"{server}/{name}"
        finally:
            other.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def url(tmp_path_factory: Any) -> Iterator[str]:
    with filled(NUMBER, tmp_path_factory.mktemp("bench")) as made:
        yield made


@pytest.fixture(scope="module")
def large(tmp_path_factory: Any) -> Iterator[str]:
    with filled(MANY, tmp_path_factory.mktemp("large")) as made:
        yield made
