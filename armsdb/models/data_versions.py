"""The public data version: one number that grows with every change that readers can see."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _


class DataVersionQuerySet(models.QuerySet):
    def of(self, types: Iterable[str]) -> int:
        """The newest version among these kinds; 0 where none was ever published."""
        return self.filter(type__in=types).aggregate(newest=Max("number"))["newest"] or 0


class DataVersion(models.Model):
    """The version at which the public records of one kind last changed; drafts never move it."""

    type = models.CharField(max_length=12, unique=True, help_text=_("The kind of record, as in the API."))
    number = models.PositiveBigIntegerField(help_text=_("The data version at its last change."))
    changed = models.DateTimeField(help_text=_("When it last changed, in UTC."))

    objects = DataVersionQuerySet.as_manager()

    class Meta:
        ordering = ["type"]

    def __str__(self) -> str:
        return f"{self.type} {self.number}"
