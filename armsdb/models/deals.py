"""Deals: what several lines of a register have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import kept_history


class Deal(models.Model):
    """One agreement that several transfers, one a designation, are part of."""

    public_id = models.CharField(max_length=120, unique=True, help_text=_("Public and permanent."))
    name = models.CharField(max_length=300, help_text=_("What the deal is called."))
    dataset = models.ForeignKey(
        "armsdb.Dataset", on_delete=models.PROTECT, related_name="deals", help_text=_("The dataset that tells of it.")
    )

    history = kept_history()

    class Meta:
        ordering = ["public_id"]

    def __str__(self) -> str:
        return self.name
