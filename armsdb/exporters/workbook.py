"""A workbook of two sheets, put together by XlsxWriter: the rows of an export, and what it tells about itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from html import escape
from typing import Any

from django.utils.translation import gettext as _now
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from .base import Export
from .columns import Kind

#: The text that a cell can hold.
LONGEST = 32_767
#: Days before this one are no dates to a spreadsheet; they stay text. Neither are longer numbers exact.
_FIRST_DAY, _DIGITS = "1900-03-01", 15
#: The day before the first one that is counted, as if 1900 had been a leap year.
_NO_DAY = date(1899, 12, 30).toordinal()
#: Whether a text has what stands otherwise in a workbook.
_ESCAPED = re.compile("[&<>\x00-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_").search
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def written(file: Any, export: Export) -> Iterator[None]:
    """Write a workbook into a file, some rows at a time; it is whole at the end."""
    with Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.use_zip64()  # where a sheet is larger than two gigabytes unpacked, as a million rows are; not else
        book.set_properties({"title": export.title, "created": export.changed or _UNDATED})
        yield from _sheets(book, export)


class _Sheet(Worksheet):
    """A sheet whose rows are put into the file as they are to stand there.

    Cell by cell the library takes several times as long, and takes a text from “<r>” to “</r>” for marks of its own.
    """

    def add_rows(self, rows: range, cells: Sequence[Sequence[str]]) -> None:
        """Put rows behind the ones that are there: their numbers, counted from 0, and their cells column by column."""
        self._write_single_row(rows[-1])  # the row before them, which waits
        for row, told in zip(rows, zip(*cells, strict=True), strict=True):
            self.fh.write(f'<row r="{row + 1}">{"".join(told)}</row>')
        self.dim_rowmax = rows[-1]


def _sheets(book: Workbook, export: Export) -> Iterator[None]:
    """Write both sheets, some rows at a time."""
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(_now("Rows"), _Sheet)
    about = book.add_worksheet(_now("About this file"))
    for place, column in enumerate(export.columns):
        sheet.write_string(0, place, column.name, bold)
        sheet.write_comment(0, place, str(column.note))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, export.rows, len(export.columns) - 1)
    sheet.set_column(0, len(export.columns) - 1, 18)
    writers = [_writer(column.kind, day) for column in export.columns]
    places = [xl_col_to_name(place) for place in range(len(writers))]
    row = 1
    for part in export.parts:
        rows = range(row, row + len(part[0]))
        columns = zip(writers, places, part, strict=True)
        sheet.add_rows(rows, [_cells(write, place, rows, cells) for write, place, cells in columns])
        row = rows.stop
        yield
    about.set_column(0, 0, 20)
    about.set_column(1, 1, 100)
    for row, (name, value) in enumerate(export.about):
        about.write_string(row, 0, name, bold)
        about.write_string(row, 1, value)


#: The attributes of a cell and what is in it, of its text.
_Writer = Callable[[str], tuple[str, str]]


def _cells(write: _Writer, place: str, rows: range, cells: Sequence[str]) -> list[str]:
    """The XML of the cells of a column; empty ones are not there."""
    found = []
    for row, cell in zip(rows, cells, strict=True):
        if cell:
            attributes, told = write(cell)
            found.append(f'<c r="{place}{row + 1}"{attributes}>{told}</c>')
        else:
            found.append("")
    return found


def _writer(kind: Kind, day: Any) -> _Writer:
    """How the cells of a kind are written; text is never computed."""
    cut = _now("… (cut: the CSV has all of it)")

    def text(cell: str) -> tuple[str, str]:
        if len(cell) > LONGEST:
            cell = cell[: LONGEST - len(cut)] + cut
        if _ESCAPED(cell):
            cell = escape(Worksheet._escape_control_characters(cell), quote=False)
        space = ' xml:space="preserve"' if cell != cell.strip() else ""
        return ' t="inlineStr"', f"<is><t{space}>{cell}</t></is>"

    def number(cell: str) -> tuple[str, str]:
        return text(cell) if len(cell) > _DIGITS else ("", f"<v>{cell}</v>")

    def on_day(cell: str) -> tuple[str, str]:
        if cell < _FIRST_DAY:
            return text(cell)
        return f' s="{day._get_xf_index()}"', f"<v>{date.fromisoformat(cell).toordinal() - _NO_DAY}</v>"

    def truth(cell: str) -> tuple[str, str]:
        return ' t="b"', f"<v>{int(cell == 'true')}</v>"

    return {Kind.NUMBER: number, Kind.WHOLE: number, Kind.DAY: on_day, Kind.TRUTH: truth}.get(kind, text)
