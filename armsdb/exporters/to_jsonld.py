"""JSON-LD: the rows of a list in the words of schema.org, as one document."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import orjson
from django.utils.translation import gettext_lazy as _

from . import linked
from .base import Export


class ToJsonLd:
    extension = "jsonld"
    media_type = linked.MEDIA_TYPE
    label = "JSON-LD"
    description = _("The records as linked data, in the words of schema.org; facts are claims, with who says so.")
    is_text = True
    is_flat = False

    def check(self, rows: int) -> None:
        """Any number will do."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        address = urlsplit(export.address)
        site = f"{address.scheme}://{address.netloc}"
        before = orjson.dumps(linked.document([])).removesuffix(b"]}")
        for records in export.records:
            for record in records:
                yield before + orjson.dumps(linked.node(record, site))
                before = b",\n"
        yield before + b"]}\n" if not before.startswith(b",") else b"]}\n"
