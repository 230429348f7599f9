"""Import runs: what a register's file brought in."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _


def counts_in_words(counts: Mapping[str, int]) -> str:
    """The counts of a run as a sentence: `12 new, 3 changed, 1 withdrawn, 29,800 same, 4 refused`."""
    words = ("new", "changed", "withdrawn", *(("ended",) if counts.get("ended") else ()), "same", "refused")
    return ", ".join(f"{counts.get(word, 0):,} {word}" for word in words)


class ImportRun(models.Model):
    """One import of one file: the creation record of the rows that it made."""

    version = models.ForeignKey(
        "armsdb.DatasetVersion", on_delete=models.PROTECT, related_name="import_runs", help_text=_("Of which edition.")
    )
    format = models.CharField(max_length=20, blank=True, help_text=_("The format in which the file was read."))
    file_name = models.CharField(max_length=255, help_text=_("The name of the file."))
    file_sha256 = models.CharField(max_length=64, help_text=_("SHA-256 of the file, in hexadecimal."))
    counts = models.JSONField(
        default=dict, blank=True, help_text=_("Rows that were new, changed, withdrawn, the same, refused.")
    )
    refusals = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Line, column, value, reason, nearest known name and cells of the first refused rows."),
    )
    columns = models.JSONField(
        default=list, blank=True, help_text=_("What the cells of a refused row are called, in their order.")
    )
    warnings = models.JSONField(
        default=list, blank=True, help_text=_("Line and sentence of what was left out or is odd, the first of them.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="import_runs",
        help_text=_("Who ran it."),
    )
    started = models.DateTimeField(default=timezone.now, help_text=_("When it began, in UTC."))
    ended = models.DateTimeField(null=True, blank=True, help_text=_("When it ended, in UTC."))

    class Meta:
        ordering = ["-started", "-id"]
        constraints = [
            models.CheckConstraint(
                name="importrun_order",
                condition=models.Q(ended__isnull=True) | models.Q(started__lte=models.F("ended")),
                violation_error_message=_("A run cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.started:%Y-%m-%d}"

    @property
    def reason(self) -> str:
        """Why the rows that it made were made, for their history."""
        return gettext_now("Imported from %(file)s.") % {"file": self.file_name}

    @property
    def counts_in_words(self) -> str:
        """What it did, as a sentence."""
        return counts_in_words(self.counts)
