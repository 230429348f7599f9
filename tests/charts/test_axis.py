"""The time axis of two countries: what is drawn lies where the dates let it, and no words run into others."""

from datetime import date
from typing import Any

import pytest

from armsdb.charts.axis import relation_axis
from armsdb.charts.items import letter
from armsdb.charts.lanes import pack
from armsdb.charts.scale import Scale, bounds_of
from armsdb.charts.spans import Span, spans_of, year_of
from armsdb.charts.words import cut, width_of
from armsdb.lib import dates
from armsdb.models import Sanction, Transfer

from .builders import DRAWINGS, HERE, THERE, crowd, event, fact, figure, line, off_the_sheet, overlapping


def drawn(*there: Transfer, back: tuple[Transfer, ...] = (), **more: Any) -> dict[str, Any]:
    axis = relation_axis(HERE, THERE, there=there, back=back, **more)
    assert axis is not None
    return axis


# Dates


@pytest.mark.parametrize(
    ("edtf", "span"),
    [
        ("2019", (2019, 2020, 0.2, 0.2)),
        ("200X", (2000, 2010, 2, 2)),
        ("2000/2009", (2000, 2010, 2, 2)),
        ("2013/2020", (2013, 2021, 1, 1)),
        ("2020/2021", (2020, 2022, 0.9, 0.9)),
        ("2021-07-02/..", (2021.5, None, 0, 0)),
        ("../2023-12", (None, 2024, 0, 0.085)),
        ("[2017,2019]", (2017, 2020, 0.6, 0.6)),
    ],
)
def test_an_end_is_as_soft_as_it_is_vague(edtf, span):
    """A vague end that would look sharp, or an open one that would be given a date."""
    (found,) = spans_of(dates.parse(edtf))
    for value, expected in zip((found.first, found.last, found.soft_first, found.soft_last), span, strict=True):
        assert value == (expected if expected is None else pytest.approx(expected, abs=0.01))


def test_a_day_has_sharp_ends_unless_it_is_about():
    assert spans_of(dates.parse("2021-03-27"))[0].soft_first == 0
    assert spans_of(dates.parse("2021-03-27~"))[0].soft_first > 0


def test_a_set_in_braces_is_all_of_its_members():
    """Years told apart that would be drawn as one stretch, the years between them included."""
    assert [(span.first, span.last) for span in spans_of(dates.parse("{2013,2019}"))] == [(2013, 2014), (2019, 2020)]


def test_days_are_to_scale():
    assert year_of(date(2021, 1, 1)) == 2021
    assert year_of(date(2020, 7, 2)) == pytest.approx(2020.5)


# Scale


def test_an_open_end_fades_until_the_end_of_the_axis():
    """Guards against what began and may go on, drawn as if it had stopped a year later."""
    scale = Scale((2000, 2010), low=0, high=100, reach=30)
    stretch = scale.stretch(Span(2005, None))
    assert (stretch.first, stretch.last, stretch.soft_first, stretch.soft_last) == (50, 100, 0, 55)
    assert scale.stretch(Span(2009, None)).last == 100
    assert scale.stretch(Span(None, 2001)).first == 0


def test_the_axis_begins_and_ends_with_what_is_known():
    lines = relation_axis(HERE, THERE, there=[line(delivered="2003/2004"), line(delivered="2011-05/..")], back=[])
    assert lines is not None
    assert "2003 to 2013" in lines["title"]
    assert bounds_of([]) is None


def test_things_in_one_lane_keep_apart_and_the_first_wins():
    packed = pack([(0, 10, "a"), (5, 15, "b"), (12, 20, "c"), (3, 4, "d")], most=2, gap=2)
    assert (packed.lanes, packed.left_out) == ([["a", "c"], ["b"]], 1)
    assert pack([(0, 10, "a")], most=2, gap=2, taken=5).lanes == [[], ["a"]]


def test_words_are_cut_between_words():
    assert cut("short", 10) == "short"
    assert cut("Parts for missiles, type not given", 20) == "Parts for missiles…"
    assert width_of("", 14) == 0
    assert width_of("မြန်မာ", 10) > width_of("Burma.", 10)


def test_marks_are_named_like_columns_of_a_sheet():
    assert [letter(place) for place in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


# Drawings


def test_nothing_with_a_date_makes_no_drawing():
    """An empty axis that would look as if nothing had happened in its years."""
    assert relation_axis(HERE, THERE, there=[], back=[]) is None
    assert relation_axis(HERE, THERE, there=[line()], back=[]) is None


def test_one_line_is_a_drawing():
    axis = drawn(line(delivered="2019"))
    assert [len(axis[name]["bars"]) for name in DRAWINGS] == [1, 1]
    assert "Hereland to Thereland, transfers with a date: 1; the first Tanks (2019)" in axis["finding"]
    assert "Thereland to Hereland: no transfer with a date." in axis["finding"]


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("number", [1, 2, 17, 60])
def test_words_never_overlap_and_everything_lies_on_the_sheet(name, number):
    """A drawing that cannot be read, or that is cut off."""
    lines = crowd(number)
    drawing = drawn(
        *lines,
        back=tuple(crowd(number)),
        figures=[figure("2001/2015"), figure("2016-02-02/2016-03-04", "Paid under contracts of a very long name " * 2)],
        visits=[event(f"{2000 + at}-0{1 + at % 9}") for at in range(number % 20)] + [event("2003/2009")],
        sanctions=[fact(Sanction, "No arms", imposed="2014-03-17")],
        guides=[event("2014-02", kind="war", name="A war"), event("2015-01-01", kind="coup", name="A coup " * 9)],
    )[name]
    assert overlapping(drawing) == []
    assert off_the_sheet(drawing) == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_finds_no_room_is_counted_and_stands_in_the_table(name):
    """Lines that a full drawing would lose without a word."""
    axis = drawn(*crowd(60), *crowd(60))
    shown = [bar for bar in axis[name]["bars"] if bar["shape"] in ("delivered", "ordered", "talks")]
    assert axis[name]["left_out"] > 0
    assert len(axis["rows"]) == 120
    # A set of two years has two bars.
    sets = sum(len(item.spans) - 1 for item in axis["rows"])
    assert 120 - axis[name]["left_out"] <= len(shown) <= 120 - axis[name]["left_out"] + sets
    assert any(f"(+{axis[name]['left_out']})" in text["words"] for text in axis[name]["texts"])


@pytest.mark.parametrize("name", DRAWINGS)
def test_stage_grade_and_way_have_forms_of_their_own(name):
    """Talks that look like a delivery, a denial that cannot be seen, a way back that looks like the way there."""
    axis = drawn(
        line(1, delivered="2010"),
        line(2, ordered="2012"),
        back=(line(3, talked="../2013", evidence="disputed"),),
    )
    forms = {(bar["shape"], bar["grade"], bar["back"]) for bar in axis[name]["bars"]}
    assert forms == {("delivered", "reported", False), ("ordered", "reported", False), ("talks", "disputed", True)}
    assert axis["key"] == {
        "shapes": ["delivered", "ordered", "talks"],
        "grades": ["reported", "disputed"],
        "back": "the way back",
    }
    thick = {bar["shape"]: min(bar["width"], bar["height"]) for bar in axis[name]["bars"]}
    assert thick["ordered"] < thick["delivered"]


@pytest.mark.parametrize("name", DRAWINGS)
def test_bars_and_fades_belong_together(name):
    """A bar whose soft end is drawn by nothing."""
    drawing = drawn(*crowd(20))[name]
    assert {bar["fade"] for bar in drawing["bars"]} - {""} == {fade["name"] for fade in drawing["fades"]}
    assert all(0 <= fade["first"] <= fade["last"] <= 100 for fade in drawing["fades"])


def test_an_interval_is_never_a_spike():
    """A visit “at some time from 2013 to 2020” that would stand on a day of ours."""
    axis = drawn(line(delivered="2010/2015"), visits=[event("2014-05"), event("2013/2020")])
    assert [item.shape for item in axis["rows"][1:]] == ["span", "moment"]
    assert [item.number for item in axis["rows"][1:]] == ["a", "b"]


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_was_only_expected_has_a_form_of_its_own(name):
    """Guards against plans that look like what took place, by the status of the event and not by its words."""
    axis = drawn(
        line(delivered="2010/2015"),
        visits=[
            event("2014-05", name="Expected by its name"),
            event("2014-05", status="expected"),
            event("2012/2014", status="expected"),
        ],
    )
    assert [item.shape for item in axis["rows"][1:]] == ["expected-span", "expected", "moment"]
    assert sorted(path["kind"] for path in axis[name]["paths"] if "diamond" in path["kind"]) == [
        "diamond expected",
        "diamond moment",
    ]
    assert "expected-span" in {bar["shape"] for bar in axis[name]["bars"]}
    assert axis["key"]["shapes"] == ["delivered", "moment", "expected", "expected-span"]
    assert ["expected" in item.kind for item in axis["rows"]] == [False, True, True, False]


def test_figures_with_a_period_are_brackets_and_others_are_not_drawn():
    figures = [figure("2001/2015"), figure("2001/.."), figure("2010"), figure(None)]
    axis = drawn(line(delivered="2010"), figures=figures)
    assert [item.fact for item in axis["rows"] if item.shape == "bracket"] == figures[:1]


def test_a_sum_is_drawn_in_the_words_of_those_who_say_so():
    """Guards against a claim that reads as a fact where there is no margin beside it."""
    (told,) = [
        item for item in drawn(line(delivered="2010"), figures=[figure("2001/2015")])["rows"] if item.label[0] == "5"
    ]
    assert told.label == "5 m USD, according to Report C: So much was paid"


def test_guides_are_the_last_turns_that_begin_on_a_told_day_or_month():
    """A war since some year that would be drawn as if its day were known, or one outside the axis."""
    guides = [
        event("2009-01", kind="coup", name="Coup of 2009"),
        event("2012-03-04", kind="war", name="A war begins"),
        event("2011/..", kind="war", name="A war"),
        event("2013", kind="war", name="Another war"),
        event("1962-03", kind="coup", name="An old coup"),
    ]
    axis = drawn(line(delivered="2005/2014"), guides=guides)
    assert axis["numbered"] == [("I", "Coup of 2009"), ("II", "A war begins, 4 Mar 2012")]


def test_what_lies_outside_the_axis_is_counted():
    axis = drawn(line(delivered="2010"), visits=[event("1988/.."), event("2011-01")])
    assert axis["before"] == 1


@pytest.mark.parametrize("names", [("A coup", "A war"), ("A coup", "A war of a name that finds no room beside it")])
def test_the_words_of_a_guide_stand_on_no_line_of_another(names):
    turns = [("2016-02", "coup", names[0]), ("2017-02", "war", names[1])]
    drawing = drawn(
        line(delivered="2001/2017"), guides=[event(date, kind=kind, name=name) for date, kind, name in turns]
    )
    wide = drawing["wide"]
    lines = [path["d"][1:].replace("V", " ").split() for path in wide["paths"] if path["kind"] == "guide"]
    words = [text["box"] for text in wide["texts"] if any(text["words"].startswith(name) for name in names)]
    assert (len(lines), len(words)) == (2, 2)
    for x, top, bottom in (map(float, place) for place in lines):
        for box in words:
            crosses = box["left"] < x < box["left"] + box["width"]
            assert not (crosses and top < box["top"] + box["height"] and bottom > box["top"])


def test_no_name_of_a_mark_stands_on_the_upright_axis():
    upright = drawn(line(delivered="2001/2017"), visits=[event("2016-02"), event("2016-06")])["upright"]
    (axis,) = [path["d"] for path in upright["paths"] if path["kind"] == "ax"]
    x = float(axis[1:].split()[0])
    for text in upright["texts"]:
        if text["words"] in ("a", "b"):
            assert not text["box"]["left"] <= x <= text["box"]["left"] + text["box"]["width"]


def test_words_that_a_guide_would_cut_stand_on_paper():
    """Guards against dotted lines through the names of what went."""
    shells = line(what="Mortar shells of a long name, type not given", delivered="2014-03/2017")
    shells.equipment.type_given = False
    drawing = drawn(
        line(2, delivered="2000/2001"),
        shells,
        guides=[event("2013-06-20", kind="coup", name="A coup")],
    )["wide"]
    words = {text["words"]: text for text in drawing["texts"]}
    name = words["Mortar shells of a long name"]  # that no type is given stands in the table
    (guide,) = [path["d"] for path in drawing["paths"] if path["kind"] == "guide"]
    assert name["box"]["left"] < float(guide[1:].partition(" ")[0]) < name["box"]["left"] + name["box"]["width"]
    assert (name["plate"], words["Tanks"]["plate"]) == (True, False)


def test_marks_on_phones_keep_apart_and_stand_under_no_direction():
    """Guards against diamonds that bite into each other, and against visits under the title of what came back."""
    upright = drawn(
        line(delivered="2000/2009"),
        line(2, delivered="2021-02/.."),
        back=tuple(line(number, delivered="2022/2023") for number in range(3, 9)),
        visits=[event(day) for day in ("2021-03-27", "2022-03-10", "2022-03-27", "2022-09-05")],
        sanctions=[fact(Sanction, "No arms", imposed="2022-03-26")],
    )["upright"]
    marks = [
        (float(x) - 5, float(y), 10.0, 10.0)
        for x, y in (path["d"][1:].partition("l")[0].split() for path in upright["paths"] if "diamond" in path["kind"])
    ]
    bars = [(bar["x"], bar["y"], bar["width"], bar["height"]) for bar in upright["bars"]]
    for at, (x, y, width, height) in enumerate(marks):
        for other_x, other_y, other_width, other_height in (*marks[at + 1 :], *bars):
            beside = x + width + 3 <= other_x or other_x + other_width + 3 <= x
            assert beside or y + height + 3 <= other_y or other_y + other_height + 3 <= y
    boxes = {text["words"]: text["box"] for text in upright["texts"]}
    assert boxes["to Hereland"]["left"] >= max(x + width for x, _y, width, _height in marks)
    assert "Visits and meetings; Sanctions" in boxes
