"""Discarding: a draft that readers never saw is deleted, and its history stays."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from armsdb.lib.roles import REVIEW
from armsdb.models import Citation, Fact, FormerId, Proposal, Record, Transfer, TransferOverlap

from .grading import regrade
from .records import PARTS
from .saving import delete_row, refusal


@transaction.atomic
def discard(*, record: Record, user: User | None = None, reason: str) -> None:
    """Delete a draft with its parts and citations; the history keeps each row, with who and why.

    Refuse what readers ever saw, what other records name, and what a proposal waits for. Who did not begin the draft
    needs the right to review.
    """
    if not reason.strip():
        raise refusal(_("Say why: the history keeps it."))
    if record.was_seen():
        raise refusal(_("Readers have seen this record: withdraw it, so that they are told why."))
    if user is not None and not user.has_perm(REVIEW) and not _began(user, record):
        raise refusal(_("Somebody else began this draft; they or a reviewer can discard it."))
    if Proposal.objects.waiting().on(record).exists():
        raise refusal(_("A proposal waits for this draft; it has to be decided on, or taken back, first."))
    try:
        with transaction.atomic():
            _delete(record, user, reason)
    except ProtectedError as error:
        named_by = next(iter(error.protected_objects))
        raise refusal(_("Other records name it, such as “%(record)s”.") % {"record": named_by}) from error


def _began(user: User, record: Any) -> bool:
    return bool(record.history.earliest().history_user_id == user.pk)


def _delete(record: Any, user: Any, reason: str) -> None:
    rows = [
        row
        for model, owner in PARTS.get(type(record), {}).values()
        for row in model._default_manager.filter(**{owner: record})
    ]
    if isinstance(record, Transfer):
        rows += TransferOverlap.objects.filter(Q(first=record) | Q(second=record))
    if isinstance(record, Fact):
        rows += record.citations.all()
    for row in [*rows, record]:
        delete_row(row, user=user, reason=reason)
    FormerId.objects.filter(type=record.TYPE, current=record.public_id).delete()
    if isinstance(record, Citation):
        regrade(fact=record.fact, reason=reason)
