"""Rows that say who or what a fact concerns: one reference each, to one of several kinds of entity."""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import State

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
        """The country, organisation, person or equipment that is concerned; None where none is set."""
        return next(filter(None, (getattr(self, name) for name in self.ENTITIES)), None)


def naming(rows: type[Party], fact: str, entity: Any) -> QuerySet:
    """The facts, as values of this reference of the rows, of which a row names an entity.

    A country is named by itself, by an organisation of its own, and by a person with a role in either.
    """
    if entity.TYPE not in rows.ENTITIES:
        return rows._default_manager.none().values(fact)
    named = Q(**{entity.TYPE: entity})
    if entity.TYPE == "country":
        named |= Q(organisation__country=entity)
        if "person" in rows.ENTITIES:
            own = Q(person__roles__of_country=entity) | Q(person__roles__of_organisation__country=entity)
            named |= Q(person__roles__state=State.PUBLISHED) & own
    return rows._default_manager.filter(named).order_by().values(fact)


def one_entity(table: str, fields: tuple[str, ...]) -> models.CheckConstraint:
    return exactly_one(f"{table}_of_one", fields, _("Choose exactly one of those that can be concerned."))
