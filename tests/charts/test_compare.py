"""Side by side: one scale for all, the same years, and nothing that runs into another."""

import pytest

from armsdb.charts.forms import SMALL

from .builders import off_the_sheet, overlapping
from .numbers import COMPARED, at, by_time, compared, side_by_side

FORMS = ("wide", "narrow")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", COMPARED)
def test_words_never_overlap_and_everything_lies_on_the_sheet(name, form):
    for panel in side_by_side(COMPARED[name])["panels"]:
        assert overlapping(panel["drawings"][form]) == []
        assert off_the_sheet(panel["drawings"][form]) == []


@pytest.mark.parametrize("form", FORMS)
def test_all_have_one_scale(form):
    """Guards against a small number that looks as great as a great one."""
    few, many = by_time(at(2001, delivered_reported=30)), by_time(at(2001, delivered_reported=60))
    (panel,) = side_by_side([compared("Few", few), compared("Many", many)])["panels"]
    low, high = panel["drawings"][form]["bars"]
    assert high["height"] == pytest.approx(2 * low["height"], rel=0.05)
    assert high["x"] == low["x"]


def test_each_dataset_has_a_drawing_and_who_has_nothing_there_is_told():
    first, second = side_by_side(COMPARED["doubtful"])["panels"]
    words = [{text["words"] for text in panel["drawings"]["wide"]["texts"]} for panel in (first, second)]
    assert {"Hereland: 37", "Nowhere: 0", "none with a date in these years"} <= words[0]
    assert {"Hereland: 0", "Nowhere: 2"} <= words[1]
    assert first["finding"].startswith("A register: Hereland 37 transfers (3 disputed); ")


def test_nothing_with_a_date_makes_no_drawing():
    (panel,) = side_by_side([compared("Hereland", by_time(at(None, delivered_reported=2)))])["panels"]
    assert (panel["drawings"], panel["finding"]) == ({}, "A register: Hereland 2 transfers.")


def test_the_small_one_shows_columns_alone():
    (panel, _other) = side_by_side(COMPARED["doubtful"], forms=[SMALL])["panels"]
    drawing = panel["drawings"]["small"]
    assert overlapping(drawing) == []
    assert not drawing["faded"]


def test_the_small_one_does_not_say_that_what_is_vague_has_no_date():
    (panel,) = side_by_side([compared("Hereland", by_time(at("2003/2006", delivered_reported=4)))], forms=[SMALL])[
        "panels"
    ]
    words = [text["words"] for text in panel["drawings"]["small"]["texts"]]
    assert words == ["Hereland: 4", "none told for a single year"]
