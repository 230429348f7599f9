"""What every kind of entity has: other names, identifiers, a summary, and the counts of its facts."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.models import Alias, Entity

from .base import RecordViewSet
from .counts import CountedShape
from .records import ModelShape
from .shapes import Shape

TAIL = ("aliases", "identifiers", "summary", "facts")


class AliasShape(ModelShape):
    """A name by which an entity is known besides its own, and where it is met."""

    class Meta:
        model = Alias
        fields = ["name", "kind", "language", "from_year", "until_year", "source", "locator"]


class IdentifierShape(Shape):
    """An identifier that somebody else gave: who gives it, and the identifier itself."""

    scheme = serializers.CharField(
        help_text=_("Who gives it, such as wikidata, lei, iso-3166-1-alpha-2 or iso-3166-3.")
    )
    value = serializers.CharField(help_text=_("The identifier itself."))

    def to_representation(self, instance: tuple[str, str]) -> dict[str, str]:
        scheme, value = instance
        return {"scheme": scheme, "value": value}


class EntityShape(CountedShape):
    """A thing with a page."""

    aliases = AliasShape(many=True, help_text=_("Its other names."))
    identifiers = IdentifierShape(many=True, help_text=_("What others call it by: codes and numbers."))

    rows: ClassVar[tuple[Any, ...]] = (
        Prefetch("aliases", Alias.objects.select_related("source__publisher")),
        "identifiers",
    )

    def read_identifiers(self, entity: Entity) -> list[tuple[str, str]]:
        return [(row.scheme, row.value) for row in entity.identifiers.all()]  # type: ignore[attr-defined]


class EntityViewSet(RecordViewSet):
    """The list of one kind of entity, and one entity."""

    #: The facts that are counted, and the sources of other names.
    types: ClassVar[tuple[str, ...]] = (
        "source",
        "transfer",
        "figure",
        "sanction",
        "event",
        "ownership",
        "role",
        "citation",
    )
