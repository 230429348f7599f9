"""The one declaration of what the API gives: serializers that shape answers and describe them in the schema.

They are DRF serializers to everybody who looks at them. Rows are shaped by functions that are put together once a
thread from the declared fields: field by field, DRF's own way takes many times longer.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Self, cast

from django.db.models import Manager
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

Read = Callable[[Any], Any]


class _Ready(threading.local):
    """The shapes that a thread has put together."""

    def __init__(self) -> None:
        self.shapes: dict[type, Any] = {}


_ready = _Ready()


class Shape(serializers.Serializer):
    """A serializer that only reads.

    A key's value is the attribute of its name (or `source`), or what the method `read_<key>` gives. Empty text is null.
    """

    #: The keys that are given; None for all.
    picked: frozenset[str] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(*args, **kwargs)
        self._told: dict[tuple[type, int], tuple[Any, Any]] = {}

    @classmethod
    def ready(cls, context: dict[str, Any], picked: Iterable[str] | None = None) -> Self:
        """The shape for one answer, of all keys or of those that are picked; it is put together once a thread.

        The context has the `site` of its addresses, and what `gathered` found.
        """
        shapes = _ready.shapes
        shape = shapes.get(cls) or shapes.setdefault(cls, cls())
        shape._context = context
        shape._told = {}
        shape.picked = None if picked is None else frozenset(picked)
        ready: Self = shape
        return ready

    @cached_property
    def top(self) -> "Shape":
        """The shape of the whole answer, of which this one is a part."""
        found: Any = self.root
        return cast(Shape, found)

    @property
    def site(self) -> str:
        """Scheme and host of the addresses in the answer."""
        return str(self.top._context.get("site", ""))

    def once(self, record: Any, made: Callable[[Any], Any]) -> Any:
        """What is made of a record that may stand in many rows of an answer; it is made once."""
        told = self.top._told
        key = type(self), id(record)
        if key not in told:
            told[key] = record, made(record)
        return told[key][1]

    @cached_property
    def _blank(self) -> dict[str, Any]:
        """All keys, in their order."""
        return dict.fromkeys(self.fields)

    @cached_property
    def _plain(self) -> tuple[list[str], Read]:
        """The keys whose values are attributes as they are, and what gives those values."""
        plain = {name: field.source or name for name, field in self.fields.items() if self._is_plain(name, field)}
        return list(plain), _all_of(list(plain.values()))

    def _is_plain(self, name: str, field: Any) -> bool:
        made = (serializers.BaseSerializer, serializers.DateTimeField)
        return not hasattr(self, f"read_{name}") and not isinstance(field, made)

    @cached_property
    def _readers(self) -> list[tuple[str, Read]]:
        """The other keys, each with what gives its value."""
        plain, _values = self._plain
        return [(name, self._reader(name, field)) for name, field in self.fields.items() if name not in plain]

    def _reader(self, name: str, field: Any) -> Read:
        read: Read = getattr(self, f"read_{name}", None) or attrgetter(field.source or name)
        if isinstance(field, serializers.ListSerializer):
            child: Any = field.child
            shape_each = child.to_representation
            items = read if hasattr(self, f"read_{name}") else _items(field.source or name)
            return lambda row: [shape for item in items(row) if (shape := shape_each(item)) is not None]
        if isinstance(field, serializers.BaseSerializer):
            shape_one = field.to_representation
            return lambda row: None if (value := read(row)) is None else shape_one(value)
        if isinstance(field, serializers.DateTimeField):
            return lambda row: _timestamp(read(row))
        return lambda row: None if (value := read(row)) == "" else value

    def to_representation(self, instance: Any) -> Any:
        names, values = self._plain
        shape = self._blank.copy()
        shape.update(zip(names, (None if value == "" else value for value in values(instance)), strict=True))
        for name, read in self._readers:
            if self.picked is None or name in self.picked:
                shape[name] = read(instance)
        return shape if self.picked is None else {name: shape[name] for name in shape if name in self.picked}


def _all_of(sources: list[str]) -> Read:
    """What gives the values of several attributes at once."""
    if len(sources) > 1:
        return attrgetter(*sources)
    return lambda row: tuple(attrgetter(source)(row) for source in sources)


class LikeField(serializers.DictField):
    """The known words that were looked for in place of those that nothing has."""

    def __init__(self) -> None:
        words = serializers.ListField(child=serializers.CharField())
        super().__init__(
            child=words, help_text=_("For each mistyped word the known ones that are like it; mostly none.")
        )


def _items(source: str) -> Read:
    """What gives the rows behind an attribute: those that were read with the record, where they were."""
    read = attrgetter(source)

    def items(row: Any) -> Iterable[Any]:
        at_hand = getattr(row, "_prefetched_objects_cache", None)
        return at_hand[source] if at_hand and source in at_hand else _rows(read(row))

    return items


def _rows(value: Any) -> Iterable[Any]:
    """The rows behind an attribute: a manager, a method, or the rows themselves."""
    if isinstance(value, Manager):
        return value.all()
    rows: Iterable[Any] = value() if callable(value) else value
    return rows


def _timestamp(value: datetime) -> str:
    """RFC 3339, in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
