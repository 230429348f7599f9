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


#: How the row of a fact comes to a country: it names it, or an organisation of it, or somebody with a role in either.
_TO_COUNTRY = (
    "country",
    "organisation__country",
    "person__roles__of_country",
    "person__roles__of_organisation__country",
)


def country_paths(rows: type[Party], prefix: str = "") -> list[str]:
    """The paths from these rows, or from what the prefix leads to them from, to the countries that they name."""
    return [prefix + path for path in _TO_COUNTRY if path.partition("__")[0] in rows.ENTITIES]


def seen_by(path: str) -> Q:
    """What readers see of the rows on a path: a citation or a role that is not published tells nothing."""
    for step in ("citations__", "person__roles__"):
        before, found, _rest = path.partition(step)
        if found:
            return Q(**{f"{before}{step}state": State.PUBLISHED})
    return Q()


def naming(rows: type[Party], fact: str, entity: Any) -> QuerySet:
    """The facts, as values of this reference of the rows, of which a row names an entity; `country_paths` for one."""
    if entity.TYPE not in rows.ENTITIES:
        return rows._default_manager.none().values(fact)
    named = Q()
    for path in country_paths(rows) if entity.TYPE == "country" else [entity.TYPE]:
        named |= Q(**{path: entity}) & seen_by(path)
    return rows._default_manager.filter(named).order_by().values(fact)


def one_entity(table: str, fields: tuple[str, ...]) -> models.CheckConstraint:
    return exactly_one(f"{table}_of_one", fields, _("Choose exactly one of those that can be concerned."))
