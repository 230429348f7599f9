"""Words that are like a word: which are, and that the pieces find every one of them."""

import random

import pytest

from armsdb.lib.likeness import LONGEST, Wanted, errors_allowed, nearest, pieces

LETTERS = "abcde"


@pytest.mark.parametrize(
    ("word", "known", "errors"),
    [
        ("", "tank", 0),
        ("tank", "tanc", 0),
        ("tank", "tanks", 1),
        ("tanks", "tank", 1),
        ("kalibers", "kalibres", 1),
        ("kalibers", "kalibersy", 2),
        ("kalashnik", "kalashn", 2),
        ("12345", "12346", 0),
        ("su30mk", "su30mki", 0),
        ("a" * LONGEST, "b" * LONGEST, 2),
        ("a" * (LONGEST + 1), "a" * LONGEST, 0),
    ],
)
def test_longer_words_may_have_more_errors(word, known, errors):
    assert errors_allowed(word, known) == errors_allowed(known, word) == errors


@pytest.mark.parametrize(
    ("word", "known", "errors"),
    [
        ("russia", "russia", None),
        ("rusia", "russia", 1),
        ("russsia", "russia", 1),
        ("rvssia", "russia", 1),
        ("rsusia", "russia", 1),
        ("rsusai", "russia", None),
        ("rosoboronexprt", "rosoboronexport", 1),
        ("rosobornexprt", "rosoboronexport", 2),
        ("rosobornxprt", "rosoboronexport", None),
        ("chna", "china", 1),
        ("tank", "tanc", None),
        ("su31", "su30", None),
    ],
)
def test_an_error_is_a_letter_or_two_neighbours(word, known, errors):
    assert nearest(word, ["stranger", known]) == ([(errors, known)] if errors else [])


def test_the_nearest_come_first():
    known = ["kalashnikov", "kalashnikow", "kalashnikaw", "kalaschnikow"]
    assert nearest("kalashnikow", known) == [(1, "kalaschnikow"), (1, "kalashnikaw"), (1, "kalashnikov")]


@pytest.mark.parametrize("word", ["", "abc", "su30", "a1b2c3", "b" * (LONGEST + 1)])
def test_short_words_and_codes_have_no_pieces(word):
    assert pieces(word) is None


def mistyped(dice: random.Random, word: str) -> str:
    at, letter = dice.randrange(len(word)), dice.choice(LETTERS)
    turned = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return dice.choice(
        [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], turned]
    )


def test_the_pieces_find_every_word_within_reach():
    """Twenty thousand random words with one or two errors: whatever may have been meant shares a piece."""
    dice = random.Random(4)
    tried = 0
    for _ in range(20_000):
        known = "".join(dice.choices(LETTERS, k=dice.randint(4, 16)))
        word = mistyped(dice, known)
        word = mistyped(dice, word) if dice.random() < 0.6 else word
        if nearest(word, [known]):
            cut, wanted = pieces(known), Wanted.of([word])
            assert cut
            assert cut.head in wanted.heads or cut.middle in wanted.middles or cut.tail in wanted.tails, (word, known)
            tried += 1
    assert tried > 10_000


def test_the_pieces_tell_strangers_apart():
    """Hardly any word that is not meant shares a piece: the index is read at few places."""
    dice = random.Random(5)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=10)) for _ in range(5_000)]
    wanted = Wanted.of(["rosoborone"])
    shared = [w for w in words if (cut := pieces(w)) and (cut.head in wanted.heads or cut.tail in wanted.tails)]
    assert len(shared) < 50
    assert len(wanted.heads | wanted.middles | wanted.tails) < 40
