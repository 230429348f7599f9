"""Made-up names: states, bodies, equipment, with the other names that real ones have. Always the same.

Nothing here is meant to be anybody. Names are built of syllables, so that there are as many as a large register
has, and so that some are alike, as real ones are.
"""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple


def _syllables(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_BEGINNINGS = _syllables(
    "Bar Kel Dor Mav Tal Sen Vor Lim Ost Pra Gul Zem Ruk Had Nor Fel Cas Bri Tem Jal Wes Yor Khel Shir"
)
_MIDDLES = _syllables("a e i o u an el or im ul ed ar ov en is")
_COUNTRY_ENDS = _syllables("dania vara stan mark land ovia ria tor bay resh nia lund quay gar mora")
_BODY_ENDS = _syllables("nik lev mar tek dov rin sal ber gon mat zen pol kar vin")
_BODIES = (
    "Aerospace",
    "Arsenal",
    "Ordnance Works",
    "Shipyard",
    "Defence Systems",
    "Machine Plant",
    "Optics",
    "Trading House",
    "Design Bureau",
    "Dynamics",
    "Armaments",
    "Helicopters",
)
_CYRILLIC = dict(zip("abcdefghijklmnopqrstuvwyz", "абкдефгхийклмнопкрстувуыз", strict=True))

#: Words for equipment of each category of the UN Register or ours, and SIPRI's category.
EQUIPMENT = (
    ("battle-tanks", "tank", "armoured-vehicles"),
    ("armoured-combat-vehicles", "APC", "armoured-vehicles"),
    ("armoured-combat-vehicles", "IFV", "armoured-vehicles"),
    ("large-calibre-artillery", "towed gun", "artillery"),
    ("combat-aircraft", "fighter aircraft", "aircraft"),
    ("combat-aircraft", "trainer aircraft", "aircraft"),
    ("attack-helicopters", "combat helicopter", "aircraft"),
    ("warships", "frigate", "ships"),
    ("missiles-and-launchers", "anti-tank missile", "missiles"),
    ("missiles-and-launchers", "SAM system", "air-defence-systems"),
    ("small-arms", "machine gun", ""),
    ("munitions", "artillery shells", ""),
    ("parts-and-sensors", "air search radar", "sensors"),
    ("parts-and-sensors", "turbofan", "engines"),
    ("services-and-training", "training of crews", ""),
    ("other", "field kitchen", "other"),
    ("", "equipment, kind not stated", ""),
)


class Name(NamedTuple):
    """A name, and the other names that go with it, each with its kind."""

    name: str
    others: tuple[tuple[str, str], ...]


def _stems(chance: random.Random, ends: Sequence[str], middles: int) -> Iterator[str]:
    """Different stems, without end as long as there are syllables."""
    seen: set[str] = set()
    while True:
        middle = "".join(chance.choice(_MIDDLES) for _ in range(chance.randint(1, middles)))
        stem = chance.choice(_BEGINNINGS) + middle + chance.choice(ends)
        if stem not in seen:
            seen.add(stem)
            yield stem


def in_cyrillic(name: str) -> str:
    """A name as it might be written in Cyrillic letters; folded to Latin ones it is near to what it was."""
    letters = (_CYRILLIC.get(letter.lower(), letter) for letter in name)
    return "".join(new.upper() if old.isupper() else new for old, new in zip(name, letters, strict=True))


def misspelt(chance: random.Random, name: str) -> str:
    """A name with one letter left out, never the first."""
    place = chance.randrange(1, len(name))
    return name[:place] + name[place + 1 :]


def countries(number: int) -> list[Name]:
    """So many states; half have a name in another script, some a former name."""
    chance = random.Random("countries")
    stems = _stems(chance, _COUNTRY_ENDS, 2)
    made = []
    for place in range(number):
        name = next(stems)
        others = [(in_cyrillic(name), "native")] if place % 2 == 0 else []
        if place % 7 == 3:
            others.append((f"{name} People’s Republic", "former"))
        made.append(Name(name, tuple(others)))
    return made


def codes(number: int) -> list[str]:
    """So many different codes of two letters."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return random.Random("codes").sample([(one + other).upper() for one in letters for other in letters], number)


def companies(number: int) -> list[Name]:
    """So many companies; a third has an acronym, a name in another script, or a spelling that is wrong."""
    chance = random.Random("companies")
    stems = _stems(chance, _BODY_ENDS, 3)
    made = []
    for place in range(number):
        stem, body = next(stems), chance.choice(_BODIES)
        name = f"{stem} {body}"
        others: list[tuple[str, str]] = []
        if place % 3 == 0:
            others = [
                ((in_cyrillic(name), "native"), (misspelt(chance, name), "misspelling"), (f"{stem} JSC", "other"))[
                    place // 3 % 3
                ]
            ]
        made.append(Name(name, tuple(others)))
    return made


def publishers(number: int) -> list[str]:
    """So many papers, institutes and ministries."""
    stems = _stems(random.Random("publishers"), _BODY_ENDS, 1)
    kinds = ("Post", "Institute for Security", "Ministry of Trade", "Wire", "Watch")
    return [f"{next(stems)} {kinds[place % len(kinds)]}" for place in range(number)]


class Designation(NamedTuple):
    """Equipment: a designation of letters and digits, what it is, and another name where it has one."""

    name: str
    kind: int
    others: tuple[tuple[str, str], ...]


def equipment(number: int) -> list[Designation]:
    """So many designations of every kind; a fifth has a nickname."""
    chance = random.Random("equipment")
    seen: set[str] = set()
    made: list[Designation] = []
    nicknames = _stems(chance, ["hawk", "bear", "thorn", "wind", "lance", "spear"], 2)
    while len(made) < number:
        letters = chance.choice("ABCDEFGHKLMNPRSTUVWYZ") + chance.choice(["", "u", "i", "a", "T", "K", "MR"])
        name = f"{letters}-{chance.randrange(1, 1000)}{chance.choice(['', '', 'M', 'A', 'UB', 'MK'])}"
        if name.lower() not in seen:
            seen.add(name.lower())
            others = ((next(nicknames), "other"),) if len(made) % 5 == 0 else ()
            made.append(Designation(name, chance.randrange(len(EQUIPMENT)), others))
    return made
