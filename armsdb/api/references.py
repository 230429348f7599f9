"""References: enough of a record to name it and to find it."""

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.lib.vocab import Category, Grade
from armsdb.models import (
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    Figure,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    Source,
    Transfer,
)

from .shapes import Shape

#: Every kind of record, in the order in which the collections are told.
KINDS: tuple[type[Record], ...] = (
    Country,
    Organisation,
    Person,
    Equipment,
    Transfer,
    Figure,
    Sanction,
    Event,
    Ownership,
    Role,
    Source,
    Citation,
    Dataset,
)
TYPES = [(kind.TYPE, kind._meta.verbose_name) for kind in KINDS]


@lru_cache(maxsize=64)
def collection_path(collection: str) -> str:
    """The address of a collection, without scheme and host."""
    return reverse(f"api:{collection}-list")


def record_path(record: Record) -> str:
    """The API address of a record, without scheme and host; ids need no quoting."""
    return f"{collection_path(record.collection)}{record.public_id}/"


class NamedShape(Shape):
    """What tells which record something found is, and where it stands."""

    id = serializers.CharField(help_text=_("Public and permanent id."))
    type = serializers.ChoiceField(choices=TYPES, help_text=_("What kind of record it is."))
    name = serializers.CharField(help_text=_("A title fit to print."))
    url = serializers.URLField(help_text=_("Its address in this API."))
    page = serializers.URLField(help_text=_("The address of its page, for people."))


class ReferenceShape(Shape):
    """Another record: `url` leads to all of it."""

    id = serializers.CharField(help_text=_("Public and permanent id."))
    type = serializers.ChoiceField(choices=TYPES, help_text=_("What kind of record it is."))
    name = serializers.CharField(help_text=_("A title fit to print."))
    url = serializers.URLField(help_text=_("Its address in this API."))

    def to_representation(self, record: Any) -> Any:
        """None for what readers cannot see: nothing may lead there."""
        return self.once(record, self._reference) if record.is_published else None

    def _reference(self, record: Any) -> dict[str, Any]:
        return {
            "id": record.public_id,
            "type": record.TYPE,
            "name": record.name,
            "url": self.site + record_path(record),
        } | self.more(record)

    def more(self, record: Any) -> dict[str, Any]:
        """What a reference to one kind tells beyond these."""
        return {}


class EquipmentReferenceShape(ReferenceShape):
    """A reference to equipment, with its category."""

    category = serializers.ChoiceField(
        choices=Category.choices, allow_null=True, help_text=_("Category of the UN Register, or ours; null for none.")
    )

    def more(self, record: Any) -> dict[str, Any]:
        return {"category": record.category or None}


class SourceReferenceShape(ReferenceShape):
    """A reference to a source, with its publisher."""

    publisher = ReferenceShape(allow_null=True, help_text=_("Who published it; null where that is not known."))

    def more(self, record: Any) -> dict[str, Any]:
        publisher = record.publisher
        return {"publisher": publisher and self.fields["publisher"].to_representation(publisher)}


class FactReferenceShape(ReferenceShape):
    """A reference to a fact, with how it is known."""

    evidence = serializers.ChoiceField(choices=Grade.choices, help_text=_("How the fact is known."))

    def to_representation(self, record: Any) -> Any:
        """None in a copy for what may not be passed on."""
        withheld = self.top._context.get("withheld")
        return None if withheld and record.dataset_id in withheld else super().to_representation(record)

    def more(self, record: Any) -> dict[str, Any]:
        return {"evidence": record.evidence}


#: How a column that refers to a kind of record is given.
REFERENCES: dict[type[Record], type[ReferenceShape]] = {
    Equipment: EquipmentReferenceShape,
    Source: SourceReferenceShape,
}
