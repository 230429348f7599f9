"""Proposing what readers will see, and deciding on what others propose."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from armsdb.lib.moments import moment
from armsdb.lib.roles import REVIEW
from armsdb.lib.vocab import Decision, Verb
from armsdb.models import Proposal, Record

from .records import merge, publish, withdraw
from .saving import refusal, rehearsed, save_row


@transaction.atomic
def propose(
    *,
    record: Record,
    verb: Verb,
    user: User,
    reason: str,
    data: Mapping[str, Sequence[str]] | None = None,
    differences: Iterable[Mapping[str, str]] = (),
    into: Record | None = None,
) -> Proposal:
    """Ask that something be done with a record; refuse at once what would be refused when it is accepted.

    A change has what the form sent as `data`, and its `differences`: `label`, `before` and `after` of each field.
    A merger says `into` which record.
    """
    differences = list(differences)
    if verb == Verb.CHANGE and not differences:
        raise refusal(_("Nothing would change."))
    if verb == Verb.PUBLISH and record.is_published:
        raise refusal(_("It is published already."))
    if verb == Verb.MERGE:
        data = {"into": [into.public_id if into else ""]}
    proposal = Proposal(
        verb=verb,
        type=record.TYPE,
        record_id=record.public_id,
        record_name=str(record)[: Proposal._meta.get_field("record_name").max_length],
        record_updated=record.updated,
        data={name: list(values) for name, values in (data or {}).items()},
        differences=differences,
        reason=reason.strip(),
        proposed_by=user,
    )
    save_row(proposal, user=user, reason=reason)
    if verb != Verb.CHANGE:
        _rehearse(proposal, user)
    return proposal


def _rehearse(proposal: Proposal, user: User) -> None:
    """Do it and take it back, so that what would be refused is refused to who proposes it."""
    with rehearsed():
        _do(proposal, _fresh(proposal), user)


@transaction.atomic
def accept(*, proposal: Proposal, user: User, reason: str = "") -> Record:
    """Publish, withdraw or merge as somebody else proposed; the history names both.

    A change is accepted by whoever saves its form: between `take_up` and `settle`.
    """
    if proposal.verb == Verb.CHANGE:
        raise refusal(_("A change is accepted by saving it in its form."))
    record = take_up(proposal=proposal, user=user)
    _do(proposal, record, user)
    settle(proposal=proposal, user=user, reason=reason)
    return record


@transaction.atomic
def take_up(*, proposal: Proposal, user: User) -> Record:
    """The record of a proposal that this person may accept now, locked; refuse what was overtaken by a change."""
    _refuse_unless_to_decide(proposal, user)
    record = _fresh(proposal)
    if record.updated != proposal.record_updated:
        raise refusal(_changed_since(record))
    return record


@transaction.atomic
def settle(*, proposal: Proposal, user: User, reason: str = "") -> Proposal:
    """Record that a proposal was accepted, after it was done."""
    _refuse_unless_to_decide(proposal, user)
    return _decide(proposal, Decision.ACCEPTED, user, reason)


@transaction.atomic
def decline(*, proposal: Proposal, user: User, reason: str) -> Proposal:
    """Leave the record as it is, and tell who proposed it why."""
    _refuse_unless_to_decide(proposal, user)
    return _decide(proposal, Decision.DECLINED, user, reason)


@transaction.atomic
def take_back(*, proposal: Proposal, user: User, reason: str = "") -> Proposal:
    """Let a proposal of one's own be no more."""
    _refuse_unless_waiting(proposal)
    if user != proposal.proposed_by:
        raise refusal(_("Only who made a proposal takes it back; you can decline it."))
    return _decide(proposal, Decision.TAKEN_BACK, user, reason)


def _decide(proposal: Proposal, outcome: Decision, user: User, reason: str) -> Proposal:
    proposal.outcome, proposal.decided_by, proposal.decided = outcome, user, timezone.now()
    proposal.decided_reason = reason.strip()
    save_row(proposal, user=user, reason=reason)
    return proposal


def _do(proposal: Proposal, record: Record, user: User) -> None:
    by: dict[str, Any] = {"user": user, "reason": proposal.reason_for_history}
    if proposal.verb == Verb.PUBLISH:
        publish(record=record, **by)
    elif proposal.verb == Verb.WITHDRAW:
        withdraw(record=record, **by)
    else:
        merge(record=record, into=proposal.into, **by)  # type: ignore[arg-type]


def _refuse_unless_to_decide(proposal: Proposal, user: User) -> None:
    _refuse_unless_waiting(proposal)
    if user == proposal.proposed_by:
        raise refusal(_("Nobody decides on a proposal of their own; another reviewer has to."))
    if not user.has_perm(REVIEW):
        raise refusal(_("Only reviewers decide on proposals."))


def _refuse_unless_waiting(proposal: Proposal) -> None:
    """Refuse to decide twice; of two who decide at once, the second is told."""
    now = Proposal.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=proposal.pk)
    if not now.is_waiting:
        told = {
            "who": now.decided_by,
            "when": moment(now.decided) if now.decided else "",
            "outcome": now.get_outcome_display(),
        }
        raise refusal(_("This proposal is no longer waiting: %(who)s, %(when)s, %(outcome)s.") % told)


def _fresh(proposal: Proposal) -> Record:
    """The record as it now stands in the database, locked."""
    record = proposal.record
    if record is None:
        raise refusal(_("The record of this proposal is gone."))
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def _changed_since(record: Record) -> str:
    last: Any = record.history_rows.select_related("history_user").first()  # type: ignore[attr-defined]
    told = {"who": last.history_user or _("an import or a command"), "when": moment(record.updated)}
    return (
        _(
            "The record was changed after this was proposed, by %(who)s, %(when)s; who proposed it did not see "
            "that. Decline it, and ask for a new proposal."
        )
        % told
    )
