"""Telling records apart that are alike in name, and taking that back."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from armsdb.models import Distinction, Entity

from .records import put
from .saving import delete_row, refusal, save_row


@transaction.atomic
def tell_apart(
    *, record: Entity, other: Entity, matched: bool = False, user: AbstractUser | None = None, reason: str
) -> Distinction:
    """Say that two records are not the same; with `matched`, that the first was compared with all others."""
    if type(record) is not type(other) or record == other:
        raise refusal(_("Two different records of one kind are told apart."))
    if not reason.strip():
        raise refusal(_("Say why: the history keeps it."))
    first, second = sorted((record.pk, other.pk))
    row: Any = Distinction.objects.filter(type=record.TYPE, first=first, second=second).first()
    if row is None:
        row = Distinction(type=record.TYPE, first=first, second=second)
        save_row(row, user=user, reason=reason)
    if matched and record.unmatched:
        put(model=type(record), public_id=record.public_id, values={"unmatched": False}, user=user, reason=reason)
    return row


@transaction.atomic
def tell_apart_no_more(*, distinction: Distinction, user: AbstractUser | None = None, reason: str) -> None:
    """Let two records be a likely match again."""
    delete_row(distinction, user=user, reason=reason)
