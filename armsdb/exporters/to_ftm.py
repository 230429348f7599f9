"""FollowTheMoney: the rows of a list as entities of its model, one statement a line; who is named stands once."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import orjson
from django.utils.translation import gettext_lazy as _

from .base import Export
from .ftm_entities import Entity, entities, id_of


class ToFtm:
    extension = "ftm.jsonl"
    media_type = "application/x-ftm-statements+jsonl"
    label = "FollowTheMoney"
    description = _(
        "Entities of its model, one statement a line; how each fact is known is in its description. Quantities, sums,"
        " uncertain dates and the single passages are lost."
    )
    is_text = True
    is_flat = False

    def check(self, rows: int) -> None:
        """Any number will do."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        address = urlsplit(export.address)
        site = f"{address.scheme}://{address.netloc}"
        seen = export.changed.date().isoformat() if export.changed else ""
        named: set[str] = set()
        for records in export.records:
            found = (entity for record in records for entity in _new(record, site, named))
            lines = (statement for entity in found for statement in entity.statements(seen))
            yield b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines)


def _new(record: object, site: str, named: set[str]) -> Iterator[Entity]:
    """The entities of a record but those that others named already; its own come once by themselves."""
    own = id_of(record)
    for entity in entities(record, site):
        if not entity.id.startswith(own):
            if entity.id in named:
                continue
            named.add(entity.id)
        yield entity
