"""Which records were compared and are two: what is alike in name alone is not proposed again."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import Entity, kept_history


class DistinctionQuerySet(models.QuerySet):
    def among(self, kind: type[Entity]) -> Self:
        """Keep pairs of one kind of record."""
        return self.filter(type=kind.TYPE)


class Distinction(models.Model):
    """Two records of one kind of which an editor found that they are not the same."""

    type = models.CharField(max_length=20, help_text=_("The kind of the two records."))
    first = models.BigIntegerField(help_text=_("The number of the older record."))
    second = models.BigIntegerField(help_text=_("The number of the other one."))

    objects: ClassVar[Any] = DistinctionQuerySet.as_manager()
    history = kept_history()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "first", "second"],
                name="distinction_once",
                violation_error_message=_("The two were told apart already."),
            ),
            models.CheckConstraint(
                name="distinction_order",
                condition=Q(first__lt=F("second")),
                violation_error_message=_("Two different records are told apart, the older one first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.first} / {self.second}"
