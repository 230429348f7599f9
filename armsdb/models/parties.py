"""Rows that say who or what a fact concerns: one reference each, to one of several kinds of entity."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .values import exactly_one


def entity_reference(model: str, related_name: str) -> models.ForeignKey:
    """A reference to an entity that a fact names; the entity cannot be deleted while the fact is there."""
    return models.ForeignKey(
        f"armsdb.{model}",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name=related_name,
        help_text=_("Who or what is concerned."),
    )


class Party(models.Model):
    """One of those that a fact concerns; each kind of fact says which kinds of entity it can be."""

    ENTITIES: tuple[str, ...]

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.entity)

    @property
    def entity(self) -> Any:
        """The country, organisation, person or equipment that is concerned."""
        return next(filter(None, (getattr(self, name) for name in self.ENTITIES)))


def one_entity(table: str, fields: tuple[str, ...]) -> models.CheckConstraint:
    return exactly_one(f"{table}_of_one", fields, _("Choose exactly one of those that can be concerned."))
