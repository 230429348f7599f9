"""CSV: text that a spreadsheet would compute is inert, and what was there can be had back."""

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsdb.exporters import EXPORTERS, Column, Export, Kind
from armsdb.exporters.written import decimals
from armsdb.lib.formulas import as_it_was, inert


def file_of(*rows: tuple[str, ...], kinds: tuple[Kind, ...] = (Kind.WORD, Kind.TEXT)) -> bytes:
    columns = [Column(f"c{place}", f"c{place}", "", kind, (), lambda part: ()) for place, kind in enumerate(kinds)]
    parts: list[list[Sequence[str]]] = [list(zip(*rows, strict=True))] if rows else []
    return b"".join(EXPORTERS["csv"].pieces(Export("", "", len(rows), None, columns, parts, iter(()))))


def read(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode(), newline=""), strict=True))


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'="])
def test_a_text_that_begins_like_a_formula_is_marked(beginning: str) -> None:
    text = f'{beginning}HYPERLINK("http://example.org","x")'
    assert read(file_of(("a", text))) == [["c0", "c1"], ["a", f"'{text}"]]


def test_numbers_and_ids_stay_as_they_are() -> None:
    assert read(file_of(("-5", "4"), kinds=(Kind.NUMBER, Kind.WORD))) == [["c0", "c1"], ["-5", "4"]]


def test_newlines_quotes_and_commas_stay_inside_their_cell() -> None:
    text = 'first,\r\nsecond "line"\nthird\rlast;'
    written = file_of(("a", text), ("b", ""))
    assert read(written)[1:] == [["a", text], ["b", ""]]
    assert written.endswith(b"\r\nb,\r\n")


@given(
    st.lists(st.lists(st.text(alphabet="a,\"'\r\n é", max_size=4), min_size=3, max_size=3), max_size=5),
    st.integers(1, 3),
)
def test_lines_are_those_of_the_standard_library(rows: list[list[str]], width: int) -> None:
    """Guards the quick way of writing against the one that everybody reads."""
    cells = [tuple(row[:width]) for row in rows]
    out = io.StringIO()
    csv.writer(out).writerows([tuple(f"c{place}" for place in range(width)), *cells])
    assert file_of(*cells, kinds=(Kind.WORD,) * width).decode() == out.getvalue()


@pytest.mark.parametrize(
    ("value", "fixed", "text"),
    [
        *((24.0, fixed, text) for fixed, text in ((True, "24.00"), (False, "24"))),
        *((Decimal("24.5000"), fixed, text) for fixed, text in ((True, "24.50"), (False, "24.5"))),
        *((0.03, fixed, "0.03") for fixed in (True, False)),
        *((Decimal(7), fixed, text) for fixed, text in ((True, "7.00"), (False, "7"))),
        (1e18, False, "1000000000000000000"),
        (0.0001, False, "0.0001"),
        (0.00001, False, "0"),
        (None, True, ""),
    ],
)
def test_numbers_are_written_alike_whoever_keeps_them(value: Any, fixed: bool, text: str) -> None:
    """Guards files of both engines: SQLite gives floats, PostgreSQL decimals."""
    assert decimals(2 if fixed else 4, fixed=fixed)[value] == text


def test_a_file_without_rows_is_its_header() -> None:
    assert file_of() == b"c0,c1\r\n"


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")))
def test_one_mark_taken_away_gives_what_was_there(text: str) -> None:
    """Guards whoever reads the file by a program: the mark hides nothing and can be told from an apostrophe."""
    (cell,) = inert([text])
    assert as_it_was(cell) == text
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)
