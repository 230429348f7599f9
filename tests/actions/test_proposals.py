"""Proposals: an editor's work waits for somebody else, and what was decided stays decided."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from armsdb import actions
from armsdb.lib.vocab import Decision, State, Verb
from armsdb.models import Citation, DataVersion, Fact, Proposal, Record, Transfer
from tests import factories
from tests.accounts import account, editor, reviewer

pytestmark = pytest.mark.django_db

WHY = "The line is complete."
CHANGED = {
    "differences": [{"label": "Comment", "before": "", "after": "Told twice."}],
    "data": {"comment": ["Told twice."]},
}


def propose(record: Record, verb: Verb, user: User, **values: Any) -> Proposal:
    return actions.propose(record=record, verb=verb, user=user, **{"reason": WHY, **values})


def again(record: Record) -> Any:
    """The record as it is in the database."""
    return type(record)._default_manager.get(pk=record.pk)


def refused(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


# --- what a reviewer accepts


def test_a_reviewer_publishes_what_an_editor_proposed_and_the_history_names_both():
    edith, rosa, line = editor(), reviewer(), factories.transfer(published=False)
    proposal = propose(line, Verb.PUBLISH, edith)
    assert again(line).state == State.DRAFT
    actions.accept(proposal=proposal, user=rosa, reason="Read, and right.")
    line = again(line)
    assert line.is_published
    last = line.history_rows.first()
    assert (last.history_user, last.history_change_reason) == (rosa, f"{WHY}\n\nProposed by edith.")
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decided_by, proposal.decided_reason) == (
        Decision.ACCEPTED,
        rosa,
        "Read, and right.",
    )


def test_a_withdrawal_tells_readers_the_reason_and_not_who_proposed_it():
    edith, rosa, line = editor(), reviewer(), factories.transfer()
    proposal = propose(line, Verb.WITHDRAW, edith, reason="Told by mistake.")
    actions.accept(proposal=proposal, user=rosa)
    line = again(line)
    assert (line.state, line.state_reason) == (State.WITHDRAWN, "Told by mistake.")
    assert "edith" in line.history_rows.first().history_change_reason


def test_a_merger_leads_to_the_record_that_was_proposed():
    one, other = factories.person("One Person"), factories.person("Other Person")
    proposal = propose(one, Verb.MERGE, editor(), into=other)
    assert proposal.into == other
    actions.accept(proposal=proposal, user=reviewer())
    assert (again(one).state, again(one).merged_into) == (State.MERGED, other)


def test_a_change_is_accepted_by_the_form_between_taking_up_and_settling():
    edith, rosa, line = editor(), reviewer(), factories.transfer()
    proposal = propose(line, Verb.CHANGE, edith, **CHANGED)
    with pytest.raises(ValidationError) as error:
        actions.accept(proposal=proposal, user=rosa)
    assert "in its form" in refused(error)
    assert actions.take_up(proposal=proposal, user=rosa) == line
    actions.put(
        model=Transfer,
        public_id=line.public_id,
        values={"comment": "Told twice."},
        user=rosa,
        reason=proposal.reason_for_history,
    )
    actions.settle(proposal=proposal, user=rosa)
    assert again(line).comment == "Told twice."
    assert Proposal.objects.get().outcome == Decision.ACCEPTED


# --- who decides


@pytest.mark.parametrize("decide", [actions.accept, actions.decline, actions.take_up, actions.settle])
@pytest.mark.parametrize("who", ["editor", "reviewer", "superuser"])
def test_nobody_decides_on_a_proposal_of_their_own(decide, who):
    """Four eyes: neither reviewers nor superusers pass their own work on as somebody else's."""
    own = {"editor": editor, "reviewer": reviewer, "superuser": lambda: User.objects.create_superuser("root")}[who]()
    line = factories.transfer(published=False)
    proposal = propose(line, Verb.PUBLISH, own)
    reason = {} if decide is actions.take_up else {"reason": "Mine."}
    with pytest.raises(ValidationError) as error:
        decide(proposal=proposal, user=own, **reason)
    assert "of their own" in refused(error)
    assert again(line).state == State.DRAFT
    assert Proposal.objects.get().is_waiting


@pytest.mark.parametrize("decide", [actions.accept, actions.decline, actions.settle])
def test_only_reviewers_decide(decide):
    proposal = propose(factories.transfer(published=False), Verb.PUBLISH, editor())
    for other in (editor("emil"), account("guest")):
        with pytest.raises(ValidationError) as error:
            decide(proposal=proposal, user=other, reason="Let me.")
        assert "Only reviewers" in refused(error)


def test_the_database_itself_refuses_an_own_decision():
    edith = editor()
    proposal = propose(factories.transfer(published=False), Verb.PUBLISH, edith)
    own = {"decided_by": edith, "decided": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(outcome=Decision.ACCEPTED, **own)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(outcome=Decision.ACCEPTED)
    Proposal.objects.filter(pk=proposal.pk).update(outcome=Decision.TAKEN_BACK, **own)


# --- what is not accepted


def test_what_is_declined_leaves_the_record_as_it_was_and_needs_a_reason():
    line, rosa = factories.transfer(), reviewer()
    before = again(line)
    proposal = propose(line, Verb.WITHDRAW, editor())
    with pytest.raises(ValidationError) as error:
        actions.decline(proposal=proposal, user=rosa, reason=" ")
    assert "give the reason" in refused(error)
    actions.decline(proposal=Proposal.objects.get(), user=rosa, reason="It is right as it is.")
    assert (again(line).updated, again(line).state) == (before.updated, State.PUBLISHED)
    assert Proposal.objects.get().decided_reason == "It is right as it is."


@pytest.mark.parametrize("change", ["record", "citation"])
def test_what_was_overtaken_by_a_change_is_refused_and_told_who_changed_what(change):
    """A reviewer must not publish what the proposer never saw: a new value, or a new passage."""
    line, rosa = factories.transfer(published=False), reviewer()
    proposal = propose(line, Verb.PUBLISH, editor())
    by: Any = {"user": editor("emil"), "reason": "Seen since."}
    if change == "record":
        actions.put(model=Transfer, public_id=line.public_id, values={"comment": "Other."}, **by)
    else:
        values = {"source": factories.article(), "locator": "2", "basis": "reporting"}
        actions.cite(fact=line, values=values, **by)
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal.is_stale
    with pytest.raises(ValidationError) as error:
        actions.accept(proposal=proposal, user=rosa)
    assert "The record was changed after this was proposed, by emil" in refused(error)
    assert again(line).state == State.DRAFT
    actions.decline(proposal=proposal, user=rosa, reason="Overtaken.")


def test_a_decision_stands():
    rosa, edith = reviewer(), editor()
    line = factories.transfer(published=False)
    proposal = propose(line, Verb.PUBLISH, edith)
    stale_copy = Proposal.objects.get()
    actions.decline(proposal=proposal, user=rosa, reason="Not yet.")
    for decide, user in ((actions.accept, reviewer("ruth")), (actions.take_back, edith)):
        with pytest.raises(ValidationError) as error:
            decide(proposal=stale_copy, user=user)
        assert "no longer waiting: rosa" in refused(error)
    assert again(line).state == State.DRAFT


def test_only_who_proposed_takes_back():
    edith = editor()
    proposal = propose(factories.transfer(published=False), Verb.PUBLISH, edith)
    with pytest.raises(ValidationError) as error:
        actions.take_back(proposal=proposal, user=reviewer())
    assert "Only who made a proposal" in refused(error)
    actions.take_back(proposal=proposal, user=edith)
    assert Proposal.objects.get().outcome == Decision.TAKEN_BACK


# --- what is not even proposed


def test_what_would_be_refused_is_refused_to_who_proposes_it():
    """An editor hears at once, not from a reviewer days later; nothing of the trial stays."""
    edith = editor()
    bare = factories.transfer("T2", published=False, citations=())
    leaned_on = factories.transfer().equipment
    one, other = factories.person("One Person"), factories.person("Another Person")
    version = DataVersion.objects.get(type="all").number
    histories = {record: again(record).history_rows.count() for record in (bare, leaned_on, one)}
    for record, verb, values, sentence in (
        (bare, Verb.PUBLISH, {}, "without a supporting citation"),
        (leaned_on, Verb.WITHDRAW, {}, "lean on it"),
        (leaned_on, Verb.PUBLISH, {}, "published already"),
        (one, Verb.MERGE, {"into": None}, "merged into another"),
        (one, Verb.MERGE, {"into": one}, "merged into another"),
        (one, Verb.CHANGE, {}, "Nothing would change"),
        (one, Verb.WITHDRAW, {"reason": " "}, "This field cannot be blank"),
    ):
        with pytest.raises(ValidationError) as error:
            propose(record, verb, edith, **values)
        assert sentence in refused(error)
    propose(one, Verb.WITHDRAW, edith)
    with actions.gathered():  # as the desk does
        propose(other, Verb.WITHDRAW, edith)
    assert Proposal.objects.count() == 2
    assert DataVersion.objects.get(type="all").number == version
    assert {record: again(record).history_rows.count() for record in histories} == histories
    assert again(one).is_published


def test_one_person_has_one_proposal_waiting_for_a_record():
    edith, line = editor(), factories.transfer()
    first = propose(line, Verb.WITHDRAW, edith)
    with pytest.raises(ValidationError) as error:
        propose(line, Verb.CHANGE, edith, **CHANGED)
    assert "A proposal of yours is waiting" in refused(error)
    propose(line, Verb.CHANGE, editor("emil"), **CHANGED)
    actions.take_back(proposal=first, user=edith)
    propose(line, Verb.CHANGE, edith, **CHANGED)


def test_a_proposal_finds_its_record_after_a_change_of_its_id():
    line = factories.transfer()
    proposal = propose(line, Verb.WITHDRAW, editor())
    actions.rename(record=line, public_id="test-t1-new", reason="Another id.")
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal.record == line
    assert proposal.is_stale


def test_text_that_cannot_be_stored_is_refused():
    with pytest.raises(ValidationError) as error:
        propose(factories.transfer(), Verb.WITHDRAW, editor(), reason="a\ud800b")
    assert "cannot be stored" in refused(error)


# --- what leans on citations


@pytest.mark.parametrize("how", ["added", "changed", "withdrawn"])
def test_a_fact_counts_as_changed_when_its_citations_are(how):
    """Readers of a fact read its citations with it: `updated`, its history, and the guards at the desk follow."""
    line: Fact = factories.transfer(citations=[{}, {"locator": "2"}])
    before, kept = again(line), line.history_rows.count()  # type: ignore[attr-defined]
    values = {"source": factories.article(), "locator": "3", "basis": "reporting"}
    if how == "withdrawn":
        actions.withdraw(record=Citation.objects.get(public_id=f"{line.public_id}-c2"), reason="Misread.")
    else:
        actions.cite(fact=line, values=values, number=3 if how == "added" else 2, reason="Another passage.")
    after = again(line)
    assert (after.evidence, after.evidence_reason) == (before.evidence, before.evidence_reason)
    assert after.updated > before.updated
    assert after.history_rows.count() == kept + 1
