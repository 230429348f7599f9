"""XLSX and Parquet: the same cells as the CSV, with types; notes on columns; what the file says of itself."""

import csv
import io
import sys
from datetime import date
from typing import Any

import openpyxl
import openpyxl.utils.escape
import pyarrow.parquet
import pytest
from django.test import Client

from armsdb.exporters import EXPORTERS, Column, Export, ExportRefused, Kind
from armsdb.exporters.to_xlsx import MOST_ROWS
from armsdb.exporters.workbook import LONGEST
from armsdb.models import Transfer
from tests import factories

ADDRESS = "/api/v1/transfers/"


def taken(word: str, query: str = "") -> bytes:
    response: Any = Client().get(f"{ADDRESS}?format={word}{query}")
    assert response.status_code == 200, response.content
    return bytes(response.getvalue())


def as_csv() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken("csv").decode(), newline="")))


def as_text(value: Any) -> str:
    """A typed cell as the CSV has it, but for trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.date()) if hasattr(value, "date") else str(value)


def same(told: str, value: Any) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(told) == value
    return told.lstrip("'") == as_text(value).lstrip("'")


def made(kind: Kind, cell: str, rows: int = 1) -> Export:
    column = Column("c", "c", "What it holds.", kind, (), lambda part: ())
    return Export(
        "Title", "address", rows, None, [column], [[[cell]]], [], about=[("Licence", "CC0"), ("Credit", "=1+1")]
    )


def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_workbook_has_the_cells_of_the_csv_with_types(seeded: None) -> None:
    sheet = book(taken("xlsx"))["Rows"]
    header, *rows = sheet.iter_rows()
    names = [cell.value for cell in header]
    told = as_csv()
    assert len(rows) == len(told) == Transfer.objects.published().count()
    for row, wanted in zip(rows, told, strict=True):
        differing = [name for name, cell in zip(names, row, strict=True) if not same(wanted[name], cell.value)]
        assert differing == []
    by_name = dict(zip(names, zip(*rows, strict=True), strict=True))
    assert all(isinstance(cell.value, int | float) for cell in by_name["value_low"] if cell.value is not None)
    assert any(cell.is_date for cell in by_name["ordered_earliest"])
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "b", "d"}


def test_a_workbook_has_a_frozen_header_filters_notes_and_a_sheet_about_itself(seeded: None) -> None:
    factories.transfer("T1", dataset=factories.dataset("Closed", terms="closed", licence="All rights reserved"))
    both = book(taken("xlsx", "&supplier=russia&supplier=test-testland"))
    sheet, about = both["Rows"], both["About this file"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert all(cell.comment and cell.comment.text for cell in sheet[1])
    words = "\n".join(f"{name.value}: {value.value}" for name, value in about.iter_rows(max_col=2))
    for wanted in ("Transfers from Russia or Testland", "CC BY 4.0", "Two articles on the arms trade of Myanmar",
                   "Not in this file: 1 row", "Closed"):  # fmt: skip
        assert wanted in words


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "http://example.org/", "{=1}"])
def test_no_text_of_a_workbook_is_computed_or_linked(cell: str) -> None:
    sheets = book(b"".join(EXPORTERS["xlsx"].pieces(made(Kind.TEXT, cell))))
    for found in (sheets["Rows"]["A2"], sheets["About this file"]["B2"]):
        assert found.data_type == "s"
        assert found.hyperlink is None
    assert sheets["Rows"]["A2"].value == cell


@pytest.mark.parametrize(
    "cell", ["<r><t>x</t></r>", 'a < b & c > "d"', " before and after ", "two\nlines", "_x0041_", "bell \x07", "\ufffe"]
)
def test_text_of_a_workbook_is_never_taken_for_marks(cell: str) -> None:
    """Guards the file, which opens, and the text, which is there as it was; signs that XML has not are escaped."""
    told = book(b"".join(EXPORTERS["xlsx"].pieces(made(Kind.TEXT, cell))))["Rows"]["A2"].value
    assert openpyxl.utils.escape.unescape(told) == cell


def test_what_a_spreadsheet_cannot_hold_is_told(seeded: None) -> None:
    old = book(b"".join(EXPORTERS["xlsx"].pieces(made(Kind.DAY, "1862-05-01"))))["Rows"]["A2"]
    assert (old.value, old.data_type) == ("1862-05-01", "s")
    long_number = book(b"".join(EXPORTERS["xlsx"].pieces(made(Kind.NUMBER, "12345678901234567.25"))))["Rows"]["A2"]
    assert long_number.value == "12345678901234567.25"
    cut = book(b"".join(EXPORTERS["xlsx"].pieces(made(Kind.TEXT, "a" * 40_000))))["Rows"]["A2"].value
    assert len(cut) == LONGEST
    assert cut.endswith("(cut: the CSV has all of it)")
    with pytest.raises(ExportRefused, match="at most 1048575 rows"):
        EXPORTERS["xlsx"].check(MOST_ROWS + 1)


@pytest.mark.parametrize("word", ["xlsx", "parquet"])
def test_the_same_data_is_the_same_file(seeded: None, word: str) -> None:
    assert taken(word) == taken(word)


def test_parquet_has_the_cells_of_the_csv_with_types_and_notes(seeded: None) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(taken("parquet")))
    told = as_csv()
    assert table.column_names == list(told[0])
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["value_low"], types["ordered_earliest"]) == ("decimal128(24, 4)", "date32[day]")
    assert (types["updated"], types["counts_as_arms"], types["name"]) == ("timestamp[us, tz=UTC]", "bool", "string")
    assert all(table.schema.metadata[f"note on {name}".encode()] for name in table.column_names)
    assert b"CC BY 4.0" in b"".join(table.schema.metadata.values())
    for row, wanted in zip(table.to_pylist(), told, strict=True):
        for name, value in row.items():
            if types[name].startswith("decimal"):
                assert (value is None and not wanted[name]) or float(wanted[name]) == float(value)
            elif name == "updated":
                assert value.isoformat().replace("+00:00", "Z") == wanted[name]
            else:
                assert same(wanted[name], value.isoformat() if isinstance(value, date) else value), name


def test_an_empty_question_is_a_file_without_rows(seeded: None) -> None:
    query = "&supplier=north-korea&recipient=canada"
    assert pyarrow.parquet.read_table(io.BytesIO(taken("parquet", query))).num_rows == 0
    assert book(taken("xlsx", query))["Rows"].max_row == 1


def test_parquet_takes_nothing_that_a_site_has_not(seeded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards sites that serve: pyarrow reads what they write, in these tests, and is not installed there."""
    whole = taken("parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert taken("parquet") == whole
