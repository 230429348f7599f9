"""Proposals: what an editor wants done to what readers see, waiting for somebody else to decide."""

from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from armsdb.lib.reasons import proposed_by
from armsdb.lib.vocab import Decision, Verb

from .addresses import kept
from .base import TITLE_LENGTH, Record, kinds

_UNDECIDED = Q(decided_by__isnull=True, decided__isnull=True, decided_reason="")
_DECIDED = Q(decided_by__isnull=False, decided__isnull=False)


class ProposalQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Keep those that nobody has decided on."""
        return self.filter(outcome=Decision.WAITING)

    def decided(self) -> Self:
        """Keep those that somebody decided on, the last decision first."""
        return self.exclude(outcome=Decision.WAITING).order_by("-decided", "-id")

    def by(self, user: Any) -> Self:
        """Keep what this person proposed."""
        return self.filter(proposed_by=user)

    def by_others_than(self, user: Any) -> Self:
        """Keep what this person may decide on: what others proposed."""
        return self.exclude(proposed_by=user)

    def on(self, record: Record) -> Self:
        """Keep those about a record, by the id that it has now."""
        return self.filter(type=record.TYPE, record_id=record.public_id)


class Proposal(models.Model):
    """A change, publication, withdrawal or merger of one record; no record itself, and never public."""

    verb = models.CharField(max_length=8, choices=Verb, help_text=_("What is to be done with the record."))
    type = models.CharField(max_length=12, help_text=_("The kind of record, as in the API."))
    record_id = models.CharField(max_length=120, help_text=_("The public id of the record."))
    record_name = models.CharField(
        max_length=TITLE_LENGTH, help_text=_("What the record was called when this was proposed.")
    )
    record_updated = models.DateTimeField(
        help_text=_("When the record had last been changed, in UTC; what is newer was not seen by who proposed this.")
    )
    data = models.JSONField(
        default=dict, blank=True, help_text=_("What the form sent, each name with its values; of a merger, into what.")
    )
    differences = models.JSONField(
        default=list, blank=True, help_text=_("What would change: each field with its words before and after.")
    )
    reason = models.TextField(help_text=_("Why; readers are told when it is accepted."))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals", help_text=_("Who proposed it.")
    )
    proposed = models.DateTimeField(default=timezone.now, help_text=_("When it was proposed, in UTC."))
    outcome = models.CharField(
        max_length=10,
        choices=Decision,
        default=Decision.WAITING,
        db_index=True,
        help_text=_("What became of it; once decided, it stays as it is."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        help_text=_("Who decided."),
    )
    decided = models.DateTimeField(null=True, blank=True, help_text=_("When it was decided, in UTC."))
    decided_reason = models.TextField(
        blank=True, help_text=_("What who decided had to say; a refusal needs it, and who proposed is told.")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed", "-id"]
        default_permissions = ("view",)  # made, and decided on, by actions alone
        permissions = [("review", _("Can decide on what others propose, and change without asking"))]
        constraints = [
            models.CheckConstraint(
                name="proposal_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A proposal needs its reason."),
            ),
            models.CheckConstraint(
                name="proposal_decided_by_somebody",
                condition=(Q(outcome=Decision.WAITING) & _UNDECIDED) | (~Q(outcome=Decision.WAITING) & _DECIDED),
                violation_error_message=_("A decision has who made it and when, and what waits has neither."),
            ),
            models.CheckConstraint(
                name="proposal_decided_by_another",
                condition=Q(outcome=Decision.WAITING)
                | (Q(outcome=Decision.TAKEN_BACK) & Q(decided_by=F("proposed_by")))
                | (Q(outcome__in=(Decision.ACCEPTED, Decision.DECLINED)) & ~Q(decided_by=F("proposed_by"))),
                violation_error_message=_("Nobody decides on a proposal of their own; it can be taken back."),
            ),
            models.CheckConstraint(
                name="proposal_declined_with_reason",
                condition=~Q(outcome=Decision.DECLINED) | ~Q(decided_reason=""),
                violation_error_message=_("Who proposed it is told why it was declined: give the reason."),
            ),
            models.UniqueConstraint(
                name="proposal_waits_once",
                fields=["type", "record_id", "proposed_by"],
                condition=Q(outcome=Decision.WAITING),
                violation_error_message=_(
                    "A proposal of yours is waiting for this record; take it back before you make another."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display().capitalize()}: {self.record_name}"

    @property
    def kind_in_words(self) -> str:
        return str(self.kind._meta.verbose_name)

    @property
    def is_waiting(self) -> bool:
        return self.outcome == Decision.WAITING

    @property
    def kind(self) -> Any:
        """The kind of record that it is about."""
        return kinds()[self.type]

    @cached_property
    def record(self) -> Record | None:
        """The record as it is now, under this id or a later one."""
        return kept(self.kind, self.record_id)

    @cached_property
    def into(self) -> Record | None:
        """The record that a merger is to lead to."""
        return kept(self.kind, self.data["into"][0]) if self.verb == Verb.MERGE else None

    @property
    def is_stale(self) -> bool:
        """Whether the record was changed after this was proposed: who proposed it did not see that."""
        return self.record is None or self.record.updated != self.record_updated

    @property
    def reason_for_history(self) -> str:
        """The reason that the record's history keeps when it is accepted: why, and who proposed it."""
        proposer: AbstractUser = self.proposed_by
        return proposed_by(self.reason, proposer.get_username())
