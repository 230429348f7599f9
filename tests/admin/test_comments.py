"""What the comment of a transfer may say is offered at the desk, and written by nobody but an editor."""

import pytest
from django.test import Client

from armsdb.models import Proposal, Transfer
from tests import factories
from tests.web.reading import Reading

from .desk import FormReader, change_address, filled, opened

pytestmark = pytest.mark.django_db
COMMENT = "XY-29B version; second-hand; $45 m deal; aid; probably financed by Norland"


def form_at(client: Client, address: str) -> tuple[str, dict[str, list[str]]]:
    page = client.get(address).content.decode()
    return page, FormReader(page).values


@pytest.fixture
def line(db) -> Transfer:
    transfer: Transfer = factories.transfer(comment=COMMENT, condition="second-hand")
    return transfer


def test_a_suggestion_is_shown_with_its_words_and_fills_nothing(desk: Client, line: Transfer) -> None:
    """Guards the first rule: what a pattern reads in a comment is no value of the record."""
    page, form = form_at(desk, change_address(line))
    text = Reading(page).text
    assert "Exactly 45,000,000 US dollars; basis: contract, for it says “$45 m deal”." in text
    assert "The version XY-29B, for it says “XY-29B version”. There is no field for it" in text
    assert "Norland, for" not in text
    assert "for it says “second-hand”" not in text  # the field says so already
    assert (form["value_text"], form["nature"]) == ([""], ["not-stated"])


def test_what_is_taken_stands_in_its_field_and_is_saved_with_a_reason(desk: Client, line: Transfer) -> None:
    address = f"{change_address(line)}?take=value"
    page, form = form_at(desk, address)
    assert (form["value_text"], form["value_basis"]) == (["45,000,000 USD"], ["contract"])
    assert form["nature"] == ["not-stated"]
    assert "It stands in the field “value” now, and is not saved yet." in Reading(page).text
    assert Transfer.objects.get(pk=line.pk).value is None
    assert "say why it is changed" in desk.post(address, filled(form)).content.decode()
    assert desk.post(address, filled(form, reason="So the register says.")).status_code == 302
    saved = Transfer.objects.get(pk=line.pk)
    assert (saved.value.display(), saved.value.basis) == ("45,000,000 USD", "contract")
    assert "for it says “$45 m deal”" not in Reading(desk.get(change_address(line)).content.decode()).text


def test_what_an_editor_takes_waits_like_any_change(editing: Client, line: Transfer) -> None:
    address = f"{change_address(line)}?take=nature"
    editing.post(address, filled(opened(editing, address), reason="So the register says."))
    assert Transfer.objects.get(pk=line.pk).nature == "not-stated"
    assert [row["after"] for row in Proposal.objects.get().differences] == ["aid"]


@pytest.mark.parametrize("query", ["take=comment", "take=state", "take=", "take=" + "x" * 3000])
def test_an_address_can_take_no_more_than_is_offered(desk: Client, line: Transfer, query: str) -> None:
    """Guards fields against values that somebody else's link brings."""
    _page, form = form_at(desk, f"{change_address(line)}?{query}")
    assert form["comment"] == [COMMENT]
    assert form["nature"] == ["not-stated"]


def test_who_adds_a_transfer_is_offered_nothing(desk: Client) -> None:
    assert "What the comment may say" not in desk.get("/admin/armsdb/transfer/add/?take=value").content.decode()
