"""Discarding drafts: what readers never saw goes, with a trace; nothing else does."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from armsdb import actions
from armsdb.lib.vocab import Verb
from armsdb.models import Citation, Country, DataVersion, Organisation, Transfer, TransferCompany
from tests import factories
from tests.accounts import editor, reviewer

pytestmark = pytest.mark.django_db
WHY = "Begun by mistake."


def begun(user: User, **values: Any) -> Country:
    values = {"name": "Begun", **values}
    return actions.put(model=Country, public_id="test-begun", values=values, user=user, reason="Begun.")[0]


def test_a_draft_goes_with_its_parts_and_citations_and_the_history_keeps_them() -> None:
    """Guards against work that is gone without a trace, and drafts that nobody can be rid of."""
    parts = {"companies": [{"company": factories.organisation(), "role": "broker"}]}
    draft = factories.transfer(published=False, citations=[{}, {"locator": "2"}], parts=parts)
    versions = list(DataVersion.objects.values_list("type", "number"))
    rosa = reviewer()
    actions.discard(record=Transfer.objects.get(pk=draft.pk), user=rosa, reason=WHY)
    assert not Transfer.objects.filter(pk=draft.pk).exists()
    assert not Citation.objects.filter(public_id__startswith="test-t1-c").exists()
    for model, number in ((Transfer, 1), (Citation, 2), (TransferCompany, 1)):
        gone = model.history.filter(history_type="-", history_user=rosa, history_change_reason=WHY)
        assert gone.count() == number, model
    assert list(DataVersion.objects.values_list("type", "number")) == versions
    assert list(actions.differences()) == []


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_readers_saw_is_not_discarded(state: str) -> None:
    """Guards the promise that nothing published is lost."""
    country = factories.country()
    if state == "withdrawn":
        actions.withdraw(record=country, reason=WHY)
    with pytest.raises(ValidationError, match="Readers have seen this record"):
        actions.discard(record=country, user=reviewer(), reason=WHY)


def test_what_others_lean_on_stays() -> None:
    """Guards other drafts from references to nothing."""
    draft = begun(reviewer())
    factories.make(Organisation, "test-o", name="Of it", kind="company", country=draft, published=False)
    with pytest.raises(ValidationError, match="such as “Of it”"):
        actions.discard(record=draft, reason=WHY)


def test_an_editor_discards_what_they_began_and_a_reviewer_anything() -> None:
    """Guards drafts from other editors, or from a stolen account."""
    edith = editor()
    draft = begun(edith)
    with pytest.raises(ValidationError, match="Somebody else began this draft"):
        actions.discard(record=draft, user=editor("egon"), reason=WHY)
    actions.discard(record=draft, user=edith, reason=WHY)
    actions.discard(record=begun(edith), user=reviewer(), reason=WHY)
    assert not Country.objects.filter(name="Begun").exists()


def test_what_a_proposal_waits_for_stays_until_it_is_decided() -> None:
    """Guards reviewers from proposals about nothing."""
    edith = editor()
    draft = begun(edith)
    proposal = actions.propose(record=draft, verb=Verb.PUBLISH, user=edith, reason="Ready.")
    with pytest.raises(ValidationError, match="A proposal waits"):
        actions.discard(record=draft, user=edith, reason=WHY)
    actions.take_back(proposal=proposal, user=edith)
    actions.discard(record=draft, user=edith, reason=WHY)


def test_it_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="Say why"):
        actions.discard(record=begun(reviewer()), reason=" ")


def test_a_draft_is_not_withdrawn() -> None:
    """Guards readers' addresses: the reason why a draft went would be told at one that never was."""
    with pytest.raises(ValidationError, match="never seen"):
        actions.withdraw(record=begun(reviewer()), reason=WHY)
