"""What a comment of a register is understood to say, and, more than that, what it is not; the phrases are ours."""

import pytest

from armsdb.lib.comments import said_in
from armsdb.lib.readings import read_money


def fields(comment: str) -> dict[str, object]:
    return {said.field: said.value for said in said_in(comment) if said.field}


@pytest.mark.parametrize(
    ("comment", "typed"),
    [
        ("$45 m deal", "45 million USD"),
        ("$45m deal", "45 million USD"),
        ("Deal worth $1.6 b", "1.6 billion USD"),
        ("$17-20 m deal", "17 to 20 million USD"),
        ("EUR12.6 m deal", "12.6 million EUR"),
        ("THB4 b ($120 m) deal", "4 billion THB"),
        ("For coast guard; SEK550 m deal; delivery planned 2027-2029", "550 million SEK"),
    ],
)
def test_the_sum_of_a_deal_is_understood(comment: str, typed: str) -> None:
    assert fields(comment) == {"value": read_money(typed, "contract")}


@pytest.mark.parametrize(
    "comment",
    [
        "Part of $45 m deal",
        "part of EUR7 m deal",
        "Probably $45 m deal",
        "$45 m deal (incl 8 launchers)",
        "Up to $45 m deal",
        "$45 m",
        "$45 m aid",
        "$1.234 m deal",
        "$45 deal",
        "XYZ45 m deal",
        "EUR45 m deal; $51 m deal",
        "$45 m deal; part of $90 m aid programme",
        "$45 m deal; deal incl also 8 launchers",
        "$200-90 m deal",
        "45 m deal",
    ],
)
def test_a_sum_that_may_be_another_is_not(comment: str) -> None:
    """Guards against the sum of a package, a guess of the register, or one of two sums."""
    assert "value" not in fields(comment)


@pytest.mark.parametrize(
    ("comment", "condition"),
    [
        ("Second-hand", "second-hand"),
        ("For police; second-hand", "second-hand"),
        ("Second-hand but modernized before delivery", "second-hand-modernised"),
        ("second-hand and modernised before delivery", "second-hand-modernised"),
        ("Probably second-hand", None),
        ("Possibly second-hand", None),
        ("Second-hand but possibly modernized before delivery", None),
        ("Second-hand (but only few years old)", None),
        ("Second-hand X-1 rebuilt to X-2", None),
        ("Second-hand; modernized before delivery", None),
        ("Not second-hand", None),
        ("Second-hand; second-hand but modernized before delivery", None),
    ],
)
def test_second_hand_is_understood_where_it_is_plainly_so(comment: str, condition: str | None) -> None:
    assert fields(comment).get("condition") == condition


@pytest.mark.parametrize(
    ("comment", "nature"),
    [
        ("aid", "aid"),
        ("Second-hand; aid", "aid"),
        ("'XYZ' aid", "aid"),
        ("probably aid", None),
        ("possibly aid", None),
        ("financed by US aid", None),
        ("part of $15 m aid", None),
        ("aided by a third state", None),
    ],
)
def test_aid_is_understood_where_it_is_plainly_so(comment: str, nature: str | None) -> None:
    assert fields(comment).get("nature") == nature


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("financed by Norland", "Financed by Norland"),
        ("Financed by aid from South Norland", "Financed by South Norland"),
        ("ordered via Norland", "By way of Norland"),
        ("Bought via Norland from Norland production line", "By way of Norland"),
        ("XY-29B version", "The version XY-29B"),
        ("Mk-2 Block-4 version", "The version Mk-2 Block-4"),
        ("financed by Norland or Southland", None),
        ("probably financed by Norland", None),
        ("ordered via Norland and Southland", None),
        ("ordered via a company", None),
        ("possibly sold via Norland", None),
        ("export version", None),
        ("probably XY-29B version", None),
        ("Probably XY-29B version", None),
        ("Possibly Eagle version", None),
    ],
)
def test_what_has_no_field_is_told_and_no_more(comment: str, told: str | None) -> None:
    """Guards against a name where the register leaves open who it was."""
    said = said_in(comment)
    assert [one.told for one in said] == ([told] if told else [])
    assert not any(one.field for one in said)


def test_phrases_are_told_in_their_order_with_their_words() -> None:
    said = said_in("XY-29B version;  financed by Norland; $45 m deal; (made up; not known)")
    assert [one.phrase for one in said] == ["XY-29B version", "financed by Norland", "$45 m deal"]


@pytest.mark.parametrize(
    "comment", ["", ";" * 3000, "(((;", "a;(" * 3000, "a" * 100_000, "$" * 50_000, "A " * 50_000 + "version"]
)
def test_odd_comments_say_nothing_and_take_no_time(comment: str) -> None:
    assert said_in(comment) == []
