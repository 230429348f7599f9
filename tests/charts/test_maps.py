"""Maps: every country has a place or is told to have none, tints go by one key, and no number runs into another."""

import csv

import pytest

from armsdb.charts.maps import Mapped, in_words, map_picture, steps_of
from armsdb.charts.world import world
from armsdb.charts.world.projection import projected
from armsdb.importers.who import TABLES

from .builders import off_the_sheet, overlapping
from .numbers import CODES, MAPPED, REGISTER, share

FORMS = ("wide", "narrow")


def drawn(form="wide", mapped=MAPPED):
    return map_picture(mapped)["panels"][0]["drawings"][form]


def kinds(drawing):
    return {path.get("use", path["d"][:6]): path["kind"] for path in drawing["paths"] if path["kind"] != "here"}


def test_every_country_that_registers_name_has_a_place():
    """Guards against transfers that no map shows: small states, former ones, those that few recognise."""
    with (TABLES / "countries.csv").open(encoding="utf-8") as stream:
        codes = {row["alpha_4"] or row["alpha_2"] or row["id"] for row in csv.DictReader(stream)}
    unplaced = codes - world().shapes.keys() - world().places.keys()
    # Lands that nobody lives in or supplies.
    assert unplaced <= {"AQ", "BV", "GS", "HM", "SJ", "UM"}


FORMER = [("SUHH", "RU"), ("DDDE", "DE"), ("CSHH", "CZ"), ("YUCS", "RS"), ("YDYE", "YE")]


@pytest.mark.parametrize(("code", "land"), FORMER)
def test_a_former_state_stands_where_it_was(code, land):
    x, y = world().places[code]
    there = world().shapes[land].at
    assert abs(x - there[0]) < (260 if land == "RU" else 12)
    assert abs(y - there[1]) < 12


def test_the_map_is_where_the_world_is():
    assert projected(0, 0)[0] == pytest.approx(world().width / 2)
    assert world().shapes["AU"].at[1] > world().shapes["JP"].at[1]
    assert all(0 <= shape.at[0] <= world().width for shape in world().shapes.values())


@pytest.mark.parametrize("form", FORMS)
def test_words_never_overlap_and_everything_lies_on_the_sheet(form):
    assert overlapping(drawn(form)) == []
    assert off_the_sheet(drawn(form)) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_state_that_is_no_more_has_a_mark_and_leaves_its_lands_alone(form):
    """Guards against lines of the Soviet Union that look like Russia's, and lands shaded for a state of the past."""
    drawing = drawn(form)
    assert kinds(drawing)["RU"] == "shape step-4"
    assert kinds(drawing)["UA"] == "shape land"
    marks = [path for path in drawing["paths"] if "mark" in path["kind"]]
    assert len(marks) == 3
    assert sum("a" in path["d"] for path in marks) == 1, "the island is a dot, the others are squares"


def test_what_is_disputed_alone_is_hatched_and_the_rest_told_apart():
    drawing = drawn()
    assert kinds(drawing)["MM"] == "shape patterned"
    assert "Russia 40 + 2" in [text["words"] for text in drawing["texts"]]
    assert map_picture(MAPPED)["key"]["all_disputed"]


def test_what_is_not_on_the_map_is_told():
    """Guards against a total of the map that is less than that of the table, without a word."""
    finding = map_picture(MAPPED)["panels"][0]["finding"]
    assert "not on the map: Nowhere 1; not on the map: no country told 4" in finding


@pytest.mark.parametrize(
    ("greatest", "steps"),
    [(0, []), (1, ["1"]), (3, ["1", "2", "3"]), (50, ["1 to 3", "4 to 7", "8 to 19", "20 to 50"])],
)
def test_steps_leave_no_number_out(greatest, steps):
    assert [words for _name, words in in_words(steps_of(greatest))] == steps


def test_steps_are_those_of_all_maps_of_a_picture():
    """Guards readers who look from one dataset to the other."""
    few = Mapped(REGISTER, "Where they went", [share("myanmar", reported=2)], CODES)
    first, second = map_picture([*MAPPED, few])["panels"]
    assert kinds(first["drawings"]["wide"])["RU"] == "shape step-4"
    assert kinds(second["drawings"]["wide"])["MM"] == "shape step-1"


def test_nothing_that_has_a_place_makes_no_map():
    nobody = Mapped(REGISTER, "Where they went", [share("unknown", known=False, reported=2)], {})
    assert map_picture([nobody])["panels"][0]["drawings"] == {}


def test_on_phones_numbers_stand_for_names_and_are_told_below_the_map():
    """Guards against names of neighbours that stand on each other where a map is as narrow as a phone."""
    words = [text["words"] for text in drawn("narrow")["texts"]]
    listed = [one for one in words if " " in one]
    assert "1 Russia 40 + 2" in listed
    assert {one.split()[0] for one in listed} == {one for one in words if one.isdigit()}
    assert drawn("narrow")["height"] > drawn()["height"]
