"""Tokens of the API: given out and taken back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from armsdb.models import ApiToken


@transaction.atomic
def give_token(*, name: str, per_minute: int, user: Any) -> tuple[ApiToken, str]:
    """A new token in the name of who gives it, and its text, which is kept nowhere."""
    row, text = ApiToken.objects.create(user, expiry=None, name=name, per_minute=per_minute)
    return row, text


@transaction.atomic
def revoke_token(*, token: ApiToken) -> None:
    """Take a token back: from the next request on it opens nothing. It stays in the list of those that were given."""
    ApiToken.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now())
