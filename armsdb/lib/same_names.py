"""Whether two names are of one thing: how like they are, and whether it is safe to say that they are the same.

Safe are the same letters, the same words in another order, words that say nothing of who it is (a legal form, a title),
and few typing errors. A word more or less, another number, or a wrong letter in a short word is another thing as often
as a mistake: such names are like each other, and no more.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from armsdb.lib import names
from armsdb.lib.likeness import errors_allowed

#: Likeness of names with the same letters, with the same words, and what each error or word that is let go takes.
SAME, SAME_WORDS, OF_ERROR, OF_LOOSE = 100.0, 97.0, 4.0, 1.0
#: The most errors of a whole name that are safe; and from so many letters on a wrong one is rather an error.
SAFE_ERRORS, SAFE_TO_BE_WRONG = 2, 7
#: What is left of the likeness of letters where the words are not the same.
OF_LETTERS = 0.85
#: Words of English that names have or lack.
SMALL = frozenset({"a", "and", "of", "the", "for"})
#: Legal forms, which names have or lack.
FORMS = frozenset(
    (
        *("jsc", "ojsc", "pjsc", "cjsc", "llc", "llp", "ltd", "limited", "inc", "incorporated", "plc", "corp", "co"),
        *("gmbh", "ag", "sa", "spa", "srl", "bv", "nv", "oy", "ab", "as", "kg", "pte", "pty", "fgup", "gup", "fsue"),
        *("oao", "ao", "ooo", "pao", "zao"),
    )
)
#: What a name may be asked with that does not have it: kinds of company, and titles of people.
KINDS = frozenset(
    ("company", "corporation", "concern", "group", "holding", "state", "enterprise", "firm", "joint", "stock")
)
TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lord", "general", "gen", "senior", "major"),
        *("colonel", "col", "lieutenant", "marshal", "admiral", "captain", "president", "minister", "prime"),
        *("chairman", "director"),
    )
)
#: The end of the name of what has no designation.
NOT_GIVEN = (", type not given", ", kind not given")


@dataclass(frozen=True)
class Comparison:
    """How like two names are, from 0 to 100: `errors` are typing errors, `loose` words that were let go."""

    likeness: float
    errors: int = 0
    loose: int = 0
    is_safe: bool = False


_UNLIKE = Comparison(0.0)


def compare(asked: str, known: str) -> Comparison:
    """How like a name that is asked for is to a known one."""
    asked, known = _without_end(asked), _without_end(known)
    key, known_key = names.key(asked), names.key(known)
    if not key or not known_key:
        return _UNLIKE
    if key == known_key:
        return Comparison(SAME, is_safe=_has_letters(key) and bool(telling(asked)))
    words, known_words = telling(asked), _telling(known, SMALL | FORMS)
    let_go = len(names.fold(asked).split()) - len(words)
    errors = _errors_between(words, known_words)
    if errors is None:  # what a kind of company or a title is called may be part of the known name
        words = _telling(asked, SMALL | FORMS)
        let_go = len(names.fold(asked).split()) - len(words)
        errors = _errors_between(words, known_words)
    if errors is None or not telling(asked):
        return Comparison(round(OF_LETTERS * _letters_alike(key, known_key, words, known_words), 1))
    likeness = SAME_WORDS - OF_ERROR * errors.number - OF_LOOSE * min(let_go, 3)
    return Comparison(likeness, errors.number, let_go, errors.are_safe)


def telling(name: str) -> list[str]:
    """The words of a name that say who or what it is."""
    return _telling(name, SMALL | FORMS | KINDS | TITLES)


def _telling(name: str, others: frozenset[str]) -> list[str]:
    return [word for word in names.fold(names.POSSESSIVE.sub("", name)).split() if word not in others]


def _without_end(name: str) -> str:
    for end in NOT_GIVEN:
        name = name.removesuffix(end)
    return name


def _has_letters(key: str) -> bool:
    return any(letter.isalpha() for letter in key)


@dataclass(frozen=True)
class _Errors:
    number: int
    are_safe: bool


def _errors_between(words: Sequence[str], known: Sequence[str]) -> _Errors | None:
    """The typing errors between the words of two names, in whatever order; None where a word has no other."""
    if not words or len(words) != len(known):
        return None
    left, right = Counter(words), Counter(known)
    left, right = left - right, right - left
    rest = list(right.elements())
    number, safe = 0, any(_has_letters(word) for word in words)
    for word in left.elements():
        off, other = min(((OSA.distance(word, other), other) for other in rest), default=(0, ""))
        if not other or off > errors_allowed(word, other):
            return None
        rest.remove(other)
        number += off
        safe = safe and _is_rather_an_error(word, other, off)
    return _Errors(number, safe and number <= SAFE_ERRORS)


def _is_rather_an_error(word: str, other: str, off: int) -> bool:
    """Whether two words are rather one mistyped than two: a first letter is seldom wrong, a short word has others."""
    if word[0] != other[0]:
        return False
    has_wrong_letter = off == 1 and len(word) == len(other) and sorted(word) != sorted(other)
    return not has_wrong_letter or len(other) >= SAFE_TO_BE_WRONG


def _letters_alike(key: str, known_key: str, words: Sequence[str], known: Sequence[str]) -> float:
    """How like two names are by their letters, or by the words that they share."""
    return max(fuzz.ratio(key, known_key), 0.9 * fuzz.token_sort_ratio(" ".join(words), " ".join(known)))
