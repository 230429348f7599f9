"""Who asks for too much is told so, and when to come again; nobody else notices."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.test import override_settings

from armsdb.api import limits
from armsdb.api.counters import Counters

from .asking import Api

POLICY = re.compile(r'"(\w+)";q=(\d+);w=(\d+)')
STATE = re.compile(r'"(\w+)";r=(\d+);t=(\d+)')


@pytest.fixture
def limited(tmp_path: Path, monkeypatch: Any) -> Iterator[None]:
    """Limits of 20 a minute and 2 searches, counted anew, in a minute that does not end meanwhile."""
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_018.0)
    backend = {"BACKEND": "armsdb.api.counters.Counters", "LOCATION": str(tmp_path / "limits.sqlite3")}
    with override_settings(API_LIMIT=20, WORKERS=2, CACHES={"default": {"BACKEND": DUMMY}, "limits": backend}):
        yield


DUMMY = "django.core.cache.backends.dummy.DummyCache"


def asked(api: Api, path: str, client: str = "192.0.2.1", **heads: str) -> Any:
    return api.client.get(f"/api/v1/{path}", headers=heads, REMOTE_ADDR=client)


def test_every_answer_tells_what_remains(api: Api, limited: None):
    for number, path in enumerate(("datasets/", "datasets/articles/", "datasets/?x=1", "nowhere/"), 1):
        answer = asked(api, path)
        assert answer["RateLimit-Policy"] == '"default";q=20;w=60'
        assert answer["RateLimit"] == f'"default";r={20 - number};t=42'
    assert asked(api, "suggest/?q=my")["RateLimit-Policy"] == '"search";q=2;w=60'


@pytest.mark.keeps_memory
def test_what_is_remembered_counts_as_well(api: Api, limited: None):
    """Guards the limit against questions that are answered from memory, and their headers against another client's."""
    assert [asked(api, "suggest/?q=my").status_code for _ in range(3)] == [200, 200, 429]
    other = asked(api, "suggest/?q=my", client="192.0.2.2")
    assert (other.status_code, other["RateLimit"]) == (200, '"search";r=1;t=42')


def test_who_asks_for_too_much_is_refused_and_nobody_else(api: Api, limited: None):
    for _ in range(20):
        assert asked(api, "datasets/articles/").status_code == 200
    refused = asked(api, "datasets/articles/")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["status"] == 429
    assert refused["Retry-After"] == "42"
    assert refused["RateLimit"] == '"default";r=0;t=42'
    assert refused["Cache-Control"] == "no-cache"
    assert asked(api, "datasets/articles/", client="192.0.2.2").status_code == 200
    assert asked(api, "suggest/?q=my").status_code == 200  # counted by itself
    assert api.client.get("/datasets/", REMOTE_ADDR="192.0.2.1").status_code == 200  # a page for people


def test_a_forged_address_is_no_other_client(api: Api, limited: None):
    for number in range(21):
        answer = asked(api, "datasets/articles/", **{"X-Forwarded-For": f"198.51.100.{number}"})
    assert answer.status_code == 429


def test_addresses_of_one_network_are_one_client_of_ipv6(api: Api, limited: None):
    for number in range(21):
        answer = asked(api, "datasets/articles/", client=f"2001:db8::{number:x}")
    assert answer.status_code == 429


def test_what_did_not_change_does_not_count(api: Api, limited: None):
    first = asked(api, "datasets/articles/")
    for _ in range(30):
        assert asked(api, "datasets/articles/", **{"If-None-Match": first["ETag"]}).status_code == 304
    assert asked(api, "datasets/articles/")["RateLimit"] == '"default";r=18;t=42'


def test_what_is_worked_out_to_say_that_anything_is_known_counts(api: Api, limited: None):
    for _ in range(3):
        assert asked(api, "datasets/", **{"If-None-Match": "*"}).status_code == 304
    assert asked(api, "datasets/articles/")["RateLimit"] == '"default";r=16;t=42'


def test_who_tries_tokens_is_counted(api: Api, limited: None):
    statuses = [asked(api, "datasets/", Authorization=f"Token {number}").status_code for number in range(22)]
    assert statuses == [401] * 20 + [429] * 2


def test_asking_what_may_be_asked_does_not_count(api: Api, limited: None):
    for _ in range(30):
        assert api.ask("datasets/", "OPTIONS").status_code == 200


def test_without_a_limit_nothing_is_counted_or_told(api: Api):
    assert "RateLimit" not in asked(api, "datasets/")


class Broken(Counters):
    """A cache that is down."""

    def add(self, *_args: Any, **_options: Any) -> bool:
        raise sqlite3.OperationalError("unable to open database file")


def test_where_the_cache_is_down_each_worker_allows_its_share(api: Api, limited: None):
    with override_settings(CACHES={"default": {"BACKEND": DUMMY}, "limits": {"BACKEND": f"{__name__}.Broken"}}):
        statuses = [asked(api, "datasets/articles/", client="192.0.2.77").status_code for _ in range(12)]
        assert statuses == [200] * 10 + [429] * 2
        assert asked(api, "datasets/articles/", client="192.0.2.78").status_code == 200


def test_a_fault_of_the_cache_is_told_once_a_minute(api: Api, limited: None, caplog: Any):
    with override_settings(CACHES={"default": {"BACKEND": DUMMY}, "limits": {"BACKEND": f"{__name__}.Broken"}}):
        limits._warned.clear()
        for _ in range(5):
            asked(api, "datasets/articles/", client="192.0.2.79")
    assert [record.getMessage().partition(":")[0] for record in caplog.records if record.name == limits.__name__] == [
        "Answers are counted by each worker for itself"
    ]


@pytest.mark.parametrize("contents", [b"garbage " * 1000, b"SQLite format 3\0" + b"x" * 8000])
def test_a_broken_file_of_counters_is_made_anew_once(tmp_path: Path, caplog: Any, contents: bytes):
    file = tmp_path / "limits.sqlite3"
    file.write_bytes(contents)
    one, other = Counters(str(file), {}), Counters(str(file), {})
    assert one.add("a", 5, 60)
    assert (other.get("a"), other.incr("a")) == (5, 6)
    assert len([record for record in caplog.records if "made anew" in record.getMessage()]) == 1


def test_a_file_of_counters_that_breaks_meanwhile_is_made_anew(tmp_path: Path):
    file = tmp_path / "limits.sqlite3"
    counters = Counters(str(file), {})
    counters.add("a", 5, 60)
    with pytest.raises(sqlite3.DatabaseError), counters._writing():
        raise sqlite3.DatabaseError("database disk image is malformed")  # as SQLite says of a page that it reads
    file.write_bytes(b"garbage " * 1000)
    assert counters.add("a", 1, 60)


def test_a_batch_counts_as_many_answers_as_it_has_queries(api: Api, limited: None):
    def batch(number: int) -> Any:
        queries = quote(json.dumps({str(each): {"query": "Burma"} for each in range(number)}))
        return api.client.post(
            "/api/v1/reconcile/", f"queries={queries}", "application/x-www-form-urlencoded", REMOTE_ADDR="192.0.2.9"
        )

    assert batch(12)["RateLimit"] == '"reconcile";r=8;t=42'
    refused = batch(12)
    assert (refused.status_code, refused["Retry-After"]) == (429, "42")
    assert refused["RateLimit"] == '"reconcile";r=0;t=42'
    assert asked(api, "datasets/", client="192.0.2.9").status_code == 200  # counted by itself


def test_any_cache_of_django_can_count(api: Api, limited: None):
    told = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}
    with override_settings(CACHES={"default": {"BACKEND": DUMMY}, "limits": told}):
        assert asked(api, "datasets/", client="192.0.2.5")["RateLimit"] == '"default";r=19;t=42'
        assert asked(api, "datasets/", client="192.0.2.5")["RateLimit"] == '"default";r=18;t=42'


def test_threads_and_processes_count_together(tmp_path: Path):
    """Four processes of four threads: no count is lost, where none gives up because others are slow."""
    file = tmp_path / "limits.sqlite3"
    code = (
        "import sys; from concurrent.futures import ThreadPoolExecutor; from armsdb.api import counters as module\n"
        "from armsdb.api.counters import Counters\n"
        "module._PATIENCE = 60\n"
        "def count(_):\n"
        "    counters = Counters(sys.argv[1], {})\n"
        "    for _ in range(50):\n"
        "        counters.add('n', 0, 60)\n"
        "        counters.incr('n')\n"
        "list(ThreadPoolExecutor(4).map(count, range(4)))\n"
    )
    code = "import django; from django.conf import settings; settings.configure(); django.setup()\n" + code
    with ThreadPoolExecutor(4) as starting:
        done = starting.map(lambda _: subprocess.run([sys.executable, "-c", code, str(file)], check=True), range(4))
    assert len(list(done)) == 4
    assert Counters(str(file), {}).get("n") == 4 * 4 * 50


def test_counters_keep_the_rules_of_a_cache(tmp_path: Path):
    counters: Any = Counters(str(tmp_path / "limits.sqlite3"), {})
    with pytest.raises(ValueError, match="no number"):
        counters.incr("a")
    assert counters.add("a", 5, 60)
    assert not counters.add("a", 7, 60)
    assert counters.incr("a", -2) == 3
    counters.set("b", 9, -1)
    assert counters.get("b", "none") == "none"
    assert counters.add("b", 1, None)
    assert counters.delete("a")
    assert counters.get("a") is None
    counters.clear()
    assert counters.get("b") is None


def test_the_cache_of_the_setting_is_the_one_that_counts():
    assert isinstance(caches["limits"], Counters)
