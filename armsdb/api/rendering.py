"""How answers are written."""

from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import JSONRenderer


class Json(JSONRenderer):
    """JSON in UTF-8, without spaces."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=_written)


def as_json(data: Any) -> str:
    """JSON of a value, as answers have it: text, since orjson leaves room behind the bytes that it writes."""
    return orjson.dumps(data, default=_written).decode()


def rendered(data: Any) -> orjson.Fragment:
    """A part of an answer as it will be written."""
    return orjson.Fragment(as_json(data))


def _written(value: Any) -> Any:
    """What orjson does not know: words that are translated when they are written, and decimals as text."""
    if isinstance(value, Promise | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not for JSON")
