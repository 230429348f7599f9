"""Words that are like a word: what somebody who mistyped it may have meant.

A typing error is a letter too many, one missing, a wrong one, or two neighbours the wrong way round. A word of five
letters may have one, a word of nine two, as it was meant or as it was typed; numbers and codes have none, since another
number is another thing.

A known word is kept in three pieces. Two errors spoil two of them at most, so that at least one stands as it is in what
was typed: at its beginning, at its end, or, with an error on either side, at most one place off. So an index on each
piece finds every word within reach, and hardly any other, whatever the database.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: From so many letters on a word may have one error, or two.
ONE_ERROR, TWO_ERRORS = 5, 9
MOST_ERRORS = 2
#: The shortest word that is typed or meant where there is an error: the other one has a letter more.
SHORTEST = ONE_ERROR - 1
#: Longer words are no names.
LONGEST = 40


@dataclass(frozen=True)
class Pieces:
    """Three pieces of a word, each with the length of the word before it, so that only words of one length compare."""

    head: str
    middle: str
    tail: str


@lru_cache(maxsize=8192)
def pieces(word: str) -> Pieces | None:
    """The pieces of a known word; None for one that nobody is taken to have mistyped."""
    if not can_be_mistyped(word):
        return None
    length, end = len(word), _end(len(word))
    return Pieces(f"{length}{word[:end]}", f"{length}{word[end:-end]}", f"{length}{word[-end:]}")


def _end(length: int) -> int:
    """The letters of the first and of the last piece of a word of this length."""
    return max(2, length // 3)


def can_be_mistyped(word: str) -> bool:
    """Whether a word, as typed or as meant, can have or be without an error."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def errors_allowed(word: str, known: str) -> int:
    """How many typing errors may lie between two words."""
    return _errors(max(len(word), len(known))) if can_be_mistyped(word) and can_be_mistyped(known) else 0


def _errors(length: int) -> int:
    return (length >= ONE_ERROR) + (length >= TWO_ERRORS)


@dataclass
class Wanted:
    """The pieces that a word has which somebody mistyped as one of some others."""

    heads: set[str]
    middles: set[str]
    tails: set[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Wanted":
        wanted = cls(set(), set(), set())
        for word in words:
            for length, errors in _lengths(word):
                wanted._add(word, length, errors)
        return wanted

    def _add(self, word: str, length: int, errors: int) -> None:
        """The pieces of the known words of this length that are within so many errors of a word."""
        end = _end(length)
        self.heads.add(f"{length}{word[:end]}")
        self.tails.add(f"{length}{word[-end:]}")
        if errors < 2:
            return
        # Two neighbours that changed places across a border spoil two pieces with one error.
        self.heads.add(f"{length}{word[: end - 1]}{word[end]}")
        self.tails.add(f"{length}{word[-end - 1]}{word[len(word) - end + 1 :]}")
        for start in (end - 1, end, end + 1):
            self.middles.add(f"{length}{word[start : start + length - 2 * end]}")


def _lengths(word: str) -> Iterator[tuple[int, int]]:
    """The lengths that a word may have been meant to have, with the errors that are allowed."""
    for length in range(SHORTEST, LONGEST + 1) if can_be_mistyped(word) else ():
        errors = _errors(max(length, len(word)))
        if errors and abs(length - len(word)) <= errors:
            yield length, errors


def nearest(word: str, known: Collection[str]) -> list[tuple[int, str]]:
    """The known words that somebody who typed a word may have meant, with the errors between, the fewest first."""
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=MOST_ERRORS, limit=None)
    return sorted((int(off), one) for one, off, _at in found if 0 < off <= errors_allowed(word, one))
