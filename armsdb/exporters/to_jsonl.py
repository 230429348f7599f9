"""JSON lines: the objects of the API, as its lists have them, one a line."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .base import Export


class ToJsonLines:
    extension = "jsonl"
    media_type = "application/jsonl"
    label = _("JSON lines")
    description = _("One record a line, each as in the list, with its citations.")

    is_text = True
    is_flat = False

    def check(self, rows: int) -> None:
        """Any number will do."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        for objects in export.objects:
            yield b"".join(orjson.dumps(one, default=written, option=orjson.OPT_APPEND_NEWLINE) for one in objects)


def written(value: Any) -> Any:
    """What orjson does not know: words that are translated when they are written, and decimals as text."""
    if isinstance(value, Promise | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not for JSON")
