"""People, in their public roles."""

from .base import Entity, kept_history


class Person(Entity):
    """Somebody who is named in a public role."""

    TYPE = "person"
    COLLECTION = "people"

    history = kept_history()

    class Meta(Entity.Meta):
        abstract = False
        ordering = ["name", "id"]
        verbose_name_plural = "people"
