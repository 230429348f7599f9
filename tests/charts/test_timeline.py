"""The line of time: what is drawn lies in its years, what finds no room is counted, and nothing runs into another."""

import pytest

from armsdb.charts.forms import SMALL
from armsdb.charts.items import happened, lines
from armsdb.charts.timeline import Part

from .builders import crowd, event, line, off_the_sheet, overlapping
from .numbers import DOUBTFUL, TIMELINES, at, by_time, timeline

FORMS = ("wide", "narrow")


def drawn(parts, form="wide", **more):
    (panel,) = timeline(parts, **more)["panels"]
    return panel["drawings"][form]


def words(drawing):
    return [text["words"] for text in drawing["texts"]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TIMELINES)
def test_words_never_overlap_and_everything_lies_on_the_sheet(name, form):
    (parts,) = TIMELINES[name]
    assert overlapping(drawn(parts, form)) == []
    assert off_the_sheet(drawn(parts, form)) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_crowd_finds_room_or_is_counted(form):
    """Guards against transfers that are lost without a word."""
    own = lines(crowd(40))
    drawing = drawn([Part("Received by Hereland", own)], form, rows=[])
    assert overlapping(drawing) == []
    assert off_the_sheet(drawing) == []
    assert drawing["left_out"] == 0 or any(f"(+{drawing['left_out']})" in text for text in words(drawing))


def test_all_parts_have_the_same_years():
    """Guards readers who look from what came to what went, and from one dataset to the other."""
    drawing = drawn(
        [Part("Received", counted=[DOUBTFUL]), Part("Supplied", counted=[by_time(at(1990, delivered_reported=1))])]
    )
    years = [word for word in words(drawing) if len(word) == 4 and word.isdigit()]
    assert years[: len(years) // 2] == years[len(years) // 2 :]


def test_few_stand_one_by_one_and_many_are_counted():
    """Guards against a hairball, and against a number where a reader could have seen what it was."""
    few = drawn([Part("Received by Hereland", lines([line(1, what="Tanks", delivered="2003")]))])
    assert {"Received by Hereland: 1", "Tanks"} <= set(words(few))
    many = drawn([Part("Received by Hereland", counted=[DOUBTFUL])])
    assert {"Received by Hereland", "A register"} <= set(words(many))


def test_datasets_are_never_added_up():
    """Guards against a total of two registers that tell of the same deliveries."""
    one, other = by_time(at(1990, delivered_reported=3)), by_time(at(1990, delivered_reported=4))
    picture = timeline([Part("Received by Hereland", counted=[one, other])], rows=[])
    assert "7" not in words(picture["panels"][0]["drawings"]["wide"])
    assert "7" not in picture["panels"][0]["finding"]


def test_what_lies_beyond_the_years_asked_for_stands_in_no_table():
    rows = [("Visits", happened([event("1995-05-01"), event("2004-05-01")]))]
    own = [Part("Received", lines([line(1, delivered="2003")]))]
    picture = timeline(own, rows, asked=(2000, 2010))
    assert len(picture["items"]) == 2


def test_what_happened_is_named_by_letters_that_the_table_has():
    picture = timeline(TIMELINES["happened"][0])
    letters = {item.number for item in picture["items"]}
    assert letters == set("abcde")
    assert letters <= {word[0] for word in words(picture["panels"][0]["drawings"]["wide"])}
    assert picture["numbered"] == [("I", "Coup in Hereland, 19 Sep 2006")]


def test_nothing_with_a_date_makes_no_drawing():
    assert timeline([Part("Received", lines([line(1)]))], rows=[])["panels"] == []


def test_the_small_one_holds_less_and_hides_nothing():
    drawing = drawn([Part("Received by Hereland", lines(crowd(40)))], SMALL.name, forms=[SMALL])
    assert drawing["width"] == SMALL.width
    assert overlapping(drawing) == []
    assert drawing["left_out"] > 0
