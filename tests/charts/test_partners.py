"""The lines of one country, partner by partner: named, counted, and never on top of each other."""

from typing import Any

import pytest

from armsdb.charts.partners import PARTNERS, partner_axis
from armsdb.models import Country, Transfer

from .builders import DRAWINGS, HERE, crowd, event, line, off_the_sheet, overlapping


def between(lines: list[Transfer], partners: int) -> list[Transfer]:
    """Lines of so many partners, each with a name of its own."""
    for at, transfer in enumerate(lines):
        name = f"Partner {at % partners} of a long name"
        transfer.supplier = transfer.recipient = Country(name=name, public_id=f"partner-{at % partners}")
    return lines


def drawn(received: list[Transfer], supplied: list[Transfer]) -> dict[str, Any]:
    guides = [
        event("2010-02", kind="coup", name="A coup"),
        event("2010-03-01", kind="war", name="A war of a long name"),
    ]
    axis = partner_axis(HERE, received=received, supplied=supplied, guides=guides)
    assert axis is not None
    return axis


def test_nothing_with_a_date_makes_no_drawing():
    assert partner_axis(HERE, received=[], supplied=between([line()], 1)) is None


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize(("number", "partners"), [(1, 1), (20, 3), (60, 1), (60, 30)])
def test_words_never_overlap_and_everything_lies_on_the_sheet(name, number, partners):
    drawing = drawn(between(crowd(number), partners), between(crowd(number), partners))[name]
    assert overlapping(drawing) == []
    assert off_the_sheet(drawing) == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_each_partner_is_named_with_the_number_of_its_lines(name):
    axis = drawn(between([line(at, delivered=str(2008 + at)) for at in range(6)], 2), [])
    words = [text["words"] for text in axis[name]["texts"]]
    assert words.count("3") == 2
    assert "Received by Hereland" in words
    assert "Supplied by Hereland" not in words
    assert axis["key"]["back"] == ""
    assert (
        axis["finding"]
        == "Received by Hereland, transfers with a date: 6, of 2 partners, most of Partner 0 of a long name."
    )


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_finds_no_room_is_counted(name):
    """Partners, or lines of one, that would be lost without a word."""
    axis = drawn(between(crowd(60), 30), [])
    words = [text["words"] for text in axis[name]["texts"]]
    assert f"and {30 - PARTNERS} more partners" in words
    assert axis[name]["left_out"] == 2 * (30 - PARTNERS)
    crowded = drawn(between([line(at, delivered="2010") for at in range(20)], 1), [])[name]
    assert "20 (+12)" in [text["words"] for text in crowded["texts"]]
