"""Tokens lift the limit: shown once, kept as a hash, taken back at once; they open nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client, override_settings
from django.urls import reverse

from armsdb import actions
from armsdb.api import limits
from armsdb.models import ApiToken
from tests.accounts import account, editor

from .asking import Api

ADD = "admin:armsdb_apitoken_add"
DUMMY = "django.core.cache.backends.dummy.DummyCache"


@pytest.fixture
def limited(tmp_path: Path, monkeypatch: Any) -> Any:
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_018.0)
    backend = {"BACKEND": "armsdb.api.counters.Counters", "LOCATION": str(tmp_path / "limits.sqlite3")}
    with override_settings(API_LIMIT=2, CACHES={"default": {"BACKEND": DUMMY}, "limits": backend}):
        yield


def given(user: Any = None, per_minute: int = 5) -> tuple[ApiToken, str]:
    return actions.give_token(name="A newsroom", per_minute=per_minute, user=user or editor())


def asked(api: Api, text: str, path: str = "datasets/articles/") -> Any:
    return api.ask(path, Authorization=f"Token {text}")


def test_a_token_has_a_limit_of_its_own(api: Api, limited: None):
    _token, text = given()
    for _ in range(3):
        api.ask("datasets/articles/")
    assert api.ask("datasets/articles/").status_code == 429
    answer = asked(api, text)
    assert answer.status_code == 200
    assert answer["RateLimit-Policy"] == '"token";q=5;w=60'
    assert asked(api, text, "suggest/?q=my")["RateLimit"] == '"token";r=3;t=42'
    other = asked(api, given(account("other", "Editors"))[1])
    assert other["RateLimit"] == '"token";r=4;t=42'
    for _ in range(3):
        asked(api, text)
    assert asked(api, text).status_code == 429


def test_only_its_hash_is_kept(seeded: None):
    token, text = given()
    kept = " ".join(str(value) for value in ApiToken.objects.values().get(pk=token.pk).values())
    assert len(text) == 64
    assert text not in kept
    assert len(token.token_key) < 16


def test_what_is_taken_back_opens_nothing_from_the_next_request_on(api: Api, limited: None):
    token, text = given()
    assert asked(api, text).status_code == 200
    actions.revoke_token(token=token)
    answer = asked(api, text)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Token"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "private, no-cache"


def test_the_tokens_of_who_may_no_longer_give_them_open_nothing(api: Api):
    giver = editor()
    _token, text = given(giver)
    assert asked(api, text).status_code == 200
    giver.groups.remove(Group.objects.get(name="Editors"))
    assert asked(api, text).status_code == 401
    giver.groups.add(Group.objects.get(name="Editors"))
    giver.is_active = False
    giver.save()
    assert asked(api, text).status_code == 401


@pytest.mark.parametrize(
    "text", ["abc", "", "a b", "\u00e9", "\u00ff\u00fe", "%00", "a" * 5000, "0" * 64, "' OR 1=1", "\t"]
)
def test_a_token_that_is_none_is_refused_with_a_sentence(api: Api, text: str):
    assert asked(api, text).status_code == 401
    assert asked(api, text).json()["detail"]


def test_a_token_opens_nothing_that_is_not_open_to_all(api: Api):
    _token, text = given()
    assert Client(headers={"Authorization": f"Token {text}"}).get(reverse("admin:index")).status_code == 302
    assert api.ask("datasets/", "POST", Authorization=f"Token {text}").status_code == 405


def test_a_page_of_another_site_may_send_a_token(api: Api):
    assert "Authorization" in api.ask("datasets/", "OPTIONS")["Access-Control-Allow-Headers"]


def test_an_editor_gives_a_token_that_is_shown_once(api: Api, limited: None):
    client = Client()
    client.force_login(editor())
    shown = client.post(reverse(ADD), {"name": "A newsroom", "per_minute": "7"})
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    text = shown.context["text"]
    assert text in shown.content.decode()
    token = ApiToken.objects.get()
    assert (token.name, token.per_minute, token.user.username) == ("A newsroom", 7, "edith")
    form = reverse("admin:armsdb_apitoken_change", args=[token.pk])
    answer = asked(api, text)
    assert answer["RateLimit-Policy"] == '"token";q=7;w=60'
    for address in (reverse("admin:armsdb_apitoken_changelist"), form, reverse("admin:index")):
        page = client.get(address).content.decode()
        assert text not in page
    assert "2027" in client.get(form).content.decode()  # when it was last used, by the clock of this test
    assert client.post(form, {"name": "Another", "per_minute": "9000", "take_back": "on"}).status_code == 302
    token.refresh_from_db()
    assert token.revoked is not None
    assert (token.name, token.per_minute) == ("A newsroom", 7)
    assert asked(api, text).status_code == 401


@pytest.mark.parametrize(("name", "number"), [("", "5"), ("A", "0"), ("A", "-1"), ("A", "99999999"), ("A", "x")])
def test_a_token_for_nobody_or_for_too_much_is_refused(seeded: None, name: str, number: str):
    client = Client()
    client.force_login(editor())
    assert client.post(reverse(ADD), {"name": name, "per_minute": number}).context["errors"]
    assert not ApiToken.objects.exists()
