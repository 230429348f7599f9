"""Places in documents stand in the order in which a reader meets them."""

from armsdb.lib.locators import reading_order


def test_numbers_go_by_size_and_letters_by_the_alphabet():
    places = ["B2", "A10", "A2", "p. 9", "A2 (caption)", "p. 10", "a1"]
    assert sorted(places, key=reading_order) == ["a1", "A2", "A2 (caption)", "A10", "B2", "p. 9", "p. 10"]


def test_any_text_has_a_place_in_the_order():
    assert sorted(["²", "٣", "", "12"], key=reading_order)[0] == ""
