"""Edits that wait for replicas where none answers; `python -m drills.replicas` shows it with real ones."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import psycopg2
import pytest

from tests.clusters import Cluster, Site, a_cluster, free_port

pytestmark = pytest.mark.walk

#: Makes somebody who is signed in, and a dataset; prints the key of the session and that of the dataset.
SIGNED_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from armsdb.admin.sessions import ROLES, roles_of
from armsdb.models import Dataset
person = get_user_model().objects.create_superuser("rosa", password="a long password of a test")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[ROLES] = sorted(roles_of(person))
session.save()
print(session.session_key, Dataset.objects.first().pk)
"""
ADD = "/admin/armsdb/deal/add/"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with a_cluster() as one:
        yield one


def asked(cluster: Cluster, *statements: str, name: str = "postgres") -> list[Any]:
    connection = psycopg2.connect(cluster.url(name))
    connection.autocommit = True
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    found = cursor.fetchall() if cursor.description else []
    connection.close()
    return found


@pytest.fixture(scope="module")
def site(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the seed, and the address of a replica that is not there."""
    asked(cluster, "CREATE DATABASE armsdb")
    away = cluster.url("armsdb").replace(str(cluster.port), str(free_port()))
    var = tmp_path_factory.mktemp("var")
    one = Site(var, DATABASE_URL=cluster.url("armsdb"), ARMSDB_REPLICAS=away)
    one.manage("migrate", "--verbosity", "0")
    one.manage("seed")
    one.manage("collectstatic", "--noinput", "--ignore", "redoc", "--verbosity", "0")
    with one.served():
        yield one


def test_an_edit_that_no_replica_has_is_saved_and_told(cluster: Cluster, site: Site) -> None:
    """Guards an editor against a page that never comes, and against a confirmation that promises too much."""
    key, dataset = site.manage("shell", "--no-imports", "-c", SIGNED_IN).stdout.split()
    cookie = f"sessionid={key}"

    def add(name: str) -> Any:
        page = site.ask(ADD, Cookie=cookie)
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
        secret = re.search(r"csrftoken=\w+", page.headers["Set-Cookie"])
        assert token is not None
        assert secret is not None
        typed = {"dataset": dataset, "name": name, "reason": "A test.", "csrfmiddlewaretoken": token[1].decode()}
        heads = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": f"{cookie}; {secret[0]}"}
        return site.ask(ADD, "POST", urlencode(typed), **heads)

    def first_screen(more: str = "") -> bytes:
        return site.ask("/admin/", Cookie=cookie + more).body

    assert add("Waits for nobody").status == 302
    assert b"not yet copied" not in first_screen()
    asked(cluster, "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (r1)'", "SELECT pg_reload_conf()")
    try:
        answer = add("Waits for a replica")
        assert (answer.status, answer.seconds < 10) == (302, True)
        said = re.search(r"messages=[^;]+", answer.headers["Set-Cookie"])
        assert said is not None
        assert first_screen(f"; {said[0]}").count(b"not yet copied") == 2  # what was said, and the list
        screen = site.ask("/admin/", Cookie=cookie)
        assert b"rosa, /admin/armsdb/deal/add/" in screen.body
        assert screen.seconds < 2  # to look at the desk waits for nobody
        health = json.loads(site.ask("/health/ready/").body)
        assert health["uncopied"] == 1
        assert "Edits are saved that no replica has yet." in health["warnings"]
    finally:
        asked(cluster, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    names = asked(cluster, "SELECT name FROM armsdb_deal WHERE name LIKE 'Waits%' ORDER BY name", name="armsdb")
    assert names == [("Waits for a replica",), ("Waits for nobody",)]
    assert add("Waits no longer").status == 302
    assert json.loads(site.ask("/health/ready/").body)["uncopied"] == 1
