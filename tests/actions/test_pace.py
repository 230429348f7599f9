"""How much one account may publish and withdraw within an hour."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from armsdb import actions
from armsdb.actions.pace import MOST_AN_HOUR
from armsdb.models import Country
from tests import factories

SENTENCE = "You have published or withdrawn 20 records within an hour. Ask a second reviewer to do this."


@pytest.fixture
def user(db) -> User:
    return User.objects.create_user("aung")


@pytest.fixture
def drafts(user: User) -> list[Country]:
    """One draft more than one account may publish."""
    return [
        actions.put(
            model=Country, public_id=f"test-{number}", values={"name": f"Test {number}"}, user=user, reason="New."
        )[0]
        for number in range(MOST_AN_HOUR + 1)
    ]


def test_the_twenty_first_within_an_hour_waits_for_somebody_else(user: User, drafts: list[Country]) -> None:
    """Guards readers against a stolen account; drafts and edits count for nothing."""
    *most, last = drafts
    for record in most:
        actions.publish(record=record, user=user, reason="Ready.")
    with pytest.raises(ValidationError, match=SENTENCE):
        actions.publish(record=last, user=user, reason="Ready.")
    last.refresh_from_db()
    assert last.state == "draft"
    actions.put(model=Country, public_id=most[0].public_id, values={"summary": "New."}, user=user, reason="Better.")
    other = User.objects.create_user("other")
    assert actions.publish(record=last, user=other, reason="Ready.").is_published


def test_withdrawals_and_mergers_count_like_publications(user: User, drafts: list[Country]) -> None:
    """Guards published records against being taken away one after the other."""
    into, *others = (actions.publish(record=record, reason="Ready.") for record in drafts)
    for record in others[:10]:
        actions.withdraw(record=record, user=user, reason="Wrong.")
    for record in others[10:]:
        actions.merge(record=record, into=into, user=user, reason="The same.")
    with pytest.raises(ValidationError, match=SENTENCE):
        actions.withdraw(record=into, user=user, reason="Wrong.")
    with pytest.raises(ValidationError, match=SENTENCE):
        actions.merge(record=into, into=factories.country(), user=user, reason="The same.")
    with pytest.raises(ValidationError, match=SENTENCE):
        actions.publish(record=others[0], user=user, reason="Right after all.")


def test_after_an_hour_there_is_room_again(user: User, drafts: list[Country]) -> None:
    """Guards a reviewer's patience."""
    *most, last = drafts
    for record in most:
        actions.publish(record=record, user=user, reason="Ready.")
    Country.history.update(history_date=timezone.now() - timedelta(minutes=61))
    assert actions.publish(record=last, user=user, reason="Ready.").is_published


def test_imports_have_no_limit_and_citations_are_no_publications(user: User, drafts: list[Country]) -> None:
    """Guards registers, and editors who cite much: a citation is published with its fact."""
    for record in drafts:
        actions.publish(record=record, reason="Import.")
    fact = factories.transfer(published=False)
    for number in range(1, MOST_AN_HOUR + 2):
        values = {**factories.PASSAGE, "source": factories.article(), "locator": str(number)}
        actions.cite(fact=fact, values=values, user=user, reason="Read.")
    assert actions.publish(record=fact, user=user, reason="Ready.").is_published


def test_it_is_counted_in_one_question(user: User, drafts: list[Country], django_assert_num_queries) -> None:
    """Guards the desk against a count that grows: the account's row and one question over the history."""
    from armsdb.actions.pace import refuse_haste

    with django_assert_num_queries(2):
        refuse_haste(user)
