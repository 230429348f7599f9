"""The pages on which proposals are read and decided on."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from armsdb import actions
from armsdb.lib.vocab import Decision, State, Verb
from armsdb.models import Proposal, Transfer
from tests import factories
from tests.accounts import account, editor, reviewer
from tests.web.reading import Reading

pytestmark = pytest.mark.django_db
LIST = reverse("admin:armsdb_proposal_changelist")
DIFFERENCES = [
    {"label": "Comment", "before": "", "after": "Told <twice>."},
    {"label": "Value", "before": "24,000,000 USD", "after": "at least 24,000,000 USD"},
]


def address(proposal):
    return reverse("admin:armsdb_proposal_change", args=[proposal.pk])


def propose(record, verb=Verb.PUBLISH, user=None, **values):
    return actions.propose(record=record, verb=verb, user=user or editor(), **{"reason": "Complete.", **values})


def buttons(page):
    return [decision for decision in ("accept", "decline", "take-back") if f'value="{decision}"' in page]


@pytest.fixture
def waiting(db):
    """A proposal to publish a draft, by edith."""
    return propose(factories.transfer(published=False))


@pytest.fixture
def rosa(client):
    user = reviewer()
    client.force_login(user)
    return user


def test_a_reviewer_accepts_and_the_record_is_published(client, waiting, rosa):
    page = client.get(address(waiting)).content.decode()
    assert buttons(page) == ["accept", "decline"]
    assert "Accept: publish it" in Reading(page).text
    assert Reading(page).link("As readers will see it") == reverse("preview", args=["transfer", "test-t1"])
    answer = client.post(address(waiting), {"decision": "accept", "reason": ""}, follow=True)
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert "Accepted, and done." in answer.content.decode()
    line: Any = Transfer.objects.get(public_id="test-t1")
    assert line.is_published
    assert line.history_rows.first().history_user == rosa
    assert "edith" in line.history_rows.first().history_change_reason


def test_declining_needs_words_and_keeps_the_record(client, waiting, rosa):
    answer = client.post(address(waiting), {"decision": "decline", "reason": ""})
    assert answer.status_code == 200
    assert "Who proposed it is told why it was declined: give the reason." in answer.content.decode()
    client.post(address(waiting), {"decision": "decline", "reason": "A source is missing."})
    assert Transfer.objects.get(public_id="test-t1").state == State.DRAFT
    page = client.get(address(waiting)).content.decode()
    assert "A source is missing." in page
    assert buttons(page) == []


def test_an_editor_reads_and_takes_back_but_never_decides(client, waiting):
    client.force_login(waiting.proposed_by)
    assert buttons(client.get(address(waiting)).content.decode()) == ["take-back"]
    refused = client.post(address(waiting), {"decision": "accept", "reason": ""})
    assert "Nobody decides on a proposal of their own" in refused.content.decode()
    client.force_login(editor("emil"))
    page = client.get(address(waiting)).content.decode()
    assert buttons(page) == []
    assert "It waits for a reviewer." in page
    for decision, sentence in (("accept", "Only reviewers decide"), ("take-back", "Only who made a proposal")):
        answer = client.post(address(waiting), {"decision": decision, "reason": "Let me."})
        assert sentence in answer.content.decode()
    assert Proposal.objects.get().is_waiting
    client.force_login(waiting.proposed_by)
    client.post(address(waiting), {"decision": "take-back", "reason": ""})
    assert Proposal.objects.get().outcome == Decision.TAKEN_BACK


def test_a_proposal_that_was_overtaken_says_so_and_cannot_be_accepted(client, waiting, rosa):
    actions.put(model=Transfer, public_id="test-t1", values={"comment": "New."}, user=editor("emil"), reason="Seen.")
    page = client.get(address(waiting)).content.decode()
    assert "The record was changed after this was proposed" in page
    assert buttons(page) == ["decline"]
    answer = client.post(address(waiting), {"decision": "accept", "reason": "Mine."})
    assert "The record was changed after this was proposed, by emil" in answer.content.decode()
    assert ">Mine.</textarea>" in answer.content.decode().replace("\n", "")


def test_differences_stand_side_by_side_as_text(client, rosa):
    proposal = propose(factories.transfer(), Verb.CHANGE, differences=DIFFERENCES, data={"comment": ["Told <twice>."]})
    page = client.get(address(proposal)).content.decode()
    assert buttons(page) == ["accept", "decline"]
    assert "Told &lt;twice&gt;." in page
    assert "24,000,000 USD" in page
    assert Reading(page).rows == 2


def test_a_merger_names_where_it_leads(client, rosa):
    one, other = factories.person("One Person"), factories.person("Other Person")
    page = Reading(client.get(address(propose(one, Verb.MERGE, into=other))).content.decode())
    assert page.link("Other Person") == other.get_absolute_url()
    assert page.link("As readers see it now") == one.get_absolute_url()


@pytest.mark.parametrize("decision", ["", "publish", "accept\0"])
def test_what_is_no_decision_is_refused_in_words(client, waiting, rosa, decision):
    answer = client.post(address(waiting), {"decision": decision, "reason": "x"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Proposal.objects.get().is_waiting


def test_the_list_has_what_was_decided_too_and_offers_no_deleting(client, waiting, rosa, django_assert_max_num_queries):
    for number in range(5):
        propose(factories.transfer(f"D{number}", published=False), user=editor(f"ed{number}"))
    client.post(address(waiting), {"decision": "accept", "reason": ""})
    with django_assert_max_num_queries(13):
        page = client.get(LIST).content.decode()
    assert page.count("Publish: ") == 6
    assert "delete_selected" not in page
    assert client.get(LIST, {"outcome__exact": "waiting"}).content.decode().count("Publish: ") == 5
    assert client.get(LIST, {"q": "test-d3"}).content.decode().count("Publish: ") == 1


@pytest.mark.parametrize("place", ["add", "delete"])
def test_proposals_are_neither_added_nor_deleted_here(client, waiting, place):
    client.force_login(User.objects.create_superuser("root"))
    args = [] if place == "add" else [waiting.pk]
    assert client.get(reverse(f"admin:armsdb_proposal_{place}", args=args)).status_code == 403


@pytest.mark.parametrize("number", ["0", "999999", "x", "99999999999999999999"])
def test_what_is_no_proposal_is_not_there(client, rosa, number):
    assert client.get(f"{LIST}{number}/change/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_account_without_a_role_sees_nothing(client, waiting, method):
    client.force_login(account("guest"))
    answer = getattr(client, method)(address(waiting), {"decision": "decline", "reason": "No."})
    assert answer.status_code == 403
    assert client.get(LIST).status_code == 403
