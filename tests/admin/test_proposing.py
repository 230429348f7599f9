"""What an editor does to a published record waits; a reviewer accepts it in the same form."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from armsdb.models import Proposal, Transfer
from tests import factories
from tests.accounts import account

from .desk import add_address, change_address, errors_of, filled, opened, verb_address
from .test_journey import a_transfer

pytestmark = pytest.mark.django_db


def proposed(editing: Client, transfer: Transfer, **typed: str) -> Proposal:
    """A change that an editor saved."""
    form = filled(opened(editing, change_address(transfer)), reason="The annex says so.", **typed)
    assert editing.post(change_address(transfer), form).status_code == 302
    return Proposal.objects.get()


def proposal_address(proposal: Proposal) -> str:
    return reverse("admin:armsdb_proposal_change", args=[proposal.pk])


def test_an_editor_drafts_and_what_readers_see_waits_for_a_reviewer(editing: Client, desk: Client) -> None:
    """The whole way of an editor's work, from the draft to the correction."""
    editing.post(add_address(Transfer), a_transfer(editing))
    transfer = Transfer.objects.get(dataset__public_id="test-tests")
    editing.post(change_address(transfer), filled(opened(editing, change_address(transfer)), comment="Drafted on."))
    transfer.refresh_from_db()
    assert transfer.comment == "Drafted on."
    editing.post(verb_address("publish", transfer), {"reason": "Ready."})
    transfer.refresh_from_db()
    assert (transfer.state, Proposal.objects.get().verb) == ("draft", "publish")
    desk.post(verb_address("publish", transfer), {"reason": "Checked."})
    Proposal.objects.all().delete()

    proposal = proposed(editing, transfer, quantity_delivered="up to 150")
    transfer.refresh_from_db()
    assert transfer.quantity_delivered.high == 160
    assert proposal.differences == [{"label": "Quantity delivered", "before": "about 160", "after": "up to 150"}]

    address = f"{change_address(transfer)}?proposal={proposal.pk}"
    page = desk.get(address).content.decode()
    assert "edith proposes what stands below." in page
    form = opened(desk, address)
    assert form["quantity_delivered"] == ["up to 150"]
    assert desk.post(address, filled(form)).status_code == 302
    transfer.refresh_from_db()
    proposal.refresh_from_db()
    assert (transfer.quantity_delivered.low, transfer.quantity_delivered.high) == (None, 150)
    assert proposal.outcome == "accepted"
    entry = transfer.history.first()
    assert (entry.history_user.get_username(), "Proposed by edith." in entry.history_change_reason) == ("rosa", True)


def test_a_change_is_accepted_on_its_own_page(editing: Client, desk: Client) -> None:
    """One button that says what happens: the change as it was proposed, both named, and the words kept."""
    transfer = factories.transfer()
    proposal = proposed(editing, transfer, comment="From the annex.")
    page = desk.get(proposal_address(proposal)).content.decode()
    assert "Accept: change it as proposed" in page
    assert "Decline: leave the record as it is" in page
    answer = desk.post(proposal_address(proposal), {"decision": "accept", "reason": "Looked it up."}, follow=True)
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    transfer.refresh_from_db()
    proposal.refresh_from_db()
    assert transfer.comment == "From the annex."
    assert (proposal.outcome, proposal.decided_reason) == ("accepted", "Looked it up.")
    assert "Proposed by edith." in transfer.history.first().history_change_reason


def test_a_change_that_is_refused_when_it_is_accepted_is_shown_in_its_form(editing: Client, desk: Client) -> None:
    """A proposal that fits no longer: its form tells why, and saving that form goes on from there."""
    transfer = factories.transfer()
    proposal = proposed(editing, transfer, comment="From the annex.")
    Proposal.objects.filter(pk=proposal.pk).update(data={**proposal.data, "quantity_delivered": ["many"]})
    answer = desk.post(proposal_address(proposal), {"decision": "accept", "reason": ""})
    assert "does not say how many" in errors_of(answer)["quantity_delivered"][0]
    assert f'action="{change_address(transfer)}?proposal={proposal.pk}"' in answer.content.decode()
    transfer.refresh_from_db()
    proposal.refresh_from_db()
    assert (transfer.comment, proposal.outcome) == ("", "waiting")


def test_of_a_long_text_the_words_that_changed_are_marked(editing: Client, desk: Client, client: Client) -> None:
    """A comment that is struck out whole, of which one word is another: in the proposal, at the desk, for readers."""
    words = "The annex tells of two parts, the first of them handed over by <sea>."
    transfer = factories.transfer(comment=words)
    proposal = proposed(editing, transfer, comment=words.replace("two", "three"))
    pages = [desk.get(proposal_address(proposal))]
    desk.post(proposal_address(proposal), {"decision": "accept", "reason": ""})
    pages.append(desk.get(f"/admin/armsdb/transfer/{transfer.pk}/history/"))
    pages.append(client.get(f"{transfer.get_absolute_url()}history/"))
    for page in pages:
        text = page.content.decode()
        assert re.findall(r"<del>(.*?)</del>", text) == [
            '<span class="sr">[taken away: </span> two<span class="sr">]</span>'
        ]
        assert re.findall(r"<ins>(.*?)</ins>", text) == [
            '<span class="sr">[put in: </span> three<span class="sr">]</span>'
        ]
        assert "&lt;sea&gt;" in text


def test_only_reviewers_accept_a_change(editing: Client) -> None:
    transfer = factories.transfer()
    proposal = proposed(editing, transfer, comment="From the annex.")
    assert editing.post(proposal_address(proposal), {"decision": "accept", "reason": ""}).status_code == 403
    transfer.refresh_from_db()
    assert transfer.comment == ""


def test_what_would_be_refused_is_refused_to_who_proposes_it(editing: Client) -> None:
    """A reviewer who finds out what the editor could have been told."""
    transfer = factories.transfer()
    form = filled(opened(editing, change_address(transfer)), supplier_known="unknown", reason="So it is.")
    assert "Choose the supplier" in errors_of(editing.post(change_address(transfer), form))["__all__"][0]
    same = filled(opened(editing, change_address(transfer)), reason="So it is.")
    assert errors_of(editing.post(change_address(transfer), same)) == {"__all__": ["Nothing would change."]}
    assert not Proposal.objects.exists()


def test_a_proposal_that_was_overtaken_is_not_accepted(editing: Client, desk: Client) -> None:
    """A change that was made meanwhile and would be taken back by accepting an older one."""
    transfer = factories.transfer()
    proposal = proposed(editing, transfer, comment="From the annex.")
    desk.post(
        change_address(transfer), filled(opened(desk, change_address(transfer)), comment="Meanwhile.", reason="Mine.")
    )
    address = f"{change_address(transfer)}?proposal={proposal.pk}"
    assert "Somebody else changed this record" in desk.get(address).content.decode()
    answer = desk.post(address, filled(opened(desk, address)))
    assert "changed after this was proposed" in errors_of(answer)["__all__"][0]
    transfer.refresh_from_db()
    assert transfer.comment == "Meanwhile."


@pytest.mark.parametrize("number", ["x", "0", "9" * 30, "own"])
def test_only_a_waiting_proposal_of_this_record_is_opened_and_only_by_reviewers(
    editing: Client, desk: Client, number: str
) -> None:
    """A form that is filled in from somewhere else, or by who may not decide."""
    transfer = factories.transfer()
    proposal = proposed(editing, transfer, comment="From the annex.")
    other = factories.transfer("T2")
    if number == "own":
        assert editing.get(f"{change_address(transfer)}?proposal={proposal.pk}").status_code == 404
        assert desk.get(f"{change_address(other)}?proposal={proposal.pk}").status_code == 404
    else:
        assert desk.get(f"{change_address(transfer)}?proposal={number}").status_code == 404


def test_who_has_no_part_in_it_sees_and_does_nothing() -> None:
    """An account of the desk without a group."""
    transfer = factories.transfer()
    client = Client()
    client.force_login(account("stranger"))
    for address in (change_address(transfer), add_address(Transfer), verb_address("publish", transfer)):
        assert client.get(address).status_code == 403
        assert client.post(address, {"reason": "Mine."}).status_code == 403


def test_the_form_of_a_record_tells_what_waits(editing: Client, desk: Client) -> None:
    """Whoever opens it sees what a change would overtake; the page of the proposal tells when it was."""
    transfer = factories.transfer(quantity_delivered="160")
    proposal = proposed(editing, transfer, quantity_delivered="150")
    page = desk.get(change_address(transfer)).content.decode()
    assert f'href="{proposal_address(proposal)}"' in page
    assert "If the record is changed before" in page
    assert ">Now</th>" in desk.get(proposal_address(proposal)).content.decode()
    desk.post(change_address(transfer), filled(opened(desk, change_address(transfer)), reason="No.", comment="Other."))
    told = desk.get(proposal_address(proposal)).content.decode()
    assert ">When proposed</th>" in told
    assert ">Now</th>" not in told


def test_a_refused_decision_is_none(editing: Client, desk: Client) -> None:
    """Guards against a page that shows as decided what was refused for want of a reason."""
    address = proposal_address(proposed(editing, factories.transfer(), comment="Other."))
    answer = desk.post(address, {"decision": "decline", "reason": ""}).content.decode()
    assert "give the reason" in answer
    assert "Declined" not in answer
    assert 'value="decline"' in answer
