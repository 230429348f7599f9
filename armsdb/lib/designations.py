"""Designations: whether two names may mean the same equipment, by name alone.

A designation is compared by its parts, runs of letters and runs of digits: “MiG-29SE” is mig, 29, se. Numbers have to
be the same; long words may be spelt differently by a letter or so, short ones not, since AM and MM are two missiles.
"""

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz

from armsdb.lib import names

#: How alike two long words have to be, of 100, and from how many letters on a word is long.
ALIKE = 80
LONG = 5
#: The shortest word without a number that can be a designation by itself, such as “TOW”.
SHORTEST = 3

_BRACKETED = re.compile(r"\(([^()]*)\)")


class Likeness(IntEnum):
    """How two designations match; the closer, the higher."""

    NONE = 0
    #: One is the other with more said: MiG-29 and MiG-29SE, TOW and BGM-71 TOW.
    VARIANT = 1
    #: The same but for how words are spelt or ordered, or by another of their names.
    SPELLING = 2
    SAME = 3


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> Likeness:
    """How two designations match, each by any of the names that it is written with."""
    if names.key(one) == names.key(other):
        return Likeness.SAME
    found = [_compare(a, b) for a in _readings(one) for b in _readings(other)]
    return min(max(found, default=Likeness.NONE), Likeness.SPELLING)


@lru_cache(maxsize=65_536)
def _readings(designation: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a designation, of it without what is in brackets, and of names told together: “Project-877/Kilo”."""
    plain = _BRACKETED.sub(" ", designation)
    together = [_cut(text) for text in plain.split("/")]
    if not all(map(_stands_alone, together)):
        together = []  # a number of the same name, as in “Type-209/1400”
    others = [_cut(plain), *map(_cut, _BRACKETED.findall(designation)), *together]
    return tuple(dict.fromkeys([_cut(designation), *filter(_stands_alone, others)]))


def _cut(text: str) -> tuple[str, ...]:
    return tuple(names.parts(text))


def _stands_alone(parts: tuple[str, ...]) -> bool:
    """Whether this much of a designation is one: letters with a number, or a long enough word."""
    words = [part for part in parts if not part.isdigit()]
    return bool(words) and (len(words) < len(parts) or max(map(len, words)) >= SHORTEST)


def _compare(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long) and (_alike(short, long) or sorted(short) == sorted(long)):
        return Likeness.SAME
    if len(short) < len(long) and _stands_alone(short) and _is_within(short, long):
        return Likeness.VARIANT
    return Likeness.NONE


def _is_within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether all parts are in the longer one, in their order, each number behind what it belongs to.

    “Alouette-2” is within “SA-313B Alouette-2”, but M-1 is not within M-60A1.
    """
    at = 0
    for place, part in enumerate(short):
        before = short[place - 1] if place else ""
        while at < len(long) and not (_same_part(part, long[at]) and _belongs(part, before, long[:at])):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _belongs(part: str, before: str, rest: tuple[str, ...]) -> bool:
    return not part.isdigit() or not before or bool(rest and _same_part(before, rest[-1]))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return all(_same_part(a, b) for a, b in zip(one, other, strict=True))


def _same_part(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.isdigit() or min(len(one), len(other)) < LONG:
        return False
    ends_alike = one[-1] == other[-1] or one.startswith(other) or other.startswith(one)  # “KestrelA”, “KestrelB”
    return ends_alike and fuzz.ratio(one, other) >= ALIKE
