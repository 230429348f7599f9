"""A database that is away, takes no writes or takes too long, under the real web server: a 503 says so at once."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
import pytest

from tests.clusters import Answer, Cluster, Site, a_cluster

pytestmark = pytest.mark.walk


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with a_cluster() as one:
        yield one


@pytest.fixture(scope="module")
def site(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the seed, on that PostgreSQL."""
    with _connected(cluster) as cursor:
        cursor.execute("CREATE DATABASE armsdb")
    one = Site(tmp_path_factory.mktemp("var"), DATABASE_URL=cluster.url("armsdb"))
    one.manage("migrate", "--verbosity", "0")
    one.manage("seed")
    one.manage("collectstatic", "--noinput", "--ignore", "redoc", "--verbosity", "0")
    with one.served():
        yield one


class _connected:
    """A cursor of a connection of its own, on which each statement is a transaction."""

    def __init__(self, cluster: Cluster, name: str = "postgres", *, at_once: bool = True) -> None:
        self.connection = psycopg2.connect(cluster.url(name))
        self.connection.autocommit = at_once

    def __enter__(self):
        return self.connection.cursor()

    def __exit__(self, *_error: object) -> None:
        self.connection.close()


def is_told(answer: Answer, words: bytes) -> bool:
    return answer.status == 503 and int(answer.headers["Retry-After"]) > 0 and words in answer.body


def test_a_database_that_is_away_is_told_at_once_and_comes_back_without_a_restart(cluster: Cluster, site: Site) -> None:
    """Guards readers, who get a page that says so, and the site, which nobody has to start anew."""
    assert site.ask("/countries/myanmar/").status == 200
    cluster.stop()
    try:
        site.ask("/countries/")  # a worker finds out that its connection is gone
        for path in (
            "/countries/",
            "/countries/russia/",
            "/search/?q=burma",
            "/api/v1/countries/",
            "/api/v1/search/?q=x",
        ):
            answer = min((site.ask(path) for _time in range(5)), key=lambda answer: answer.seconds)
            assert is_told(answer, b"database does not answer"), path
            assert answer.seconds < 0.1, path
            assert ("problem+json" in answer.headers["Content-Type"]) is path.startswith("/api/")
            assert answer.headers["Cache-Control"] == "no-cache"
        assert site.ask("/health/live/").status == 200
        assert site.ask("/health/ready/").status == 503
    finally:
        cluster.start()
    assert {site.ask(path).status for path in ("/countries/", "/api/v1/countries/", "/health/ready/") * 8} == {200}


def test_a_question_of_readers_has_two_seconds_and_a_command_has_none(cluster: Cluster, site: Site) -> None:
    """A table that somebody else holds is as good as a question without end."""
    site.ask("/countries/?q=warm")
    with _connected(cluster, "armsdb", at_once=False) as cursor:
        cursor.execute("LOCK TABLE armsdb_country IN ACCESS EXCLUSIVE MODE")
        answer = site.ask("/countries/?q=bur")
        assert is_told(answer, b"took too long")
        assert 1.5 < answer.seconds < 5
        assert is_told(site.ask("/api/v1/countries/?q=bur"), b"took too long")
    assert site.ask("/countries/?q=bur").status == 200
    told = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT pg_sleep(2.5)'); print('slept')"
    assert "slept" in site.manage("shell", "--no-imports", "-c", told).stdout


def test_rows_that_come_one_by_one_are_under_the_budget_too(site: Site) -> None:
    """Guards readers against a cursor outside a transaction, which is filled as it is committed, under no budget."""
    told = (
        "from armsdb.models.connections import one_by_one, use; use('readers'); from armsdb.models import Country; "
        "from django.db.models import CharField, Func, Value; "
        "slept = Func(Value(20), function='pg_sleep', output_field=CharField()); "
        "list(one_by_one(Country.objects.annotate(slept=slept).values_list('slept')[:1]))"
    )
    began = time.monotonic()
    done = site.manage("shell", "--no-imports", "-c", told, check=False)
    assert "statement timeout" in done.stderr
    assert time.monotonic() - began < 15


def test_readers_cannot_write(site: Site) -> None:
    """Guards the database from any hole in a page: the connection of readers refuses."""
    told = (
        "from armsdb.models.connections import use; use('readers'); from armsdb.models import Country; "
        "Country.objects.update(summary='x')"
    )
    done = site.manage("shell", "--no-imports", "-c", told, check=False)
    assert "read-only transaction" in done.stderr


def test_a_database_that_takes_no_writes_is_told_at_the_desk_and_readers_go_on(cluster: Cluster, site: Site) -> None:
    """Guards an hour on a replica: whoever signs in is told, and gets no fault of ours."""
    with _connected(cluster) as cursor:
        cursor.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        cursor.execute("SELECT pg_reload_conf()")
    time.sleep(0.5)
    try:
        form = site.ask("/admin/login/")
        cookie = form.headers["Set-Cookie"].partition(";")[0]
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)
        assert token
        sent = {"csrfmiddlewaretoken": token[1].decode(), "username": "root", "password": "wrong"}
        kind = "application/x-www-form-urlencoded"
        answer = site.ask("/admin/login/", "POST", urlencode(sent), Cookie=cookie, Content_Type=kind)
        assert is_told(answer, b"takes no changes")
        assert site.ask("/countries/").status == 200
    finally:
        with _connected(cluster) as cursor:
            cursor.execute("SET default_transaction_read_only = off")
            cursor.execute("ALTER SYSTEM RESET default_transaction_read_only")
            cursor.execute("SELECT pg_reload_conf()")


def test_sqlite_gives_readers_a_budget_and_no_right_to_write(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.manage("migrate", "--verbosity", "0")
    begin = "import time; from django.db import connection as c; from armsdb.models import connections as o; "
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    told = begin + f"o.use('readers'); t = time.time(); k = c.cursor(); k.execute({endless!r})"
    done = site.manage("shell", "--no-imports", "-c", told, check=False)
    assert "interrupted" in done.stderr
    told = begin + "o.use('readers'); c.cursor().execute('DELETE FROM armsdb_job')"
    assert "readonly database" in site.manage("shell", "--no-imports", "-c", told, check=False).stderr


def test_a_migration_behind_a_long_read_delays_no_other_reader(cluster: Cluster, site: Site) -> None:
    """Guards an upgrade at noon: the change of the table waits for the read, and those who come later do not."""
    waits: list[float] = []
    with _connected(cluster, "armsdb", at_once=False) as long_read, _connected(cluster, "armsdb") as reader:
        long_read.execute("SELECT count(*) FROM armsdb_job")
        with ThreadPoolExecutor(1) as beside:
            done = beside.submit(site.manage, "migrate", "armsdb", "0017", "--verbosity", "0")
            ends = time.monotonic() + 15  # it takes a while until the command begins
            while time.monotonic() < ends:
                asked = time.monotonic()
                reader.execute("SELECT count(*) FROM armsdb_job")
                waits.append(time.monotonic() - asked)
                time.sleep(0.02)
            long_read.connection.rollback()
            told = done.result().stderr
    assert "lets others go first" in told
    assert 1 < max(waits) < 3
    site.manage("migrate", "--verbosity", "0")
