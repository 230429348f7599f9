"""Discarding drafts and giving records another id, at the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from armsdb import actions
from armsdb.models import Country, Record, Transfer
from tests import factories

from .desk import change_address, verb_address

pytestmark = pytest.mark.django_db


def ways(client: Client, record: Record) -> set[str]:
    """What the form of a record offers."""
    return {str(way["label"]) for way in client.get(change_address(record)).context["ways"]}


def test_a_draft_is_discarded_with_a_reason(desk: Client) -> None:
    """Drafts that pile up; the reason that nobody can find."""
    draft = factories.transfer(published=False)
    assert "Discard" in ways(desk, draft)
    answer = desk.post(verb_address("discard", draft), {"reason": "Entered twice."}, follow=True)
    assert answer.redirect_chain == [(reverse("admin:armsdb_transfer_changelist"), 302)]
    assert "1 record was discarded." in answer.text
    assert not Transfer.objects.filter(pk=draft.pk).exists()
    assert Transfer.history.filter(id=draft.pk).latest().history_change_reason == "Entered twice."


def test_what_is_refused_is_told_on_the_page(editing: Client) -> None:
    """An editor who is told nothing, or who discards what somebody else began."""
    draft = factories.country(published=False)
    answer = editing.post(verb_address("discard", draft), {"reason": "Entered twice."})
    assert "Somebody else began this draft" in answer.text
    assert Country.objects.filter(pk=draft.pk).exists()


def test_a_published_record_offers_no_discarding(desk: Client) -> None:
    """A button that is always refused."""
    assert ways(desk, factories.country()) == {"View on site", "Withdraw", "Merge", "Give another id", "History"}


def test_a_reviewer_gives_another_id_and_the_old_address_leads_on(desk: Client, client: Client) -> None:
    """Links of readers that break."""
    country = factories.country()
    desk.post(verb_address("rename", country), {"public_id": "test-newland", "reason": "It is called so."})
    country.refresh_from_db()
    assert country.public_id == "test-newland"
    answer = client.get("/countries/test-testland/")
    assert (answer.status_code, answer["Location"]) == (308, "/countries/test-newland/")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Not An Id", "lower-case letters"),
        ("test-otherland", "is or was another record"),
        ("test-testland", "It has this id already."),
        ("", "required"),
    ],
)
def test_an_id_that_cannot_be_is_refused(desk: Client, typed: str, told: str) -> None:
    """Two records at one address, or one that no address leads to."""
    country = factories.country()
    factories.country("Otherland")
    answer = desk.post(verb_address("rename", country), {"public_id": typed, "reason": "For a test."})
    assert told in answer.text
    country.refresh_from_db()
    assert country.public_id == "test-testland"


def test_an_editor_renames_drafts_alone(editing: Client) -> None:
    """What readers cite is changed by somebody whose work waits for a reviewer."""
    country, draft = factories.country(), factories.country("Draft", published=False)
    assert "Give another id" not in ways(editing, country)
    for record, status in ((country, 403), (draft, 302)):
        typed = {"public_id": f"{record.public_id}-2", "reason": "For a test."}
        assert editing.post(verb_address("rename", record), typed).status_code == status
    draft.refresh_from_db()
    assert draft.public_id == "test-draft-2"


def test_a_discarded_draft_leaves_nothing_that_is_not_sound(desk: Client) -> None:
    """A trace that `check_integrity` takes for a fault."""
    draft = factories.transfer(published=False)
    desk.post(verb_address("discard", draft), {"reason": "Entered twice."})
    assert list(actions.differences()) == []
