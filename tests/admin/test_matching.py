"""The pages on which records that imports made are compared with others, merged, or told apart."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armsdb import actions
from armsdb.models import Alias, Distinction, Organisation
from tests import factories
from tests.accounts import account
from tests.web.reading import Reading

from .desk import filled, opened

pytestmark = pytest.mark.django_db
MATCHES = reverse("admin:armsdb_organisation_matches")
COMPARE = reverse("admin:armsdb_organisation_compare")


def pair_of(number: str = "") -> tuple[Organisation, Organisation]:
    """A record that an import made, and one of ours that it may be."""
    ours = factories.organisation(f"Kestrel{number} Works", summary="Makes birds.")
    return factories.organisation(f"Works Kestrel{number}s", unmatched=True), ours


def address(pair: Any) -> str:
    return f"{COMPARE}?id={pair[0].pk}&id={pair[1].pk}"


@pytest.fixture
def pair(empty: Any) -> tuple[Organisation, Organisation]:
    return pair_of()


def test_what_is_not_yet_matched_is_listed_with_what_it_may_be(pair: Any, editing: Client) -> None:
    factories.organisation("Nothing Like It", unmatched=True)
    assert f'href="{MATCHES}"' in editing.get(reverse("admin:armsdb_organisation_changelist")).content.decode()
    page = Reading(editing.get(MATCHES).content.decode())
    assert address(pair) in dict(page.links)
    assert "Nothing Like It test-nothing-like-it nothing is called like it" in page.text
    assert address(pair[::-1]) not in dict(page.links)


def test_two_records_stand_side_by_side(pair: Any, editing: Client) -> None:
    actions.put(
        model=Organisation, public_id=pair[0].public_id, values={}, reason="Known so.",
        parts={"aliases": [{"name": "Falke"}], "identifiers": [{"scheme": "inn", "value": "7700000000"}]},
    )  # fmt: skip
    factories.sanction(parts={"imposed_by": [{"country": factories.country()}], "targets": [{"organisation": pair[0]}]})
    text = Reading(editing.get(address(pair)).content.decode()).text
    for words in ("Falke (other name)", "7700000000", "Makes birds.", "sanctions: 1", "company"):
        assert words in text


def test_one_is_merged_into_the_other_and_its_address_leads_on(pair: Any, desk: Client, client: Client) -> None:
    page = Reading(desk.get(address(pair)).content.decode())
    merge = page.link(f"Merge {pair[0].public_id} into {pair[1].public_id}")
    form = opened(desk, merge)
    assert form["into"] == [str(pair[1].pk)]
    desk.post(merge, filled(form, reason="The same works."))
    answer = client.get(pair[0].get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (308, pair[1].get_absolute_url())
    assert address(pair) not in dict(Reading(desk.get(MATCHES).content.decode()).links)


def test_what_an_editor_wants_merged_waits_for_a_reviewer(pair: Any, editing: Client) -> None:
    merge = Reading(editing.get(address(pair)).content.decode()).link(
        f"Merge {pair[0].public_id} into {pair[1].public_id}"
    )
    answer = editing.post(merge, filled(opened(editing, merge), reason="The same works."), follow=True)
    assert "Your proposal waits for a reviewer." in answer.content.decode()
    pair[0].refresh_from_db()
    assert pair[0].is_published


@pytest.mark.parametrize("matched", [True, False])
def test_records_that_are_different_are_not_proposed_again(pair: Any, editing: Client, matched: bool) -> None:
    sent = {"reason": "Two works.", **({"matched": "on"} if matched else {})}
    answer = editing.post(address(pair), sent, follow=True)
    assert answer.redirect_chain == [(MATCHES, 302)]
    page = Reading(answer.content.decode())
    assert address(pair) not in dict(page.links)
    assert (pair[0].name in page.text) is not matched
    row = Distinction.objects.get()
    assert row.history.get().history_user.username == "edith"
    editing.post(address(pair[::-1]), {"back": "on", "reason": "Looked again."})
    assert not Distinction.objects.exists()


def test_telling_apart_needs_a_reason(pair: Any, editing: Client) -> None:
    answer = editing.post(address(pair), {"reason": ""})
    assert "Say why: the history keeps it." in answer.content.decode()
    assert not Distinction.objects.exists()


@pytest.mark.parametrize("query", ["?id=x&id=y", "?id=1&id=1", "?id=1&id=2&id=3", "?id=1&id=" + "9" * 30])
def test_what_cannot_be_compared_is_not_found(query: str, pair: Any, editing: Client) -> None:
    assert editing.get(COMPARE + query).status_code == 404


@pytest.mark.parametrize("page", ["0", "2", "x", "", "9" * 30])
def test_pages_that_are_none_are_not_found(page: str, pair: Any, editing: Client) -> None:
    assert editing.get(MATCHES, {"page": page}).status_code == 404


def test_staff_without_a_group_compares_nothing(pair: Any, client: Client) -> None:
    client.force_login(account("staff"))
    assert client.get(MATCHES).status_code == 403
    assert client.post(address(pair), {"reason": "Two."}).status_code == 403
    assert not Distinction.objects.exists()


def test_both_pages_need_as_many_queries_for_twenty_as_for_one(empty: Any, editing: Client) -> None:
    """Guards the list at 20 records, each with its likely others, and the comparison at 20 other names."""
    needed = []
    one = pair_of("0")
    for last in (1, 20):
        for number in range(1 if last == 1 else 2, last):
            pair_of(str(number))
        for number in range(1 if last == 1 else 2, last + 1):
            alias = Alias(organisation=one[1], name=f"Name {number}")
            alias.derive()
            alias.save()
        counts = []
        for path in (MATCHES, address(one)):
            with CaptureQueriesContext(connection) as asked:
                assert editing.get(path).status_code == 200
            counts.append(len(asked))
        needed.append(counts)
    assert needed[0] == needed[1]
