"""What the comment of a register's row says where its words leave no doubt, for an editor to look at.

Registers put into one text what has fields of its own here: `$45 m deal; second-hand; financed by Norland`. A comment
is a list of phrases; a phrase is understood as a whole or not at all, and one that is hedged, that tells of a part of
something, or that stands beside another of its kind, is not understood. Nothing is written from this.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.lib import currencies
from armsdb.lib.numbers import Money, NumberError
from armsdb.lib.reading_words import reading_of
from armsdb.lib.readings import read_money
from armsdb.lib.vocab import Condition, Nature, ValueBasis


@dataclass(frozen=True)
class Said:
    """What one phrase says: in words, and the field and the value that it would give; no field where there is none."""

    phrase: str
    told: str
    field: str = ""
    value: Any = None


_NUMBER = r"[0-9]+(?:\.[0-9]{1,2})?"
_SUM = re.compile(
    rf"(?:deal\ worth\ )?(?P<currency>\$|[A-Z]{{3}})\ ?(?P<low>{_NUMBER})(?:-(?P<high>{_NUMBER}))?\ ?(?P<unit>[mb])"
    rf"(?:\ \(\$\ ?{_NUMBER}(?:-{_NUMBER})?\ ?[mb]\))?(?P<deal>\ deal)?",
    re.VERBOSE,
)
_UNITS = {"m": "million", "b": "billion"}
#: Another sum, or more words of a deal, in the comment: then the sum may be that of something else than this line.
_OTHER_SUM = re.compile(r"(?:\$|\b[A-Z]{3}) ?[0-9]|\b[Dd]eal\b")
_AID = re.compile(r"(?:'[^';]+' )?aid", re.IGNORECASE)
_SECOND_HAND = re.compile(r"second-hand(?P<modernised> (?:but|and) moderni[sz]ed before delivery)?", re.IGNORECASE)
#: What says more of it elsewhere in the comment: then it is not plainly one of the two.
_SECOND_HAND_TOO = re.compile(r"second-hand|moderni[sz]ed|rebuilt|refurbished|upgraded", re.IGNORECASE)
#: Names are words with capital letters; “or” and “and” between them leave open who it was.
_NAME = r"(?P<name>(?:[A-Z][\w.'&-]*)(?: (?:[A-Z][\w.'&-]*|of|the))*)"
_FINANCED = re.compile(rf"[Ff]inanced by (?:aid from )?{_NAME}")
_VIA = re.compile(rf"(?P<how>[Oo]rdered|[Bb]ought|[Ss]old|[Ll]eased) via {_NAME}(?: from [\w ]+ production line)?")
#: A designation has a digit or an abbreviation in its first word, which no hedge has.
_VERSION = re.compile(r"(?P<name>(?=\S*(?:[0-9]|[A-Z]{2}))[\w/.+-]+(?: [\w/.+-]+){0,2}) version")


def said_in(comment: str) -> list[Said]:
    """What the phrases of a comment say, in their order; a field about which two of them speak is left out."""
    phrases = [" ".join(phrase.split()) for phrase in _phrases(comment)]
    found = [said for phrase in phrases for said in _understood(phrase, phrases)]
    fields = [said.field for said in found]
    return [said for said in found if not said.field or fields.count(said.field) == 1]


def _phrases(comment: str) -> Iterator[str]:
    """Cut a comment at its semicolons; those inside brackets belong to their phrase."""
    depth, begin = 0, 0
    for place, letter in enumerate(comment):
        if letter == ";" and not depth:
            yield comment[begin:place]
            begin = place + 1
        depth = max(depth + (letter == "(") - (letter == ")"), 0)
    yield comment[begin:]


def _understood(phrase: str, phrases: list[str]) -> Iterator[Said]:
    for read in _READERS:
        said = read(phrase, [other for other in phrases if other is not phrase])
        if said is not None:
            yield said


def _value(phrase: str, others: list[str]) -> Said | None:
    """The sum of a deal. Registers that write a bare $ mean US dollars, and set them behind other currencies."""
    found = _SUM.fullmatch(phrase[:1].lower() + phrase[1:] if phrase.startswith("Deal") else phrase)
    if not found or not (found["deal"] or phrase.lower().startswith("deal worth")):
        return None
    currency = "USD" if found["currency"] == "$" else found["currency"]
    if currency not in currencies.NAMES or any(map(_OTHER_SUM.search, others)):
        return None
    number = found["low"] + (f" to {found['high']}" if found["high"] else "")
    try:
        money: Money | None = read_money(f"{number} {_UNITS[found['unit']]} {currency}", ValueBasis.CONTRACT)
    except (NumberError, ValueError):
        return None
    return Said(phrase, reading_of(money).removesuffix("."), "value", money)


def _condition(phrase: str, others: list[str]) -> Said | None:
    found = _SECOND_HAND.fullmatch(phrase)
    if not found or any(map(_SECOND_HAND_TOO.search, others)):
        return None
    value = Condition.SECOND_HAND_MODERNISED if found["modernised"] else Condition.SECOND_HAND
    return Said(phrase, capfirst(str(value.label)), "condition", value.value)


def _nature(phrase: str, others: list[str]) -> Said | None:
    return Said(phrase, capfirst(str(Nature.AID.label)), "nature", Nature.AID.value) if _AID.fullmatch(phrase) else None


def _financed(phrase: str, others: list[str]) -> Said | None:
    found = _FINANCED.fullmatch(phrase)
    return Said(phrase, _("Financed by %(name)s") % {"name": found["name"]}) if found else None


def _via(phrase: str, others: list[str]) -> Said | None:
    found = _VIA.fullmatch(phrase)
    return Said(phrase, _("By way of %(name)s") % {"name": found["name"]}) if found else None


def _version(phrase: str, others: list[str]) -> Said | None:
    found = _VERSION.fullmatch(phrase)
    return Said(phrase, _("The version %(name)s") % {"name": found["name"]}) if found else None


_READERS: tuple[Callable[[str, list[str]], Said | None], ...] = (
    _value,
    _condition,
    _nature,
    _financed,
    _via,
    _version,
)
