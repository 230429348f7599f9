"""Workbooks (xlsx) as rows of text, read within bounds: their size unpacked, their sheets and their rows."""

import zipfile
from collections.abc import Iterator
from typing import Any

from .files import File, FileRefused

#: Bytes of all parts of a workbook unpacked, and rows and columns of a sheet.
_UNPACKED = 50_000_000
_ROWS = 5_000
_COLUMNS = 60


def sheets(file: File) -> Iterator[tuple[str, list[list[str]]]]:
    """The sheets of a workbook: the name of each, and its rows; a formula is told as it is written, from its “=” on."""
    import openpyxl  # here alone: web servers, which read no workbook, need five megabytes less
    from openpyxl.utils.exceptions import InvalidFileException

    _refuse_bomb(file)
    try:
        book = openpyxl.load_workbook(file.path, read_only=True)
        for sheet in book.worksheets:
            told = sheet.iter_rows(max_row=_ROWS + 1, max_col=_COLUMNS, values_only=True)
            rows = [[_text(value) for value in row] for row in told]
            if len(rows) > _ROWS and any(rows[_ROWS]):
                raise FileRefused(f"{file.path.name}: the sheet {sheet.title.strip()} has more than {_ROWS:,} rows.")
            yield sheet.title.strip(), rows
        book.close()
    except (InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(f"{file.path.name} is no workbook that can be read: {error}.") from error


def _refuse_bomb(file: File) -> None:
    try:
        with zipfile.ZipFile(file.path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise FileRefused(f"{file.path.name} is no workbook that can be read: {error}.") from error
    if unpacked > _UNPACKED:
        raise FileRefused(f"{file.path.name} is larger than any such workbook: {_UNPACKED:,} bytes at most, unpacked.")


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())
