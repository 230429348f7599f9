"""Jobs: when each of the commands that matter last ended well, and when and why it last failed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from armsdb.lib.jobs import JOBS, Wanted


class Job(models.Model):
    """What is known of the runs of one command."""

    name = models.CharField(max_length=20, unique=True, help_text=_("The job, by a word."))
    ended = models.DateTimeField(null=True, help_text=_("When it last ended well, in UTC."))
    seconds = models.FloatField(null=True, help_text=_("How long that took, in seconds."))
    told = models.TextField(blank=True, help_text=_("What came of it."))
    failed = models.DateTimeField(null=True, help_text=_("When it last failed, in UTC."))
    failure = models.TextField(blank=True, help_text=_("Why."))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def wanted(self) -> Wanted:
        """What the job does, and how often it should."""
        return JOBS[self.name]

    @property
    def words(self) -> str:
        """What the job does."""
        return self.wanted.words

    @property
    def is_failing(self) -> bool:
        """Whether it failed after it last ended well."""
        return self.failed is not None and (self.ended is None or self.failed > self.ended)

    def state(self, now: datetime | None = None) -> str:
        """`never` ended well, `failed` since, `old`, or `fresh`."""
        if self.is_failing:
            return "failed"
        if self.ended is None:
            return "never"
        within: timedelta | None = self.wanted.within
        return "old" if within is not None and (now or timezone.now()) - self.ended > within else "fresh"

    @property
    def needs_somebody(self) -> bool:
        """Whether somebody should look: it failed, or is to run again and again and did not."""
        return self.state() in {"failed", "old"} or (self.ended is None and self.wanted.within is not None)


def all_jobs() -> list[Job]:
    """Every job in the order of JOBS, those that never ran too; one query."""
    known: dict[str, Any] = {job.name: job for job in Job.objects.all()}
    return [known.get(name) or Job(name=name) for name in JOBS]
