"""Made-up names of companies and equipment, as many as wanted, always the same.

A company has a word of its own and what it does; one in ten also has its name in Cyrillic, one in twenty a short name.
Equipment has a designation; every second one a word as well, such as "KV-312 Balder".
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kr", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z")
VOWELS = "aeiou"
CODAS = ("", "", "", "l", "m", "n", "r", "s", "t", "k")
TRADES = (
    *("Aerospace", "Shipyards", "Works", "Dynamics", "Defence Systems", "Arms Factory", "Optics", "Electronics"),
    *("Machine Plant", "Trading House", "Motors", "Holding", "Engineering", "Research Institute", "Munitions", "Radar"),
)
CYRILLIC = dict(zip("abdefghiklmnoprstuvz", "абдефгхиклмнопрстувз", strict=True))


@dataclass(frozen=True)
class Named:
    """Something with its id, its name and its other names."""

    public_id: str
    name: str
    others: list[str] = field(default_factory=list)


def companies(number: int) -> Iterator[Named]:
    """So many companies, of ids company-0 and on."""
    chance = random.Random("companies")
    for at in range(number):
        word, trade = _word(chance), chance.choice(TRADES)
        others = ["".join(CYRILLIC[letter] for letter in word).capitalize()] if at % 10 == 0 else []
        others += [f"{word[:2].upper()}{trade[0]}{at}"] if at % 20 == 0 else []
        yield Named(f"company-{at}", f"{word.capitalize()} {trade}", others)


def equipment(number: int) -> Iterator[Named]:
    """So many pieces of equipment, of ids equipment-0 and on."""
    chance = random.Random("equipment")
    seen: set[str] = set()
    at = 0
    while at < number:
        letters = "".join(chance.choices("ABCDEFGHKLMNPRSTUVWXYZ", k=chance.choice((1, 2, 2, 3))))
        designation = f"{letters}-{chance.randrange(1, 1000)}{chance.choice(('', '', 'A', 'M', 'MK'))}"
        word = _word(chance) if chance.random() < 0.5 else ""
        if designation not in seen:
            seen.add(designation)
            yield Named(f"equipment-{at}", f"{designation} {word.capitalize()}".strip())
            at += 1


def _word(chance: random.Random) -> str:
    """A word that can be pronounced, of two or three syllables."""
    syllables = chance.choice((2, 2, 3))
    return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS) for _ in range(syllables))
