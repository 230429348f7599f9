"""The one declaration of what the API gives: serializers that shape answers and describe them in the schema.

They are DRF serializers to everybody who looks at them. Rows are shaped by functions that are put together once a
request from the declared fields: field by field, DRF's own way takes many times longer.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Manager
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

Read = Callable[[Any], Any]


class Shape(serializers.Serializer):
    """A serializer that only reads.

    A key's value is the attribute of its name (or `source`), or what the method `read_<key>` gives. Empty text is null.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        picked = kwargs.pop("picked", None)
        kwargs.setdefault("read_only", True)
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(picked) if picked is not None else ():
            self.fields.pop(name)

    @property
    def site(self) -> str:
        """Scheme and host of the addresses in the answer."""
        return str(self.context.get("site", ""))

    @cached_property
    def _readers(self) -> list[tuple[str, Read]]:
        return [(name, self._reader(name, field)) for name, field in self.fields.items()]

    def _reader(self, name: str, field: Any) -> Read:
        read: Read = getattr(self, f"read_{name}", None) or attrgetter(field.source or name)
        if isinstance(field, serializers.ListSerializer):
            child: Any = field.child
            shape_each = child.to_representation
            return lambda row: [shape for item in _rows(read(row)) if (shape := shape_each(item)) is not None]
        if isinstance(field, serializers.BaseSerializer):
            shape_one = field.to_representation
            return lambda row: None if (value := read(row)) is None else shape_one(value)
        if isinstance(field, serializers.DateTimeField):
            return lambda row: _timestamp(read(row))
        return lambda row: None if (value := read(row)) == "" else value

    def to_representation(self, instance: Any) -> Any:
        return {name: read(instance) for name, read in self._readers}


class LikeField(serializers.DictField):
    """The known words that were looked for in place of those that nothing has."""

    def __init__(self) -> None:
        words = serializers.ListField(child=serializers.CharField())
        super().__init__(
            child=words, help_text=_("For each mistyped word the known ones that are like it; mostly none.")
        )


def _rows(value: Any) -> Iterable[Any]:
    """The rows behind an attribute: a manager, a method, or the rows themselves."""
    if isinstance(value, Manager):
        return value.all()
    rows: Iterable[Any] = value() if callable(value) else value
    return rows


def _timestamp(value: datetime) -> str:
    """RFC 3339, in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
