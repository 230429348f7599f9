"""People, in their public roles."""

from typing import Any, ClassVar, Self

from django.db.models import Prefetch

from .base import Entity, EntityQuerySet, kept_history
from .roles import Role


class PersonQuerySet(EntityQuerySet):
    def with_roles(self) -> Self:
        """Fetch the published roles, and of which organisation or country each is."""
        return self.prefetch_related(Prefetch("roles", Role.objects.published().with_holders()))


class Person(Entity):
    """Somebody who is named in a public role."""

    TYPE = "person"
    COLLECTION = "people"

    objects: ClassVar[Any] = PersonQuerySet.as_manager()
    history = kept_history()

    class Meta(Entity.Meta):
        abstract = False
        ordering = ["name", "id"]
        verbose_name_plural = "people"
