"""XLSX: a workbook written row by row into a temporary file, with notes on columns and a sheet about itself."""

import tempfile
from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .base import Export, ExportRefused

#: What a sheet can hold.
MOST_ROWS = 1_048_575
_PIECE = 65_536


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
        from .workbook import written  # XlsxWriter, which a worker that writes no workbook need not hold

        with tempfile.TemporaryFile() as file:
            for _part in written(file, export):
                yield b""  # so that whoever waits for it can be let go
            file.seek(0)
            while piece := file.read(_PIECE):
                yield piece
