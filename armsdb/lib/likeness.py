"""Words that are like a word: what somebody who mistyped it may have meant.

A typing error is a letter too many, one missing, a wrong one, or two neighbours the wrong way round. A word of five
letters may have one, a word of nine two; numbers and codes have none, since another number is another thing.

A known word is kept in three pieces. Two errors spoil two of them at most, so that at least one stands as it is in what
was typed: at its beginning, at its end, or, with an error on either side, at most one place off. So an index on each
piece finds every word within reach, and hardly any other, whatever the database.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

#: From so many letters on a word may have one error, or two.
ONE_ERROR, TWO_ERRORS = 5, 9
#: The shortest word that somebody may have meant: one letter shorter than the shortest that may have an error.
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
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
        return None
    length, end = len(word), _end(len(word))
    return Pieces(f"{length}{word[:end]}", f"{length}{word[end:-end]}", f"{length}{word[-end:]}")


def _end(length: int) -> int:
    """The letters of the first and of the last piece of a word of this length."""
    return max(2, length // 3)


def errors_allowed(word: str) -> int:
    """How many typing errors a word may have."""
    if not word.isalpha() or len(word) > LONGEST:
        return 0
    return (len(word) >= ONE_ERROR) + (len(word) >= TWO_ERRORS)


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
    errors = errors_allowed(word)
    for length in range(len(word) - errors, len(word) + errors + 1) if errors else ():
        if SHORTEST <= length <= LONGEST:
            yield length, errors


def distance(word: str, known: str) -> int:
    """How many typing errors lie between a word and a known one; one more than are allowed where there are more."""
    allowed = errors_allowed(word)
    return int(OSA.distance(word, known, score_cutoff=allowed)) if allowed else int(word != known)
