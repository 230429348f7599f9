"""Parquet files as we write them, read by pyarrow: the cells that went in come out, typed, whatever they are."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsdb.exporters import Kind
from armsdb.exporters.parquet import ROWS, Writer

#: Cells of each kind, few that come again and many that do not; those that are there.
CELLS = {
    Kind.TEXT: st.text(min_size=1).filter(str.strip) | st.sampled_from(["a", "Ж" * 90, "\0", "😀"]),
    Kind.WORD: st.sampled_from(["russia", "myanmar"]),
    Kind.NUMBER: st.decimals(-(10**19), 10**19, places=4).map(lambda number: format(number, "f")),
    Kind.WHOLE: st.integers(-(2**63), 2**63 - 1).map(str),
    Kind.DAY: st.dates().map(date.isoformat),
    Kind.MOMENT: st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    Kind.TRUTH: st.sampled_from(["true", "false"]),
}
#: What a cell means, as the reader gives it.
MEANT: dict[Kind, Any] = {
    Kind.TEXT: str,
    Kind.WORD: str,
    Kind.NUMBER: Decimal,
    Kind.WHOLE: int,
    Kind.DAY: date.fromisoformat,
    Kind.MOMENT: lambda cell: datetime.fromisoformat(cell).astimezone(UTC),
    Kind.TRUTH: lambda cell: cell == "true",
}


def written(kind: Kind, parts: Sequence[Sequence[str]]) -> bytes:
    """A file of one column, whose cells come in parts."""
    out = io.BytesIO()
    with Writer(out.write, {"told": kind}, {"title": "A file"}) as writer:
        for part in parts:
            writer.add([part])
    return out.getvalue()


def opened(kind: Kind, parts: Sequence[Sequence[str]]) -> pyarrow.parquet.ParquetFile:
    return pyarrow.parquet.ParquetFile(io.BytesIO(written(kind, parts)), page_checksum_verification=True)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.name)
@settings(deadline=None)
@given(data=st.data())
def test_what_went_in_comes_out(kind: Kind, data: st.DataObject) -> None:
    """Guards every cell: empty ones and lengths that fill no byte, few that come again and many that do not."""
    cell = st.just("") | CELLS[kind]
    parts = data.draw(st.lists(st.lists(cell, min_size=1, max_size=20), max_size=4))
    told = opened(kind, parts).read()["told"].to_pylist()
    assert told == [MEANT[kind](cell) if cell else None for part in parts for cell in part]


@pytest.mark.parametrize("number", [1, 2, 255, 256, 257, 4_095, 4_999, 5_001, ROWS])
def test_codes_of_every_width_come_out(number: int) -> None:
    """Guards the dictionary and the way without one: so many different cells, each as often as there is room."""
    cells = [f"cell {place % number}" for place in range(ROWS)]
    assert opened(Kind.TEXT, [cells]).read()["told"].to_pylist() == cells


def test_rows_go_into_groups_whose_ends_are_told() -> None:
    """Guards readers that skip groups by the least and the greatest cell, which nothing may lie outside of."""
    parts = [[str(place) for place in range(begin, begin + 900)] for begin in range(0, 22 * 900, 900)]
    told = opened(Kind.WHOLE, parts)
    assert told.read()["told"].to_pylist() == list(range(22 * 900))
    groups = [told.metadata.row_group(place) for place in range(told.num_row_groups)]
    assert [group.num_rows for group in groups] == [9_900, 9_900]
    assert [(one.min, one.max, one.null_count) for one in (group.column(0).statistics for group in groups)] == [
        (0, 9_899, 0),
        (9_900, 19_799, 0),
    ]


def test_the_ends_of_texts_go_by_bytes_and_long_ones_are_not_told() -> None:
    told = opened(Kind.TEXT, [["b", "", "Ж", "a"]]).metadata.row_group(0).column(0).statistics
    assert (told.min, told.max, told.null_count) == ("a", "Ж", 1)
    assert not opened(Kind.TEXT, [["b", "a" * 65]]).metadata.row_group(0).column(0).statistics.has_min_max


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Kind.NUMBER, "0.00001"),
        (Kind.NUMBER, "1" + 20 * "0"),
        (Kind.NUMBER, "ten"),
        (Kind.WHOLE, "1.5"),
        (Kind.WHOLE, str(2**63)),
        (Kind.DAY, "2021-02-30"),
        (Kind.MOMENT, "2021-02-01T00:00:00+06:30"),
        (Kind.TRUTH, "yes"),
    ],
)
def test_a_cell_that_its_column_cannot_hold_leaves_the_file_without_an_end(kind: Kind, cell: str) -> None:
    """Guards against a number that is told otherwise than it is, and a file that looks whole."""
    out = io.BytesIO()
    with pytest.raises((ValueError, KeyError, ArithmeticError)), Writer(out.write, {"told": kind}, {}) as writer:
        writer.add([[cell]])
    with pytest.raises(pyarrow.ArrowInvalid):
        pyarrow.parquet.ParquetFile(io.BytesIO(out.getvalue()))
