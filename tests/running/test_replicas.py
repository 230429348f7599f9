"""Which database answers readers, by what is known of replicas; `python -m drills.replicas` shows it with real ones."""

import math
import os
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from armsdb.running import replicas


@pytest.fixture
def lags(monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, float | None]:
    """How far each database is behind, as if it were measured; None does not answer."""
    settings.REPLICAS, settings.READERS = ["replica1", "replica2"], "readers"
    told: dict[str, float | None] = {"replica1": 0.1, "replica2": 0.2, settings.READERS: 0.0}
    monkeypatch.setattr(replicas, "_measured", lambda name: told[name])
    monkeypatch.setattr(replicas, "_known", {})
    monkeypatch.setattr(os, "getpid", lambda: 10)
    return told


def chosen(**headers: str) -> str:
    return replicas.readers_alias(RequestFactory().get("/transfers/", headers=headers))


def test_a_replica_that_is_not_behind_answers_readers(lags: dict[str, float | None], monkeypatch):
    """Guards the primary from readers; each worker keeps to one replica."""
    assert chosen() == "replica1"
    monkeypatch.setattr(os, "getpid", lambda: 11)
    assert chosen() == "replica2"


@pytest.mark.parametrize("lag", [6.0, math.inf, None])
def test_a_replica_that_is_behind_or_unknown_is_left_out(lags: dict[str, float | None], lag: float | None):
    lags["replica1"] = lag
    assert chosen() == "replica2"
    replicas._known.clear()
    lags["replica2"] = lag
    assert chosen() == "readers"


def test_where_the_primary_is_away_too_the_replica_that_knows_most_answers(lags: dict[str, float | None]):
    lags.update(replica1=90.0, replica2=60.0, readers=None)
    assert chosen() == "replica2"
    replicas._known.clear()
    lags.update(replica1=None, replica2=None)
    assert chosen() == "readers"


def test_who_is_signed_in_or_has_a_token_reads_what_they_wrote(lags: dict[str, float | None]):
    assert chosen(cookie="sessionid=abc") == "readers"
    assert chosen(authorization="Token abc") == "readers"


def test_what_is_known_is_believed_for_a_second(lags: dict[str, float | None], monkeypatch):
    """Guards replicas from being asked with each request how they are."""
    asked: list[str] = []

    def measured(name: str) -> float:
        asked.append(name)
        return 0.0

    monkeypatch.setattr(replicas, "_measured", measured)
    for _ in range(3):
        chosen()
    assert asked == ["replica1", "replica2"]


class Lost:
    """A connection to a replica on which something failed."""

    alias, errors_occurred = "replica1", True

    def __init__(self, state: str) -> None:
        self.failed = state

    def is_usable(self) -> bool:
        return False


@pytest.mark.parametrize(("state", "repeated"), [("40001", 1), ("57P01", 1), ("57P03", 1), ("", 1), ("57014", 0)])
def test_what_a_replica_lost_is_asked_once_more_on_the_primary(db, lags, monkeypatch, state: str, repeated: int):
    """What took too long is not: it would there too."""
    told: list[str] = []
    monkeypatch.setattr(replicas, "connections", {"default": Lost(state)})
    monkeypatch.setattr(replicas, "use", told.append)
    statuses = iter([503, 200])

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=next(statuses))

    answer = replicas.repeated(view)(RequestFactory().get("/transfers/"))
    assert told == ["readers"] * repeated
    assert answer.status_code == (200 if repeated else 503)


def test_a_database_that_cannot_be_asked_is_none(monkeypatch):
    class Away:
        def close_if_unusable_or_obsolete(self) -> None:
            raise OperationalError("away")

        def close(self) -> None:
            pass

    monkeypatch.setattr(replicas, "connections", {"replica1": Away()})
    began = time.monotonic()
    assert replicas._measured("replica1") is None
    assert time.monotonic() - began < 1


@pytest.mark.django_db
def test_without_replicas_nothing_more_is_asked(settings: Any, django_assert_num_queries: DjangoAssertNumQueries):
    """Guards the small site from what only a large one needs."""
    with django_assert_num_queries(0):
        assert chosen() == settings.READERS
