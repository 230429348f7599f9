"""Import runs: what a register's file brought in."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


def counts_in_words(counts: Mapping[str, int]) -> str:
    """The counts of a run as a sentence: `12 new, 3 changed, 1 withdrawn, 29,800 same, 4 refused`."""
    words = ("new", "changed", "withdrawn", *(("ended",) if counts.get("ended") else ()), "same", "refused")
    return ", ".join(f"{counts.get(word, 0):,} {word}" for word in words)


class ImportRun(models.Model):
    """One import of one file: the creation record of the rows that it made, or what kept it from making any."""

    version = models.ForeignKey(
        "armsdb.DatasetVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="import_runs",
        help_text=_("Of which edition; none where nothing was written."),
    )
    meant_dataset = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("Id of the dataset that it was meant for, where nothing was written."),
    )
    meant_edition = models.CharField(
        max_length=60, blank=True, help_text=_("The edition that it was meant to be, where nothing was written.")
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
            ),
            models.CheckConstraint(
                name="importrun_written_or_meant",
                condition=models.Q(version__isnull=False, meant_dataset="", meant_edition="")
                | models.Q(version__isnull=True) & ~models.Q(meant_dataset=""),
                violation_error_message=_("A run has its edition, or names the dataset that it was meant for."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.started:%Y-%m-%d}"

    @property
    def reason(self) -> str:
        """Why the rows that it made were made, for their history."""
        return gettext_now("Imported from %(file)s.") % {"file": self.file_name}

    @property
    def is_written(self) -> bool:
        """Whether anything of the file was kept: one of which nothing was is no edition of its dataset."""
        return self.version_id is not None

    @property
    def dataset_name(self) -> str:
        """The name of its dataset; where nothing was written, the id of the one that it was meant for."""
        return self.version.dataset.name if self.version else self.meant_dataset

    @property
    def edition(self) -> str:
        """The edition that it is, or was meant to be."""
        return self.version.label if self.version else self.meant_edition

    @property
    def counts_in_words(self) -> str:
        """What it did, as a sentence."""
        if self.is_written:
            return counts_in_words(self.counts)
        refused = self.counts.get("refused", 0)
        if not refused:
            return gettext_now("Nothing was written: the file as a whole was refused.")
        told = ngettext(
            "Nothing was written: %(refused)s row was refused.",
            "Nothing was written: %(refused)s rows were refused.",
            refused,
        )
        return told % {"refused": f"{refused:,}"}

    @property
    def otherwise_in_words(self) -> str:
        """What it would have done without the rows that were refused, where they kept it from doing anything."""
        return "" if self.is_written or not self.counts.get("refused") else counts_in_words(self.counts)
