"""CSV as RFC 4180 has it; text that a spreadsheet would compute comes out inert."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from armsdb.lib.formulas import inert

from .base import Export
from .columns import Column, Kind

#: A cell with one of these stands in quotes.
_SPECIAL = ',"\r\n'
_NEEDS_QUOTES = re.compile(f"[{_SPECIAL}]").search


class ToCsv:
    extension = "csv"
    media_type = "text/csv"
    label = "CSV"
    description = _(
        "RFC 4180 in UTF-8, a header, one row a record. A text that a spreadsheet would take for a formula has an"
        " apostrophe before it."
    )

    is_text = True
    is_flat = True

    def check(self, rows: int) -> None:
        """Any number will do."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        yield header(export.columns)
        for part in export.parts:
            yield lines(export.columns, part)


def header(columns: Sequence[Column]) -> bytes:
    """The first line of a file."""
    return _line([column.name for column in columns])


def lines(columns: Sequence[Column], part: Sequence[Sequence[str]]) -> bytes:
    """Some rows, given column by column."""
    named = zip(columns, part, strict=True)
    return _lines([inert(cells) if column.kind is Kind.TEXT else cells for column, cells in named])


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _lines(part: Sequence[Sequence[str]]) -> bytes:
    """What csv.writer makes of these columns, in a third of its time: most columns have nothing that needs quotes."""
    if len(part) == 1:
        return b"".join(_line([cell]) for cell in part[0])
    rows = zip(*map(_quoted, part), strict=True)
    return ("\r\n".join(map(",".join, rows)) + "\r\n").encode()


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    together = "".join(cells)
    if not any(sign in together for sign in _SPECIAL):
        return cells
    return ['"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES(cell) else cell for cell in cells]
