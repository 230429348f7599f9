"""XLSX: a workbook written row by row into a temporary file, with notes on columns and a sheet about itself."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook

from .base import Export, ExportRefused
from .columns import Kind

#: What a sheet can hold, and the text of a cell.
MOST_ROWS, LONGEST = 1_048_575, 32_767
#: Days before this one are no dates to a spreadsheet; they stay text. Neither are longer numbers exact.
_FIRST_DAY, _DIGITS = "1900-03-01", 15
_PIECE = 65_536
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


class ToXlsx:
    extension = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    label = "XLSX"
    description = _(
        "A workbook for spreadsheets: the columns of the CSV with notes and filters, and a sheet on source and licence."
        " It is made whole before it comes."
    )
    is_text = False
    is_flat = True

    def check(self, rows: int) -> None:
        if rows > MOST_ROWS:
            told = _now("A sheet has at most %(most)s rows, and this question has %(rows)s: take CSV, or ask for less.")
            raise ExportRefused(told % {"most": MOST_ROWS, "rows": rows})

    def pieces(self, export: Export) -> Iterator[bytes]:
        with tempfile.TemporaryFile() as file:
            with Workbook(
                file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
            ) as book:
                book.set_properties({"title": export.title, "created": export.changed or _UNDATED})
                for _part in _written(book, export):
                    yield b""  # so that whoever waits for it can be let go
            file.seek(0)
            while piece := file.read(_PIECE):
                yield piece


def _written(book: Workbook, export: Export) -> Iterator[None]:
    """Write both sheets, some rows at a time."""
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet, about = book.add_worksheet(_now("Rows")), book.add_worksheet(_now("About this file"))
    for place, column in enumerate(export.columns):
        sheet.write_string(0, place, column.name, bold)
        sheet.write_comment(0, place, str(column.note))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, export.rows, len(export.columns) - 1)
    sheet.set_column(0, len(export.columns) - 1, 18)
    writers = [_writer(sheet, column.kind, day) for column in export.columns]
    row = 0
    for part in export.parts:
        for cells in zip(*part, strict=True):
            row += 1
            for place, (write, cell) in enumerate(zip(writers, cells, strict=True)):
                if cell:
                    write(row, place, cell)
        yield
    about.set_column(0, 0, 20)
    about.set_column(1, 1, 100)
    for row, (name, value) in enumerate(export.about):
        about.write_string(row, 0, name, bold)
        about.write_string(row, 1, value)


def _writer(sheet: Any, kind: Kind, day: Any) -> Callable[[int, int, str], Any]:
    """How the cells of a kind are written; text is never computed."""
    cut = _now("… (cut: the CSV has all of it)")

    def text(row: int, place: int, cell: str) -> None:
        sheet.write_string(row, place, cell if len(cell) <= LONGEST else cell[: LONGEST - len(cut)] + cut)

    def number(row: int, place: int, cell: str) -> None:
        if len(cell) > _DIGITS:
            sheet.write_string(row, place, cell)
        else:
            sheet.write_number(row, place, float(cell))

    def on_day(row: int, place: int, cell: str) -> None:
        if cell < _FIRST_DAY:
            sheet.write_string(row, place, cell)
        else:
            sheet.write_datetime(row, place, date.fromisoformat(cell), day)

    def truth(row: int, place: int, cell: str) -> None:
        sheet.write_boolean(row, place, cell == "true")

    return {Kind.NUMBER: number, Kind.WHOLE: number, Kind.DAY: on_day, Kind.TRUTH: truth}.get(kind, text)
