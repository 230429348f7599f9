"""Networks: every link is drawn or counted, what is disputed looks so, and no word runs into another."""

import pytest

from armsdb.charts.forms import SMALL
from armsdb.charts.linked import groups_of
from armsdb.charts.network import network_picture

from .builders import off_the_sheet, overlapping
from .numbers import ARTICLES, HERELAND, NETWORKS, SOMEBODY, THERELAND, link

FORMS = ("wide", "narrow")


def drawing_of(name, form):
    (panel,) = network_picture(*NETWORKS[name])["panels"]
    return panel["drawings"][form]


def words(drawing):
    return [text["words"] for text in drawing["texts"]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["doubtful", "one", "many", "several"])
def test_words_never_overlap_and_everything_lies_on_the_sheet(name, form):
    drawing = drawing_of(name, form)
    assert overlapping(drawing) == []
    assert off_the_sheet(drawing) == []


@pytest.mark.parametrize("form", FORMS)
def test_what_finds_no_room_is_counted(form):
    """Guards against a hairball, and against a neighbour that nothing tells of."""
    told = words(drawing_of("many", form))
    drawn = sum(one.startswith("State ") for one in told)
    (more,) = [int(one.split()[1]) for one in told if one.startswith("and ")]
    assert drawn + more == 60 + 9
    assert drawn < 60


def test_what_is_disputed_is_told_apart():
    """Guards against a link that nobody doubts to the eye: one that is disputed alone is a double line."""
    picture = network_picture(*NETWORKS["doubtful"])
    kinds = [path["kind"] for path in picture["panels"][0]["drawings"]["wide"]["paths"]]
    assert kinds.count("link doubted") == kinds.count("link hollow") == 3
    assert picture["key"]["disputed_links"]
    assert picture["key"]["disputed_parts"]
    assert "Thereland 9 + 2" in words(picture["panels"][0]["drawings"]["wide"])
    assert "(1 with disputed facts)" in picture["panels"][0]["finding"]


def test_datasets_are_never_added_up():
    """Guards against a line as thick as two registers that tell of the same deliveries."""
    links = [
        link("transfers", THERELAND, HERELAND, reported=3),
        link("transfers", THERELAND, HERELAND, dataset=ARTICLES, reported=4),
    ]
    (panel,) = network_picture([HERELAND], links)["panels"]
    assert "Thereland 4" in words(panel["drawings"]["wide"])
    assert "7" not in panel["finding"]


def test_the_same_links_make_the_same_drawing():
    """Guards against a picture that moves each time it is opened, or with the order of rows."""
    centres, links = NETWORKS["several"]
    assert network_picture(centres, links) == network_picture(centres, links[::-1])


def test_links_between_two_in_the_middle_stand_in_a_group_of_their_own():
    centres, links = NETWORKS["several"]
    between = [group for group in groups_of(centres, links) if group.way == "between"]
    assert [(group.kind, len(group.members)) for group in between] == [("transfers", 2), ("part", 1)]


def test_nothing_makes_no_drawing():
    assert network_picture([SOMEBODY], [])["panels"][0]["drawings"] == {}


def test_a_small_drawing_is_small():
    (panel,) = network_picture(*NETWORKS["many"], [SMALL])["panels"]
    assert panel["drawings"]["small"]["height"] < 260
