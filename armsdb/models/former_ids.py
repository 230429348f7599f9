"""Public ids that records once had."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerId(models.Model):
    """An id that a record had before it was renamed; the old address leads to the new one."""

    type = models.CharField(max_length=12, help_text=_("The kind of record, as in the API."))
    former = models.CharField(max_length=120, help_text=_("The id that the record had."))
    current = models.CharField(max_length=120, help_text=_("The id that the record has now."))

    class Meta:
        ordering = ["type", "former"]
        constraints = [models.UniqueConstraint(fields=["type", "former"], name="formerid_once")]

    def __str__(self) -> str:
        return f"{self.type} {self.former}"
