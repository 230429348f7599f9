"""Bars and flows: what is folded is counted, what is disputed is told apart, and no word runs into another."""

import pytest

from armsdb.charts.bars import MOST, bars_picture, folded
from armsdb.charts.flows import flows_picture
from armsdb.models.tallied import Shares

from .builders import off_the_sheet, overlapping
from .numbers import FLOWS, REGISTER, SHARES, flows, share

FORMS = ("wide", "narrow")
DRAWN = [
    *((bars_picture, SHARES[name]) for name in ("doubtful", "one", "many")),
    *((flows_picture, FLOWS[name]) for name in ("doubtful", "one", "many")),
]


def words(drawing):
    return [text["words"] for text in drawing["texts"]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("draw", "tallied"), DRAWN)
def test_words_never_overlap_and_everything_lies_on_the_sheet(draw, tallied, form):
    for panel in draw(tallied)["panels"]:
        assert overlapping(panel["drawings"][form]) == []
        assert off_the_sheet(panel["drawings"][form]) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_rest_is_folded_with_its_count_and_its_number(form):
    """Guards against forty bars, and against countries that are lost without a word."""
    (told, _other) = SHARES["many"]
    most, others, unknown = folded(told.rows)
    assert (len(most), unknown) == (MOST, [])
    assert others is not None
    assert sum(row.number for row in (*most, others)) == sum(row.number for row in told.rows)
    drawing = bars_picture([told])["panels"][0]["drawings"][form]
    assert "48 others" in words(drawing)


def test_one_more_than_most_is_not_folded():
    """Guards against a fold that takes as much room as what it hides."""
    rows = [share(f"land-{n}", reported=1) for n in range(MOST + 1)]
    assert folded(rows) == (rows, None, [])


@pytest.mark.parametrize("form", FORMS)
def test_what_is_disputed_is_drawn_last_and_told_apart(form):
    """Guards against a number that holds disputed transfers without a word."""
    drawing = bars_picture(SHARES["doubtful"])["panels"][0]["drawings"][form]
    assert "15 + 2" in words(drawing)
    russia = drawing["bars"][:3]
    assert [bar["grade"] for bar in russia] == ["documented", "reported", "disputed"]
    assert russia[0]["x"] < russia[1]["x"] < russia[2]["x"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["doubtful", "one", "many"])
def test_no_transfer_is_lost_between_both_sides(name, form):
    """Guards against ribbons that are broader or narrower than the countries at which they end."""
    told = FLOWS[name][0]
    drawing = flows_picture([told])["panels"][0]["drawings"][form]
    assert sum(row.number for row in told.suppliers) == sum(row.number for row in told.rows)
    lengths = dict.fromkeys({bar["x"] for bar in drawing["bars"]}, 0.0)
    for bar in drawing["bars"]:
        lengths[bar["x"]] += bar["height"]
    left, right = (lengths[x] for x in sorted(lengths))
    assert left == pytest.approx(right, rel=0.05)


def test_disputed_transfers_have_ribbons_of_their_own():
    picture = flows_picture([flows(("Russia", "Myanmar", {"reported": 3, "disputed": 1}))])
    paths = picture["panels"][0]["drawings"]["wide"]["paths"]
    assert [(path["kind"], path["fill"]) for path in paths] == [("flow", ""), ("flow patterned", "disputed")]
    assert picture["key"]["disputed_ribbons"]


def test_nothing_makes_no_drawing():
    assert bars_picture([])["panels"] == flows_picture([])["panels"] == []
    assert bars_picture([Shares(REGISTER, [])])["panels"][0]["drawings"] == {}
