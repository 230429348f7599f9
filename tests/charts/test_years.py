"""Transfers by year: no time is drawn that is not told, no disputed one is hidden, and no word is lost."""

from itertools import pairwise

import pytest

from armsdb.charts.numbers import Measure

from .builders import off_the_sheet, overlapping
from .golden import files
from .numbers import DOUBTFUL, GOLDEN, YEARS, at, by_time, years

FORMS = ("wide", "narrow")


def drawn(*rows, form="wide", **more):
    (panel,) = years(by_time(*rows), **more)["panels"]
    return panel["drawings"][form]


def words(drawing):
    return [text["words"] for text in drawing["texts"]]


def test_pictures_are_drawn_as_they_were():
    """Guards against a drawing that changes unseen; tests/charts/golden.py writes them anew."""
    found = dict(files())
    assert sorted(found) == sorted(path.name for path in GOLDEN.glob("*.svg"))
    assert [name for name, text in found.items() if (GOLDEN / name).read_text(encoding="utf-8") != text] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [name for name in YEARS if name not in ("nothing", "no-date")])
def test_words_never_overlap_and_everything_lies_on_the_sheet(name, form):
    for panel in years(*YEARS[name])["panels"]:
        assert overlapping(panel["drawings"][form]) == []
        assert off_the_sheet(panel["drawings"][form]) == []


def test_nothing_with_a_date_makes_no_drawing():
    """Guards against an empty axis that looks as if nothing had happened in its years."""
    assert years()["panels"] == []
    (panel,) = years(by_time(at(None, delivered_reported=3)))["panels"]
    assert (panel["drawings"], panel["finding"]) == ({}, "A register: 3 without a date.")


@pytest.mark.parametrize("form", FORMS)
def test_an_interval_of_years_is_a_band_and_never_a_column(form):
    """Guards against a spike in a year that nobody tells."""
    alone = drawn(at("2003/2006", delivered_reported=4), form=form)
    (bar,) = alone["bars"]
    assert bar["width"] > 5 * bar["height"]
    assert bar["fade"]
    both = drawn(at(2005, delivered_reported=1), at("2003/2006", delivered_reported=4), form=form)
    column, band = both["bars"]
    assert band["x"] <= column["x"] < column["x"] + column["width"] <= band["x"] + band["width"]
    assert band["y"] > column["y"] + column["height"]
    assert "4" in words(both)


def test_a_year_into_which_a_band_reaches_has_an_open_top():
    """Guards against a least number that looks like the number."""
    picture = years(
        by_time(at(2005, delivered_reported=1), at(2009, delivered_reported=1), at("2003/2006", ordered_reported=1))
    )
    (panel,) = picture["panels"]
    assert [path["kind"] for path in panel["drawings"]["wide"]["paths"]].count("more") == 1
    assert picture["key"]["open_top"]
    assert not years(by_time(at(2005, delivered_reported=1)))["key"]["open_top"]


def test_what_is_disputed_stands_on_top_and_is_told_apart():
    """Guards against a total that holds disputed transfers without a word."""
    drawing = drawn(at(2004, delivered_disputed=2, delivered_reported=5, talked_reported=1))
    assert "6 + 2" in words(drawing)
    assert [bar["grade"] for bar in drawing["bars"]] == ["reported", "reported", "disputed"]
    assert all(over["y"] < under["y"] for under, over in pairwise(drawing["bars"]))


def test_stages_have_forms_of_their_own():
    """Guards against talks, or an order, that look like a delivery."""
    delivered, ordered, talks = drawn(at(2005, delivered_reported=1, ordered_reported=1, talked_reported=1))["bars"]
    assert [bar["shape"] for bar in (delivered, ordered, talks)] == ["delivered", "ordered", "talks"]
    assert ordered["width"] < delivered["width"] / 2


def test_a_few_among_many_are_seen_and_few_look_like_few():
    drawing = drawn(at(2004, delivered_disputed=1, delivered_reported=5000))
    assert min(bar["height"] for bar in drawing["bars"]) >= 1
    assert max(bar["height"] for bar in drawn(at(2004, delivered_reported=1))["bars"]) < 30


def test_years_that_were_not_asked_for_are_counted_and_not_drawn():
    """Guards against years of which only some transfers answer: those that have a date in the years asked as well."""
    rows = by_time(
        at(2004, delivered_reported=2), at(2009, delivered_reported=3), at("2008/2012", delivered_reported=1)
    )
    (panel,) = years(rows, asked=(2000, 2006))["panels"]
    assert len(panel["drawings"]["wide"]["bars"]) == 1
    assert panel["outside"] == 4


@pytest.mark.parametrize("form", FORMS)
def test_bands_that_find_no_room_are_counted(form):
    drawing = drawn(*(at(f"19{50 + n}/2010", delivered_reported=n + 1) for n in range(30)), form=form)
    assert drawing["left_out"] > 0
    assert any(f"(+{drawing['left_out']})" in text for text in words(drawing))


def test_drawings_of_one_picture_have_the_same_years():
    """Guards readers who look from one dataset to the other."""
    first, second = years(*YEARS["sixty-years"])["panels"]
    written = [[word for word in words(panel["drawings"]["wide"]) if len(word) == 4] for panel in (first, second)]
    assert written[0] == written[1]


def test_the_finding_tells_the_numbers():
    (panel,) = years(DOUBTFUL)["panels"]
    assert panel["finding"] == (
        "A register: 23 in single years, most of them (7) in 2004; 8 over several years or open on a side; "
        "6 without a date; 3 of all these are disputed."
    )


@pytest.mark.parametrize(
    ("greatest", "ticks"),
    [(0, [0]), (1, [0, 1]), (4, [0, 1, 2, 3, 4]), (5, [0, 2, 4, 6]), (170, [0, 50, 100, 150, 200])],
)
def test_numbers_beside_columns_are_round(greatest, ticks):
    assert Measure(greatest, 100).ticks == ticks
