"""Differences of long texts, word by word."""

import time

import pytest

from armsdb.lib.word_differences import pieces_of

LONG = "The line was handed over in two parts, the first of them by sea, as the annex tells."


def joined(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def test_only_the_words_that_changed_are_told() -> None:
    """Guards the reader of a long comment of which two words are others."""
    after = LONG.replace("two parts", "three parts").replace(" by sea", "")
    pieces = pieces_of(LONG, after)
    assert [(piece.kind, piece.text.strip()) for piece in pieces if piece.kind != "same"] == [
        ("deleted", "two"),
        ("inserted", "three"),
        ("deleted", "them by sea,"),
        ("inserted", "them,"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG, LONG + " More."),
        (LONG, "Before it: " + LONG),
        (LONG, LONG.replace("first", "second")),
        (LONG + "\n\nSecond paragraph.", LONG + "\nAnother paragraph.\n"),
    ],
)
def test_the_pieces_are_the_two_texts(before: str, after: str) -> None:
    """Guards against words that are lost or made up on the way."""
    pieces = pieces_of(before, after)
    assert joined(pieces, "same", "deleted") == before
    assert joined(pieces, "same", "inserted") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("about 160", "up to 150"),
        ("", LONG),
        (LONG, ""),
        (LONG, "Nothing of this is kept here because another thing altogether is said now."),
        ("word " * 1001, "word " * 1000),
    ],
)
def test_what_is_short_long_or_another_text_is_told_whole(before: str, after: str) -> None:
    assert pieces_of(before, after) == []


def test_the_longest_texts_take_no_time() -> None:
    """Guards a page of changes against texts of many equal words."""
    begun = time.monotonic()
    for before, after in (("a b " * 500, "a c " * 500), (LONG * 50, LONG.replace("sea", "rail") * 50)):
        pieces = pieces_of(before, after)
        assert joined(pieces, "same", "deleted") in {before, ""}
    assert time.monotonic() - begun < 5
