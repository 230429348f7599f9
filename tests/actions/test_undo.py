"""Taking back one account's changes: all of them, and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from armsdb import actions
from armsdb.lib.vocab import Verb
from armsdb.models import (
    Citation,
    Country,
    DataVersion,
    Equipment,
    Organisation,
    Proposal,
    Record,
    Transfer,
    TransferOverlap,
)
from tests import factories

WHY = "For a test."


@pytest.fixture
def eve(db) -> User:
    return User.objects.create_user("eve")


@pytest.fixture
def mya(db) -> User:
    return User.objects.create_user("mya")


def put(user: User, record: Record, parts: Any = None, **values: Any) -> Any:
    changed, _ = actions.put(
        model=type(record), public_id=record.public_id, values=values, parts=parts, user=user, reason=WHY
    )
    return changed


def make(user: User, model: type[Record], public_id: str, **values: Any) -> Any:
    return actions.put(model=model, public_id=public_id, values=values, user=user, reason=WHY)[0]


def undo(account: User, **options: Any) -> list[str]:
    return actions.undo(account=account, since=timezone.now() - timedelta(hours=1), **options)


def now(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def test_two_interleaved_accounts(eve: User, mya: User) -> None:
    """Guards the work of one person while that of another is taken back, in the same records and the same minutes."""
    country = factories.country("Testland", summary="As it was.")
    both = factories.country("Bothland", summary="As it was.")
    fact = factories.transfer(status="ordered", comment="As it was.")
    put(eve, country, summary="Nonsense.")
    put(mya, country, name="Testland Republic")  # another field: stays
    put(mya, both, summary="Better.")
    put(eve, both, summary="Nonsense.")  # after Mya: hers comes back
    put(eve, fact, status="delivered", comment="Nonsense.", delivered="2021")
    put(mya, fact, comment="Checked.")  # after Eve: stays, and is told
    hers = make(mya, Country, "test-hers", name="Hers")
    made = make(eve, Country, "test-made", name="Made")
    seen = actions.publish(record=make(eve, Country, "test-seen", name="Seen"), user=eve, reason=WHY)

    told = undo(eve)

    assert (now(country).summary, now(country).name) == ("As it was.", "Testland Republic")
    assert now(both).summary == "Better."
    assert (now(fact).status, now(fact).delivered, now(fact).comment) == ("ordered", None, "Checked.")
    assert now(fact).name == "Test-1, Testland Republic to Otherland"
    assert now(hers).state == "draft"
    assert not Country.objects.filter(pk=made.pk).exists()
    assert now(seen).state == "withdrawn"
    assert "eve" in now(seen).state_reason
    assert sorted(told) == sorted(
        [
            "country test-testland: summary as before.",
            "country test-bothland: summary as before.",
            "transfer test-t1: delivered, status as before.",
            "transfer test-t1: comment stays, mya changed it since.",
            "country test-made: deleted, a draft.",
            "country test-seen: withdrawn.",
        ]
    )
    row = country.history.first()
    assert row.history_user is None
    assert row.history_change_reason.startswith("Taking back what eve did since ")
    assert Country.history.filter(id=made.pk).latest().history_type == "-"
    assert "comment stays" in " ".join(undo(eve))
    assert len(undo(eve)) == 1  # a second time there is nothing left but to say so


def test_what_was_before_the_time_stays(eve: User) -> None:
    """Guards the account's own earlier work."""
    country = factories.country(summary="As it was.")
    put(eve, country, summary="Good.")
    Country.history.update(history_date=timezone.now() - timedelta(days=1))
    put(eve, country, summary="Nonsense.")
    assert undo(eve) == ["country test-testland: summary as before."]
    assert now(country).summary == "Good."


def test_parts_come_back_and_go(eve: User, mya: User) -> None:
    """Guards names, companies and overlaps: those taken away return, those added go, those of others stay."""
    country = factories.country(parts={"aliases": [{"name": "Old name"}, {"name": "Other name"}]})
    put(eve, country, parts={"aliases": [{"name": "Other name"}, {"name": "Nonsense"}]})
    put(mya, country, parts={"aliases": [{"name": "Other name"}, {"name": "Nonsense"}, {"name": "Good name"}]})
    one, two, three = factories.transfer("T1"), factories.transfer("T2"), factories.transfer("T3")
    actions.keep_overlaps(among=[one, two], pairs=[(one, two)], reason=WHY)
    actions.keep_overlaps(among=[one, two, three], pairs=[(two, three)], user=eve, reason=WHY)
    undo(eve)
    assert sorted(alias.name for alias in country.aliases.all()) == ["Good name", "Old name", "Other name"]
    assert list(TransferOverlap.objects.filter(second__gt=one.pk).values_list("first", "second")) == [(one.pk, two.pk)]


def test_states_and_ids_come_back(eve: User, mya: User) -> None:
    """Guards published records that were taken away, and drafts that were shown too early."""
    gone, merged, renamed = factories.country("Gone"), factories.country("Merged"), factories.transfer()
    draft = factories.country("Draft", published=False)
    late = factories.country("Late", published=False)
    actions.withdraw(record=gone, user=eve, reason="Nonsense.")
    actions.merge(record=merged, into=factories.country(), user=eve, reason="Nonsense.")
    actions.rename(record=renamed, public_id="test-nonsense", user=eve, reason="Nonsense.")
    actions.publish(record=draft, user=eve, reason="Nonsense.")
    actions.publish(record=late, user=eve, reason="Nonsense.")
    actions.withdraw(record=late, user=mya, reason="Not yet.")
    told = undo(eve)
    assert [now(record).state for record in (gone, merged, draft, late)] == ["published"] * 2 + ["withdrawn"] * 2
    assert now(late).state_reason == "Not yet."
    assert now(renamed).public_id == "test-t1"
    assert [citation.public_id for citation in now(renamed).citations.all()] == ["test-t1-c1"]
    assert "country test-late: state stays, mya changed it since." in told


def test_a_fact_with_all_that_it_names_goes_in_the_right_order(eve: User) -> None:
    """Guards the case in which the rules refuse the one before the other is gone."""
    maker = actions.publish(record=make(eve, Organisation, "test-o", name="O", kind="company"), user=eve, reason=WHY)
    thing = actions.publish(
        record=make(eve, Equipment, "test-e", name="E", category="battle-tanks"), user=eve, reason=WHY
    )
    values = {"dataset": factories.dataset(), "key": "N", "equipment": thing, "supplier": factories.country()}
    fact = make(eve, Transfer, "test-n", **values, recipient=factories.country("Otherland"))
    put(eve, fact, parts={"companies": [{"company": maker, "role": "producer"}]})
    actions.cite(fact=fact, values={**factories.PASSAGE, "source": factories.article()}, user=eve, reason=WHY)
    actions.publish(record=fact, user=eve, reason=WHY)
    undo(eve)
    assert {now(record).state for record in (maker, thing, fact, fact.citations.get())} == {"withdrawn"}


def test_citations_come_back_and_go(eve: User) -> None:
    """Guards the evidence of a fact: its grade follows."""
    fact = factories.transfer(citations=[{}, {"locator": "2", "basis": "official-document"}])
    assert fact.evidence == "documented"
    actions.withdraw(record=Citation.objects.get(public_id="test-t1-c2"), user=eve, reason="Nonsense.")
    values = {**factories.PASSAGE, "source": factories.article(), "stance": "denies", "locator": "3"}
    actions.cite(fact=fact, values=values, user=eve, reason=WHY)
    actions.cite(fact=fact, number=1, values={"locator": "9"}, user=eve, reason=WHY)
    assert now(fact).evidence == "disputed"
    undo(eve)
    assert now(fact).evidence == "documented"
    states = dict(fact.citations.values_list("public_id", "state"))
    assert states == {"test-t1-c1": "published", "test-t1-c2": "published", "test-t1-c3": "withdrawn"}
    assert Citation.objects.get(public_id="test-t1-c1").locator == "1"


def test_what_a_rule_forbids_stays_and_is_told(eve: User, mya: User) -> None:
    """Guards what others built on: it is not torn down, and nobody is told that it was."""
    used = actions.publish(record=make(eve, Country, "test-used", name="Used"), user=eve, reason=WHY)
    factories.organisation("Of Mya", country=used)
    draft = make(eve, Country, "test-draft", name="Draft")
    make(mya, Organisation, "test-drafted", name="Drafted", kind="company", country=draft)
    shared = make(eve, Country, "test-shared", name="Shared")
    put(mya, shared, summary="Checked.")
    assert sorted(undo(eve)) == [
        "country test-draft: not deleted, a draft. Other records name it, such as “Drafted”.",
        "country test-shared: stays, a draft that mya worked on too.",
        "country test-used: not withdrawn. Published records lean on it, such as “Of Mya”.",
    ]
    assert [now(record).state for record in (used, draft, shared)] == ["published", "draft", "draft"]


def test_what_waits_is_taken_back_and_what_was_discarded_is_told(eve: User, mya: User) -> None:
    """Guards reviewers from proposals of an account that was stolen, and whoever looks for a draft that is gone."""
    country = factories.country()
    for user in (eve, mya):
        actions.propose(record=country, verb=Verb.WITHDRAW, user=user, reason="It was none.")
    actions.discard(record=make(eve, Country, "test-gone", name="Gone"), user=eve, reason="Mistaken.")
    told = undo(eve)
    assert told == [
        "country test-testland: proposal to withdraw it taken back.",
        "country test-gone: stays discarded; the history has it.",
    ]
    assert [proposal.proposed_by for proposal in Proposal.objects.waiting()] == [mya]
    assert Proposal.objects.by(eve).get().outcome == "taken-back"


def test_a_draft_that_others_cited_for_stays(eve: User, mya: User) -> None:
    """Guards the passages that somebody else found for a draft."""
    values = {"dataset": factories.dataset(), "key": "N", "equipment": factories.equipment()}
    parties = {"supplier": factories.country(), "recipient": factories.country("Otherland")}
    fact = make(eve, Transfer, "test-n", **values, **parties)
    actions.cite(fact=fact, values={**factories.PASSAGE, "source": factories.article()}, user=eve, reason=WHY)
    actions.cite(fact=fact, values={**factories.PASSAGE, "source": factories.article()}, user=mya, reason=WHY)
    assert "transfer test-n: not deleted, a draft. Others cited passages for it." in undo(eve)
    assert [citation.public_id for citation in now(fact).citations.all()] == ["test-n-c2"]


def test_a_dry_run_tells_the_same_and_changes_nothing(eve: User, capsys: pytest.CaptureFixture[str]) -> None:
    """Guards whoever looks before leaping."""
    country = factories.country(summary="As it was.")
    put(eve, country, summary="Nonsense.")
    versions = list(DataVersion.objects.values_list("type", "number"))
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    call_command("undo", by="eve", since=since, dry_run=True)
    told = capsys.readouterr().out.splitlines()
    assert told == ["Nothing is changed; this would be done:", "country test-testland: summary as before."]
    assert now(country).summary == "Nonsense."
    assert list(DataVersion.objects.values_list("type", "number")) == versions
    call_command("undo", by="eve", since=since)
    assert capsys.readouterr().out.splitlines() == told[1:]
    assert now(country).summary == "As it was."
    call_command("undo", by="eve", since="2999-01-01")
    assert capsys.readouterr().out == "Nothing to take back.\n"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "nobody", "since": "2026-01-01"}, "There is no account nobody"),
        ({"by": "eve", "since": "yesterday"}, "--since has to be a time"),
    ],
)
def test_what_cannot_be_read_is_told(options: dict[str, str], sentence: str, eve: User) -> None:
    """Guards against a misspelt name or time that would take back nothing, or everything."""
    with pytest.raises(CommandError, match=sentence):
        call_command("undo", **options)
