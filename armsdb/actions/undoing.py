"""Taking back what one account did since a time: all of it, and nothing of anybody else's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from armsdb.lib.vocab import State
from armsdb.models import Citation, Distinction, Fact, Proposal, Transfer, TransferOverlap, kinds

from .citations import cite
from .discarding import discard
from .distinctions import tell_apart_no_more
from .overlaps import set_overlap
from .pasts import Past, columns, fields, pasts
from .proposals import take_back
from .records import publish, put, rename, withdraw
from .saving import refusal


@dataclass
class Step:
    """One thing to take back: of which record, into what, and how."""

    record: str
    what: str
    do: Callable[[], Any]


@transaction.atomic
def undo(*, account: Any, since: datetime, dry_run: bool = False) -> list[str]:
    """Take back all that an account changed since a time, with a history row and a reason each; tell what was done.

    What it made is withdrawn, or deleted where readers never saw it and nobody else worked on it. What it changed gets
    the values of before, but for fields that somebody else changed since: those stay, and are told. What it published
    is withdrawn; what it withdrew, merged or renamed is as before; what it proposed waits no more. What a rule forbids
    stays, and is told with it, and so are the drafts that it discarded.
    """
    told = {"account": account.get_username(), "since": f"{since:%Y-%m-%d %H:%M}"}
    reason = _("Taking back what %(account)s did since %(since)s UTC.") % told
    found = [past for kind in kinds().values() for past in pasts(kind, account, since)]
    left = list(_discarded(account, since))
    steps = list(_proposals_back(account, since, reason))
    steps += [step for past in found if not past.made for step in _back(past, left, reason)]
    steps += _overlaps_back(account, since, left, reason)
    steps += _distinctions_back(account, since, reason)
    steps += [step for past in reversed(found) if past.made for step in _away(past, left, reason)]
    done = [*_taken(steps), *left]
    if dry_run:
        transaction.set_rollback(True)
    return done


def _taken(steps: list[Step]) -> list[str]:
    """Take the steps. Those that are refused are tried after the others, and told when that no longer helps."""
    told: list[str] = []
    while steps:
        refused: list[tuple[Step, str]] = []
        for step in steps:
            try:
                with transaction.atomic():
                    step.do()
                told.append(f"{step.record}: {step.what}.")
            except ValidationError as error:
                refused.append((step, " ".join(error.messages)))
        if len(refused) == len(steps):
            return told + [_not_taken(step, why) for step, why in refused]
        steps = [step for step, _why in refused]
    return told


def _not_taken(step: Step, why: str) -> str:
    return _("%(record)s: not %(what)s. %(why)s") % {"record": step.record, "what": step.what, "why": why}


def _back(past: Past, left: list[str], reason: str) -> Iterator[Step]:
    """The steps by which a record that the account did not make is as it was; what stays is left."""
    back: dict[str, tuple[Any, ...]] = {}
    for name in ("state", "public_id", *fields(past.kind)):
        field = past.before(name)
        if field.changed and field.by:
            told = {"record": past.label, "field": name, "by": field.by}
            left.append(_("%(record)s: %(field)s stays, %(by)s changed it since.") % told)
        elif field.changed:
            back[name] = field.values
    state, former = back.pop("state", None), back.pop("public_id", None)
    if state:
        what = _("published again") if state[0] == State.PUBLISHED else _("withdrawn")
        yield Step(past.label, what, partial(_restore_state, past, state[0], state[1], reason))
    if former and past.kind is not Citation:  # the id of a citation follows that of its fact
        what = _("renamed back to %(id)s") % {"id": former[0]}
        yield Step(past.label, what, lambda: rename(record=past.record(), public_id=former[0], reason=reason))
    parts = past.parts_before()
    if back or parts:
        values = {
            column: value for name in back for column, value in zip(columns(past.kind, name), back[name], strict=True)
        }
        what = _("%(fields)s as before") % {"fields": ", ".join([*back, *parts])}
        yield Step(past.label, what, partial(_restore_values, past, values, parts, reason))


def _restore_state(past: Past, state: str, state_reason: str, reason: str) -> None:
    """Let readers see a record again; or no longer: what they saw once is withdrawn and no draft again."""
    record = past.record()
    if state == State.PUBLISHED:
        publish(record=record, reason=reason)
    elif record.is_published:
        withdraw(record=record, reason=state_reason or reason)


def _restore_values(past: Past, values: dict[str, Any], parts: dict[str, Any], reason: str) -> None:
    record = past.record()
    if isinstance(record, Citation):
        cite(fact=record.fact, number=record.number, values=values, reason=reason)
    else:
        put(model=past.kind, public_id=record.public_id, values=values, parts=parts, reason=reason)


def _proposals_back(account: Any, since: datetime, reason: str) -> Iterator[Step]:
    """The steps by which nothing waits that the account proposed."""
    for proposal in Proposal.objects.waiting().by(account).filter(proposed__gte=since).order_by("pk"):
        do = partial(take_back, proposal=proposal, user=account, reason=reason)
        yield Step(
            f"{proposal.type} {proposal.record_id}",
            _("proposal to %(verb)s it taken back") % {"verb": proposal.verb},
            do,
        )


def _discarded(account: Any, since: datetime) -> Iterator[str]:
    """The drafts that the account discarded: they stay so, and their history has what they held."""
    for kind in kinds().values():
        history: Any = kind.history  # type: ignore[attr-defined]
        gone = history.filter(history_user=account, history_date__gte=since, history_type="-").exclude(
            state=State.PUBLISHED
        )
        for row in gone.order_by("history_id"):
            yield _("%(record)s: stays discarded; the history has it.") % {"record": f"{kind.TYPE} {row.public_id}"}


def _overlaps_back(account: Any, since: datetime, left: list[str], reason: str) -> Iterator[Step]:
    """The steps by which each pair of transfers that the account touched is as before."""
    history: Any = TransferOverlap.history.model.objects.order_by("history_date", "history_id")
    ours = Q(history_user=account, history_date__gte=since)
    pairs = sorted(set(history.filter(ours).values_list("first_id", "second_id")))
    transfers = Transfer.objects.in_bulk({pk for pair in pairs for pk in pair})
    for pair in pairs:
        if not set(pair) <= transfers.keys():
            continue
        first, second = (transfers[pk] for pk in pair)
        rows = list(history.filter(first_id=pair[0], second_id=pair[1]).select_related("history_user"))
        mine = [row.history_user_id == account.pk and row.history_date >= since for row in rows]
        label = f"{first.public_id} / {second.public_id}"
        if not mine[-1]:
            told = {"pair": label, "by": rows[-1].history_user or _("an import or a command")}
            left.append(_("transfers %(pair)s: whether they overlap stays, %(by)s changed it since.") % told)
            continue
        before = rows[mine.index(True) - 1] if mine.index(True) else None
        verdict = None if before is None or before.history_type == "-" else before.verdict
        do = partial(set_overlap, first=first, second=second, verdict=verdict, reason=reason)
        yield Step(f"transfers {label}", _("overlap as before"), do)


def _distinctions_back(account: Any, since: datetime, reason: str) -> Iterator[Step]:
    """The steps by which records that the account told apart are not any more."""
    history: Any = Distinction.history.model.objects.filter(history_user=account, history_date__gte=since)
    for row in Distinction.objects.filter(pk__in=history.filter(history_type="+").values("id")):
        do = partial(tell_apart_no_more, distinction=row, reason=reason)
        yield Step(str(row), _("told apart no more"), do)


def _away(past: Past, left: list[str], reason: str) -> Iterator[Step]:
    """The step by which a record that the account made is withdrawn or, where readers never saw it, deleted."""
    record = past.record()
    if record.state in (State.WITHDRAWN, State.MERGED):
        return
    if record.was_seen():
        yield Step(past.label, _("withdrawn"), lambda: withdraw(record=past.record(), reason=reason))
    elif past.others:
        told = {"record": past.label, "others": ", ".join(past.others)}
        left.append(_("%(record)s: stays, a draft that %(others)s worked on too.") % told)
    else:
        yield Step(past.label, _("deleted, a draft"), lambda: _discard(past.record(), reason))


def _discard(record: Any, reason: str) -> None:
    """Discard a draft; the account's own citations of it went before."""
    if isinstance(record, Fact) and record.citations.exists():
        raise refusal(_("Others cited passages for it."))
    discard(record=record, reason=reason)
