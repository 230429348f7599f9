"""How fast one account may change what readers see: a stolen one is stopped before it has done much."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from armsdb.lib.vocab import State
from armsdb.models import Citation, kinds

from .saving import refusal

#: How many publications and withdrawals, mergers with them, one account may do within an hour.
MOST_AN_HOUR = 20


def refuse_haste(user: Any) -> None:
    """Refuse one more publication or withdrawal by an account that has done so many within an hour.

    Imports and the seed have no account and no limit.
    """
    if user is None:
        return
    get_user_model()._default_manager.select_for_update().get(pk=user.pk)  # two at once are counted one after the other
    first, *others = (_changes_of_state(kind, user) for kind in kinds().values())
    if len(first.union(*others, all=True)[:MOST_AN_HOUR]) == MOST_AN_HOUR:
        told = {"most": MOST_AN_HOUR}
        raise refusal(
            _("You have published or withdrawn %(most)s records within an hour. Ask a second reviewer to do this.")
            % told
        )


def _changes_of_state(kind: Any, user: Any) -> QuerySet:
    """The history rows of one kind by which an account gave a record another state within the last hour."""
    rows = kind.history.model.objects
    if kind is Citation:  # published with their fact, which is one publication
        rows = rows.exclude(state=State.PUBLISHED)
    before = kind.history.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by(
        "-history_id"
    )
    return (
        rows.filter(history_user=user, history_date__gt=timezone.now() - timedelta(hours=1))
        .annotate(before=Subquery(before.values("state")[:1]))
        .exclude(before=F("state"))
        .exclude(before=None)
        .order_by()
        .values_list("pk")
    )
