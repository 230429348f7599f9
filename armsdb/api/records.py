"""What every record of the API has, and how columns of models become keys of answers."""

import inspect
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.models import Record
from armsdb.models.reading import Plan
from armsdb.models.values import DateGroup, MoneyGroup, NumberGroup

from .references import REFERENCES, ReferenceShape, record_path
from .shapes import Shape
from .values import DateShape, MoneyShape, NumberShape, ValueShape

GROUPS: dict[type, type[ValueShape]] = {DateGroup: DateShape, MoneyGroup: MoneyShape, NumberGroup: NumberShape}
RECORD = ("id", "type", "name", "url", "page", "updated")


class TypeField(serializers.CharField):
    """The kind of the record: one word, always the same."""


class ModelShape(Shape, serializers.ModelSerializer):
    """A shape whose keys are described by the columns of a model.

    Columns that may be empty are null when they are; vague values and references are given as objects.
    """

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[Any, dict[str, Any]]:
        field, options = super().build_standard_field(field_name, model_field)
        return field, options | {"read_only": True, "allow_null": model_field.null or model_field.blank}

    def build_relational_field(self, field_name: str, relation_info: Any) -> tuple[Any, dict[str, Any]]:
        column = relation_info.model_field
        shape = REFERENCES.get(relation_info.related_model, ReferenceShape)
        return shape, {"help_text": column.help_text, "allow_null": column.null}

    def build_property_field(self, field_name: str, model_class: Any) -> tuple[Any, dict[str, Any]]:
        group = inspect.getattr_static(model_class, field_name)
        return GROUPS[type(group)], {"help_text": group.help_text, "allow_null": True}

    def include_extra_kwargs(self, kwargs: Any, extra_kwargs: Any) -> Any:
        return super().include_extra_kwargs(kwargs, extra_kwargs | {"read_only": True})


class RecordShape(ModelShape):
    """A record: `id` is public and permanent, `url` its address in the API, `page` the one for people."""

    #: How rows of long lists are read; else what one query joins, and what is fetched for all rows at once.
    plan: ClassVar[Plan | None] = None
    joins: ClassVar[tuple[str, ...]] = ()
    rows: ClassVar[tuple[Any, ...]] = ()

    id = serializers.CharField(
        source="public_id", help_text=_("Public and permanent: the last piece of its addresses.")
    )
    type = TypeField(source="TYPE", help_text=_("The kind of record."))
    name = serializers.CharField(help_text=_("A title fit to print."))
    url = serializers.URLField(help_text=_("Its address in this API."))
    page = serializers.URLField(help_text=_("The address of its page, for people."))

    @classmethod
    def joined(cls, queryset: Any) -> Any:
        """The rows with what their shapes need, in a number of queries that does not grow with them."""
        # Without a name, `select_related` would join all that a row must have.
        joined = queryset.select_related(*cls.joins) if cls.joins else queryset
        return joined.prefetch_related(*cls.rows)

    @classmethod
    def read(cls, rows: Any, keys: list[int]) -> list[Any]:
        """The records with these keys that readers see, in their order, with all that their shapes need."""
        if cls.plan is not None:
            return [record for record in cls.plan.read(keys) if cls.is_seen(record)]
        found = cls.joined(rows).in_bulk(keys)
        return [found[key] for key in keys if key in found]

    @classmethod
    def is_seen(cls, record: Any) -> bool:
        """Whether readers see a record that was read by its key."""
        return bool(record.is_published)

    @classmethod
    def gathered(cls, records: list[Any]) -> dict[str, Any]:
        """What the shapes of these records need and no query can join; shapes find it in their context."""
        return {}

    def read_url(self, record: Record) -> str:
        return self.site + record_path(record)

    def read_page(self, record: Record) -> str:
        return self.site + record.get_absolute_url()
