"""Sanctions, embargoes and delistings."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import SanctionKind

from .base import kept_history
from .facts import Fact, FactQuerySet
from .parties import Party, entity_reference, naming, one_entity
from .values import DateGroup, date_checks


class SanctionQuerySet(FactQuerySet):
    def concerning(self, entity: Any) -> Self:
        """Keep sanctions that this entity imposed or that are aimed at it; see `naming` for countries."""
        imposed = Q(pk__in=naming(SanctionImposer, "sanction", entity))
        return self.filter(imposed | Q(pk__in=naming(SanctionTarget, "sanction", entity)))

    def with_parties(self) -> Self:
        """Fetch who imposed them and at whom they are aimed; two queries."""
        return self.prefetch_related(
            *(
                Prefetch(name, rows._default_manager.select_related(*rows.ENTITIES))
                for name, rows in (("imposer_rows", SanctionImposer), ("target_rows", SanctionTarget))
            )
        )


class Sanction(Fact):
    """Who imposed what on whom, when, under which programme."""

    TYPE = "sanction"
    COLLECTION = "sanctions"
    WHEN = "imposed"

    kind = models.CharField(
        max_length=12, choices=SanctionKind, default=SanctionKind.SANCTIONS, help_text=_("What was imposed or lifted.")
    )
    statement = models.TextField(help_text=_("What is stated, in our own words."))
    imposed_by_as_stated = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("The source's words for those who imposed it, where they are not named."),
    )
    targets_as_stated = models.CharField(
        max_length=200, blank=True, help_text=_("The source's words for the targets, where they are not named.")
    )
    imposed = DateGroup(_("When it was imposed."))
    ended = DateGroup(_("When it ended."))
    programme = models.CharField(max_length=200, blank=True, help_text=_("The programme that it is part of."))

    objects: ClassVar[Any] = SanctionQuerySet.as_manager()
    history = kept_history()

    class Meta(Fact.Meta):
        abstract = False
        ordering = [F("imposed_earliest").desc(nulls_last=True), "-id"]
        constraints = [*Fact.Meta.constraints, *date_checks("sanction", "imposed", "ended")]


class SanctionImposer(Party):
    """Who imposed a sanction."""

    ENTITIES = ("country", "organisation")

    sanction = models.ForeignKey(
        Sanction, on_delete=models.CASCADE, related_name="imposer_rows", help_text=_("The sanction.")
    )
    country = entity_reference("Country", "imposer_rows")
    organisation = entity_reference("Organisation", "imposer_rows")

    history = kept_history()

    class Meta(Party.Meta):
        abstract = False
        constraints = [one_entity("sanctionimposer", ("country", "organisation"))]


class SanctionTarget(Party):
    """Whom a sanction is aimed at."""

    ENTITIES = ("country", "organisation", "person")

    sanction = models.ForeignKey(
        Sanction, on_delete=models.CASCADE, related_name="target_rows", help_text=_("The sanction.")
    )
    country = entity_reference("Country", "target_rows")
    organisation = entity_reference("Organisation", "target_rows")
    person = entity_reference("Person", "target_rows")

    history = kept_history()

    class Meta(Party.Meta):
        abstract = False
        constraints = [one_entity("sanctiontarget", ("country", "organisation", "person"))]
