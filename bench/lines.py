"""Lines of a made-up register of any length, always the same for the same number; nothing here knows of a database.

They are skewed as those of real registers are: the largest supplier has 26 in 100 of them, most companies have hardly
any; dates are years, months, days, spans, open or missing; a fifth of the lines tells its deliveries apart.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1950, 2025
COUNTRIES, DATASETS, SOURCES, PUBLISHERS, GROUPS = 250, 6, 200, 60, 20

#: The word that stands in the comment of 24 lines in 100, and in no name.
BROAD_WORD, BROAD_SHARE = "refurbished", 0.24
_PHRASES = (
    ("Spare parts and tools are part of it.", 0.08),
    ("With training of crews in the country of the supplier.", 0.05),
    ("Paid for over ten years, at first in goods.", 0.03),
    ("Assembled from kits by the recipient.", 0.03),
    ("Delivery was put off twice.", 0.02),
    ("Bought by way of a third country.", 0.01),
    ("An option for as many again was not taken up.", 0.01),
)
_STATUSES = (
    ("delivered", 70),
    ("ordered", 12),
    ("in-delivery", 6),
    ("negotiated", 4),
    ("cancelled", 3),
    ("halted", 1),
    ("unknown", 4),
)
_NATURES = (
    ("sale", 55),
    ("aid", 12),
    ("not-stated", 20),
    ("licensed-production", 6),
    ("re-export", 3),
    ("parts", 3),
    ("barter", 1),
)
_BASES = (
    ("register", 55),
    ("reporting", 20),
    ("official-document", 6),
    ("customs-record", 4),
    ("official-statement", 8),
    ("unnamed-source", 4),
    ("conjecture", 3),
)
_STANCES = (("supports", 92), ("questions", 5), ("denies", 3))
_ROLES = (("producer", 70), ("exporter", 15), ("supplier", 10), ("buyer", 3), ("maintainer", 2))
_CURRENCIES = (("USD", 80), ("EUR", 15), ("RUB", 5))


class Passage(NamedTuple):
    """A citation: which document, where in it, and what it says."""

    source: int
    locator: str
    stance: str
    basis: str
    interested: bool
    quotes: int | None


class Part(NamedTuple):
    """A delivery that is told apart."""

    date: str
    number: int
    tiv: str


class Line(NamedTuple):
    """One transfer; references are places in the lists of names, dates are EDTF, empty where none is told."""

    number: int
    dataset: int
    supplier: int | None
    recipient: int | None
    group: int | None
    equipment: int
    nature: str
    status: str
    condition: str
    ordered: str
    delivered: str
    words: str
    talked: str
    quantity: tuple[int | None, int | None, bool] | None
    value: tuple[int, int | None, str] | None
    tiv: tuple[str, str] | None
    comment: str
    companies: tuple[tuple[int, str], ...]
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]


class Sizes(NamedTuple):
    """How many companies and designations a register of so many lines has."""

    lines: int

    @property
    def companies(self) -> int:
        return min(max(self.lines // 50, 40), 20_000)

    @property
    def equipment(self) -> int:
        return min(max(self.lines // 25, 60), 40_000)


class Draw:
    """Draws places of a list, the first ones far more often: the place k has the weight 1 / (k + 1) ** skew."""

    def __init__(self, number: int, skew: float) -> None:
        self.places = range(number)
        self.weights = list(accumulate((place + 1) ** -skew for place in range(number)))

    def one(self, chance: random.Random) -> int:
        return chance.choices(self.places, cum_weights=self.weights)[0]


class Words:
    """Draws words by their weights."""

    def __init__(self, weighted: Sequence[tuple[str, int]]) -> None:
        self.words = [word for word, _ in weighted]
        self.weights = list(accumulate(weight for _, weight in weighted))

    def one(self, chance: random.Random) -> str:
        return chance.choices(self.words, cum_weights=self.weights)[0]


_STATUS, _NATURE, _BASIS, _STANCE, _ROLE, _CURRENCY = map(
    Words, (_STATUSES, _NATURES, _BASES, _STANCES, _ROLES, _CURRENCIES)
)


def lines(number: int) -> Iterator[Line]:
    """So many lines, always the same."""
    chance = random.Random(number)
    sizes = Sizes(number)
    suppliers, recipients = Draw(COUNTRIES, 1.22), Draw(COUNTRIES, 0.6)
    kinds, companies, sources = Draw(sizes.equipment, 0.8), Draw(sizes.companies, 0.9), Draw(SOURCES, 0.8)
    for place in range(number):
        recipient, group = _recipient(chance, recipients)
        status = _STATUS.one(chance)
        ordered, delivered, words, talked = _dates(chance, status)
        yield Line(
            place,
            min(int(chance.expovariate(1)), DATASETS - 1),
            None if chance.random() < 0.015 else suppliers.one(chance),
            recipient,
            group,
            kinds.one(chance),
            _NATURE.one(chance),
            status,
            chance.choices(("", "new", "second-hand", "second-hand-modernised"), (50, 30, 15, 5))[0],
            ordered,
            delivered,
            words,
            talked,
            _quantity(chance),
            _value(chance),
            _tiv(chance),
            _comment(chance),
            _companies(chance, companies),
            _parts(chance, delivered),
            _passages(chance, sources),
        )


def _recipient(chance: random.Random, recipients: Draw) -> tuple[int | None, int | None]:
    """The place of a state, of an armed group, or of neither where the recipient is not known."""
    what = chance.random()
    if what < 0.01:
        return None, None
    return (None, chance.randrange(GROUPS)) if what < 0.03 else (recipients.one(chance), None)


def _year(chance: random.Random) -> int:
    """Years are not alike: the register fills up slowly."""
    return round(chance.triangular(FIRST_YEAR, LAST_YEAR, 2012))


def _vague(chance: random.Random, year: int) -> tuple[str, str]:
    """A date in a year or around it, as EDTF, and the words for it where they say more."""
    month, day = chance.randint(1, 12), chance.choice((1, 15, 28))
    what = chance.random()
    last = min(year + chance.randint(1, 6), LAST_YEAR)
    if what < 0.48:
        return f"{year}", ""
    if what < 0.62 and last > year:
        return f"{year}/{last}", ""
    if what < 0.80:
        return f"{year}-{month:02}", ""
    if what < 0.88:
        return f"{year}-{month:02}-{day:02}", ""
    if what < 0.93:
        return f"{year}~", ""
    if what < 0.95:
        return f"{year // 10}X", ""
    if what < 0.97:
        return f"{year}/..", ""
    if what < 0.985:
        return f"../{year}", ""
    return f"{year}-02-24/{year}-12", f"by December {year}"


def _dates(chance: random.Random, status: str) -> tuple[str, str, str, str]:
    """When it was ordered, delivered (with the words for it) and talked of; three lines in a hundred tell nothing."""
    if chance.random() < 0.03:
        return "", "", "", ""
    year = _year(chance)
    if status in ("negotiated", "cancelled"):
        return "", "", "", _vague(chance, year)[0]
    ordered = f"{max(FIRST_YEAR, year - chance.randint(0, 4))}" if chance.random() < 0.7 else ""
    if status in ("ordered", "halted"):
        return ordered or f"{year}", "", "", ""
    delivered, words = _vague(chance, year)
    return ordered, delivered, words, ""


def _quantity(chance: random.Random) -> tuple[int | None, int | None, bool] | None:
    what, number = chance.random(), chance.randint(1, 400)
    if what < 0.15:
        return None
    if what < 0.25:
        return number, None, True
    return number, number + (number // 4 if what < 0.35 else 0), what < 0.5


def _value(chance: random.Random) -> tuple[int, int | None, str] | None:
    if chance.random() < 0.65:
        return None
    low = chance.randint(1, 9_999) * 10_000
    return low, None if chance.random() < 0.1 else low, _CURRENCY.one(chance)


def _tiv(chance: random.Random) -> tuple[str, str] | None:
    """The trend-indicator values of what was ordered and of what was delivered."""
    if chance.random() < 0.4:
        return None
    cents = chance.randint(5, 90_000)
    return f"{cents / 100:.2f}", f"{cents // 2 / 100:.2f}"


def _comment(chance: random.Random) -> str:
    told = [phrase for phrase, share in _PHRASES if chance.random() < share]
    if chance.random() < BROAD_SHARE:
        told.insert(0, "Refurbished before delivery.")
    if chance.random() < 0.2:
        told.append(f"Contract {chance.choice('ABCDEFG')}{chance.randint(1000, 99_999)}.")
    return " ".join(told)


def _companies(chance: random.Random, companies: Draw) -> tuple[tuple[int, str], ...]:
    """None, one or two companies, about 55 on 100 lines."""
    number = chance.choices((0, 1, 2), (56, 33, 11))[0]
    return tuple(sorted({(companies.one(chance), _ROLE.one(chance)) for _ in range(number)}))


def _parts(chance: random.Random, delivered: str) -> tuple[Part, ...]:
    """The deliveries of a line whose delivery took several years, or of some that took one."""
    if not delivered[:4].isdigit() or chance.random() < 0.7:
        return ()
    first, until = int(delivered[:4]), delivered.partition("/")[2][:4]
    last = int(until) if until.isdigit() else first
    return tuple(
        Part(f"{year}", chance.randint(1, 50), f"{chance.randint(5, 9_000) / 100:.2f}")
        for year in range(first, last + 1)
    )


def _passages(chance: random.Random, sources: Draw) -> tuple[Passage, ...]:
    """One passage or more, about three on two lines; the first supports."""
    number = chance.choices((1, 2, 3, 4), (64, 25, 8, 3))[0]
    told = []
    for place in range(number):
        quotes = sources.one(chance) if chance.random() < 0.08 else None
        stance = _STANCE.one(chance) if place else "supports"
        locator = f"row {chance.randint(1, 99_999)}" if chance.random() < 0.6 else f"p. {chance.randint(1, 300)}"
        told.append(Passage(sources.one(chance), locator, stance, _BASIS.one(chance), chance.random() < 0.04, quotes))
    return tuple(told)
