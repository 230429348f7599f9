"""The pages on which it is asked why: what they say before anything is done."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.reading import Reading

from .desk import change_address, verb_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "published", "told"),
    [
        ("publish", False, "The history keeps it. Readers are told where the record was shown before"),
        ("withdraw", True, "Readers are told: these words become the page that stands in the place of the record."),
        ("merge", True, "The history keeps it."),
        ("discard", False, "The history keeps it."),
        ("rename", True, "The history keeps it, and readers are told where they have seen the record."),
    ],
)
def test_it_is_said_who_is_told_the_reason(desk: Client, verb: str, published: bool, told: str) -> None:
    """Guards words meant for colleagues that become the main text of a public page."""
    page = desk.get(verb_address(verb, factories.country(published=published))).content.decode()
    told_by = page.partition('id="id_reason_helptext"')[2].partition("</div>")[0]
    assert told in told_by
    assert 'aria-describedby="id_reason_helptext"' in page
    text = Reading(page).text
    assert "Reason (required):" in text
    assert "Cancel" in text
    assert "Close" not in text


def test_who_only_proposes_is_told_so_beforehand(desk: Client, editing: Client) -> None:
    """Guards an editor who presses “Publish” and finds that nothing was."""
    draft, shown = factories.transfer(published=False), factories.transfer("T2")
    for client, propose in ((editing, True), (desk, False)):
        offered = [
            *(str(way["label"]) for way in client.get(change_address(draft)).context["ways"]),
            *(str(way["label"]) for way in client.get(change_address(shown)).context["ways"]),
        ]
        for label in ("Propose to publish", "Propose to withdraw", "Propose to merge"):
            assert (label in offered) == propose, label
        for label in ("Publish", "Withdraw", "Merge"):
            assert (label in offered) != propose, label
        assert "Discard" in offered
        title = "Propose to publish" if propose else "Publish"
        assert f'value="{title}" class="default"' in client.get(verb_address("publish", draft)).content.decode()
        listed = client.get(reverse("admin:armsdb_transfer_changelist")).content.decode()
        assert f">{title} …</option>" in listed
