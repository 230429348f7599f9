"""SIPRI's Top 100: arms sales by company and year as figures, whatever the sheets look like."""

import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from armsdb import actions
from armsdb.importers import FileRefused
from armsdb.models import Figure, Organisation

from .reading import take_in

_2022: list[list[Any]] = [
    ["The Top 100 arms companies, 2022 *Note (a)"],
    ["Figures are in millions of US$. Dots (. .) are not available."],
    ["Source: SIPRI Arms Industry Database, retrieved December 2023"],
    [
        "Rank (2022) *Note (b)",
        "Rank (2021)",
        "Company (c) ",
        "Notes (2022)",
        "Country (d)",
        "Arms Revenue  (2022)",
        "Arms Revenue (2021)",
        "Total Revenue (2022)",
        "Arms Revenue as a % of total revenue (2022)",
        "Arms Revenue 2021 (constant 2022 prices) note (e)",
        None,
    ],
    [1, 1, "Rostec", None, "Russia", 16810, 16000, 30295, 0.55, 15198.776816193968, None],
    [2, "-", "Zorvan Works", "f g", "Türkiye", 2740.5, 2470, ". .", ". .", ". .", None],
    [2, 3, "Zorvan Works ", None, "Turkey", 90, 80, 100, 0.9, 85.1, None],
    ["S", "S", "Zorvan Jets", None, "Trans-European", ". .", ". .", 500, None, None, None],
    ["Note: shares may not add up."],
    ["a", "About China."],
    ["f ", "It was renamed."],
    ["g", "The figure is an estimate with much doubt."],
]
_2010: list[list[Any]] = [
    ["The Top 100, 2010"],
    ["Millions of US$."],
    ["Source: SIPRI Arms Industry Database, retrieved December 2023"],
    ["Rank (2010)", "Company (c) ", " Country ", "Arms sales (2010)", "Total sales (2010)"],
    [1, "Zorvan Works", "Türkiye", 1000, 2000],
]


def workbook(tmp_path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook in the shape of the publisher's, with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.strip("_") + " ")
        for row in rows:
            sheet.append(row)
    path = tmp_path / "top.xlsx"
    book.save(path)
    return path


def sales(company: str, year: int) -> Figure:
    found: Figure = Figure.objects.get(about_rows__organisation__name=company, period_edtf=str(year))
    return found


def test_sheets_become_figures(seeded, tmp_path: Path) -> None:
    report = take_in(workbook(tmp_path, _2022=_2022, _2010=_2010), "sipri-top100")
    assert (report.read, report.refusals, report.counts["new"]) == (5, [], 5)
    assert report.edition == "December 2023"
    rostec = sales("Rostec", 2022)
    value = rostec.value
    assert (value.low, value.high, value.currency, value.approximate) == (16_810_000_000, 16_810_000_000, "USD", False)
    assert rostec.about_rows.get().organisation.public_id == "rostec"
    assert rostec.statement == "Arms sales of Rostec in 2022 (rank 1), of 30,295 million in all."
    assert sales("Zorvan Works", 2010).value.low == 1_000_000_000
    assert list(actions.differences()) == []


def test_an_estimate_stays_one_and_what_is_not_available_is_no_nought(seeded, tmp_path: Path) -> None:
    take_in(workbook(tmp_path, _2022=_2022), "sipri-top100")
    first, second = Figure.objects.filter(about_rows__organisation__name="Zorvan Works").order_by("pk")
    assert (first.value.approximate, first.value.low) == (True, Decimal(2_740_500_000))
    assert "renamed" in first.comment
    assert second.value.low == 90_000_000  # a second line of the same company is a line of its own
    assert sales("Zorvan Jets", 2022).value is None
    assert "(not ranked)" in sales("Zorvan Jets", 2022).statement


def test_companies_are_new_records_once_with_their_country(seeded, tmp_path: Path) -> None:
    take_in(workbook(tmp_path, _2022=_2022, _2010=_2010), "sipri-top100")
    works = Organisation.objects.get(name="Zorvan Works")
    assert works.country is not None
    assert (works.kind, works.unmatched, works.country.public_id) == ("company", True, "turkiye")
    assert Organisation.objects.get(name="Zorvan Jets").country is None


def test_the_same_again_changes_nothing_even_where_two_go_by_a_name(seeded, tmp_path: Path) -> None:
    """A name that several records share finds none of them; the record that is made instead is kept to."""
    for number in (1, 2):
        values = {"name": "Zorvan Works", "kind": "company"}
        actions.put(model=Organisation, public_id=f"zorvan-{number}", values=values, reason="A test.")
        actions.publish(record=Organisation.objects.get(public_id=f"zorvan-{number}"), reason="A test.")
    path = workbook(tmp_path, _2022=_2022, _2010=_2010)
    take_in(path, "sipri-top100")
    assert Organisation.objects.filter(name="Zorvan Works").count() == 3
    report = take_in(path, "sipri-top100")
    assert (report.counts["same"], report.counts["changed"], report.counts["new"]) == (5, 0, 0)
    assert Organisation.objects.filter(name="Zorvan Works").count() == 3


def test_a_newer_edition_withdraws_within_its_years_alone(seeded, tmp_path: Path) -> None:
    take_in(workbook(tmp_path, _2022=_2022, _2010=_2010), "sipri-top100")
    report = take_in(workbook(tmp_path, _2022=_2022[:5]), "sipri-top100")
    assert (report.counts["withdrawn"], report.counts["same"]) == (3, 1)
    assert sales("Zorvan Works", 2010).state == "published"


def test_one_sheet_as_csv_has_nought_for_what_is_missing(seeded, tmp_path: Path) -> None:
    path = tmp_path / "top.csv"
    head = (
        "Company (c) ,Country (d),Arms Revenue  (2022),Total Revenue (2022),Arms Revenue as a % of total revenue (2022)"
    )
    path.write_text(f"\ufeff{head}\r\nZorvan Works,Türkiye,0,100,0\r\n", "utf-8")
    take_in(path, "sipri-top100")
    assert sales("Zorvan Works", 2022).value is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_sheet_as_csv_is_read_as_spreadsheets_save_it_and_a_row_that_was_cut_is_told(
    seeded, tmp_path: Path, delimiter: str
) -> None:
    """Guards against sales that are not there since a row ends too soon."""
    head = (
        "Company (c) ,Country (d),Arms Revenue  (2022),Total Revenue (2022),Arms Revenue as a % of total revenue (2022)"
    )
    path = tmp_path / "top.csv"
    rows = "\n".join([head, "Zorvan Works,Türkiye,5,100,5", "Heron Works,Türkiye"]).replace(",", delimiter)
    path.write_text(rows, "utf-8")
    report = take_in(path, "sipri-top100", allow_refusals=True)
    assert (report.counts["new"], [one.record.line for one in report.refusals]) == (1, [3])
    assert "it was cut" in report.refusals[0].reason


@pytest.mark.parametrize(
    ("value", "country", "column", "said"),
    [
        ("=SUM(A1:A2)", "Russia", "arms revenue", "a formula"),
        (-5, "Russia", "arms revenue", "no sum in millions"),
        ("many", "Russia", "arms revenue", "no number"),
        (5, "Rusia", "country", "No state goes by this name."),
    ],
)
def test_what_cannot_be_read_is_refused_and_can_be_mended(
    seeded, tmp_path: Path, value: object, country: str, column: str, said: str
) -> None:
    bad = [*_2022[:4], [1, 1, "Zorvan Works", None, country, value, 1, 1, 1, 1, None]]
    report = take_in(workbook(tmp_path, _2022=bad), "sipri-top100", allow_refusals=True)
    (refusal,) = report.refusals
    assert refusal.column == column
    assert said in refusal.reason
    out = tmp_path / "refused.csv"
    report.write_refusals(out)
    mended = out.read_text("utf-8").splitlines()
    out.write_text(f"{mended[0]}\n5,,,,,2022,1,Zorvan Works,,Russia,12,,\n", "utf-8")
    assert take_in(out, "sipri-top100").counts["new"] == 1


def test_bombs_and_strangers_are_refused(seeded, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 60_000_000)
    with pytest.raises(FileRefused, match="larger than any such workbook"):
        take_in(bomb, "sipri-top100")
    stub = tmp_path / "stub.xlsx"
    stub.write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(FileRefused, match="no workbook that can be read"):
        take_in(stub, "sipri-top100")
    with pytest.raises(FileRefused, match="no sheet with the columns"):
        take_in(workbook(tmp_path, _x=[["a", "b"]]), "sipri-top100")


def test_a_million_empty_rows_cost_nothing(seeded, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path, _2010=_2010))
    book.worksheets[0].cell(row=1_000_000, column=1).style = "Normal"
    path = tmp_path / "long.xlsx"
    book.save(path)
    assert take_in(path, "sipri-top100").counts["new"] == 1
    book.worksheets[0].cell(row=5_001, column=1).value = "x"
    book.save(path)
    with pytest.raises(FileRefused, match="more than 5,000 rows"):
        take_in(path, "sipri-top100")
