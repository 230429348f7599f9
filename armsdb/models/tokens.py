"""Tokens of the API: who has one can have more answers in a minute. Nothing else is opened by them."""

import time
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import caches
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken
from knox.settings import CONSTANTS

#: What a token allows in a minute, unless it says otherwise, and at most.
USUAL, MOST = 6_000, 1_000_000


class ApiToken(AbstractAuthToken):
    """A token that an editor gave out: only its hash is kept, so that nobody can read it again."""

    digest = models.CharField(
        max_length=CONSTANTS.DIGEST_LENGTH, primary_key=True, help_text=_("The hash of the token.")
    )
    token_key = models.CharField(
        max_length=CONSTANTS.MAXIMUM_TOKEN_PREFIX_LENGTH + CONSTANTS.TOKEN_KEY_LENGTH,
        db_index=True,
        help_text=_("The beginning of the token, by which its hash is found."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="auth_token_set",
        help_text=_("Who gave it out; when they may no longer give any, it opens nothing."),
    )
    created = models.DateTimeField(auto_now_add=True, help_text=_("When it was given out, in UTC."))
    expiry = models.DateTimeField(null=True, blank=True, help_text=_("When it ends by itself; none does."))
    name = models.CharField(max_length=200, help_text=_("To whom it is given, and what for."))
    per_minute = models.PositiveIntegerField(
        default=USUAL,
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
        help_text=_("How many answers of the API it allows in a minute, whatever is asked."),
    )
    revoked = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When it was taken back; since then it opens nothing.")
    )

    class Meta:
        verbose_name = _("API token")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

    @property
    def _used(self) -> str:
        return f"used:{self.digest[:32]}"

    def note_use(self) -> None:
        """Remember that it is used now, beside the counts of the limits: reading writes nothing into the database."""
        caches["limits"].set(self._used, int(time.time()), timeout=None)

    def last_use(self) -> datetime | None:
        """When it was last used; None where it never was, or where that is not known any more."""
        try:
            used = caches["limits"].get(self._used)
        except Exception:  # whatever a cache raises that is down
            return None
        return None if used is None else datetime.fromtimestamp(used, UTC)
