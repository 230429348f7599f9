"""Datasets: where rows come from, and what may be done with them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import Terms

from .base import Record, RecordQuerySet, counted, kept_history
from .events import Event
from .figures import Figure
from .ownerships import Ownership
from .roles import Role
from .sanctions import Sanction
from .transfers import Transfer
from .values import DateGroup, date_checks


class DatasetQuerySet(RecordQuerySet):
    def with_fact_counts(self) -> Self:
        """Add `lines` and `other_facts`, the numbers of published transfers and of published facts of other kinds."""
        others = [counted(kind.objects.published(), "dataset") for kind in (Figure, Sanction, Event, Ownership, Role)]
        return self.annotate(
            lines=counted(Transfer.objects.published(), "dataset"), other_facts=sum(others[1:], start=others[0])
        )


class Dataset(Record):
    """The articles, a register, a report: one body of rows with one licence; its editions are versions of it."""

    TYPE = "dataset"
    COLLECTION = "datasets"

    name = models.CharField(max_length=200, help_text=_("The name that the dataset goes by."))
    publisher = models.ForeignKey(
        "armsdb.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="datasets",
        help_text=_("Who publishes it, where known."),
    )
    version = models.CharField(max_length=60, blank=True, help_text=_("The edition that the rows are from."))
    licence = models.CharField(max_length=200, help_text=_("The licence, by name."))
    terms = models.CharField(max_length=6, choices=Terms, help_text=_("What may be done with its rows."))
    summary = models.TextField(blank=True, help_text=_("What the dataset holds, in our own words."))

    objects: ClassVar[Any] = DatasetQuerySet.as_manager()
    history = kept_history()

    class Meta(Record.Meta):
        abstract = False
        ordering = ["name", "id"]


class DatasetVersion(models.Model):
    """One edition of a dataset, as its publisher handed it out."""

    dataset = models.ForeignKey(
        Dataset, on_delete=models.PROTECT, related_name="versions", help_text=_("Of which dataset.")
    )
    label = models.CharField(max_length=60, help_text=_("The edition's own name."))
    released = DateGroup(_("When the edition was handed out."))
    scope = models.TextField(blank=True, help_text=_("What the edition says that it holds."))

    history = kept_history()

    class Meta:
        ordering = ["dataset", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "label"], name="datasetversion_once"),
            *date_checks("datasetversion", "released"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}, {self.label}"
