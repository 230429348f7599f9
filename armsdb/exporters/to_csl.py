"""CSL-JSON: what citation styles are applied to."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.utils.translation import gettext_lazy as _

from .base import Export
from .works import Work, of_source, one_line


class ToCsl:
    extension = "json"
    media_type = "application/vnd.citationstyles.csl+json"
    label = "CSL-JSON"
    description = _("The documents as things to cite, for pandoc and whatever applies citation styles.")
    is_text = True
    is_flat = False

    def check(self, rows: int) -> None:
        """Any number will do."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        before = b"["
        for records in export.records:
            for one in records:
                yield before + orjson.dumps(self._item(of_source(one)))
                before = b",\n"
        yield b"[]\n" if before == b"[" else b"]\n"

    def write(self, works: Iterable[Work]) -> str:
        return orjson.dumps(list(map(self._item, works)), option=orjson.OPT_INDENT_2).decode() + "\n"

    def _item(self, work: Work) -> dict[str, Any]:
        issued: dict[str, Any] = {"date-parts": [list(work.day)]} if work.day else {}
        if work.issued and not work.day:
            issued = {"literal": work.issued.display()}
        if issued and work.issued and work.issued.is_approximate:
            issued["circa"] = True
        told = {
            "author": [{"literal": one_line(name)} for name in work.authors],
            "publisher": one_line(work.publisher),
            "container-title": one_line(work.publisher) if work.kind == "article-newspaper" else "",
            "issued": issued,
            "URL": work.url,
            "archive_location": work.archived,
            "language": work.language,
            "version": work.version,
            "note": one_line(work.note),
        }
        first = {"id": work.id, "type": work.kind, "title": one_line(work.title)}
        return first | {name: value for name, value in told.items() if value}
