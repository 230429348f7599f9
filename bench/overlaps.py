"""How well `manage.py overlaps` finds what two registers both tell.

    python -m bench.overlaps            prints precision and recall on a labelled sample, always the same
    python -m bench.overlaps FOLDER     writes the two registers of the sample there, old.csv and new.csv

The sample is of our own making: deals as an old and a new export of one register tell them, in SIPRI's forms of 16 and
of 17 columns, and near misses, each of a kind that says what is different. The registers are taken into a database of
their own. Every pair that is proposed and not labelled as true counts against precision, be it a near miss or not.
"""

import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Cases of each kind.
EACH = 30
OLD_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
NEW_HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,"
    "Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
)
STATES = ("Brazil", "France", "India", "Japan", "Norway", "Sweden", "Italy", "Kenya", "Peru", "Chile", "Egypt", "Ghana")
WORDS = (
    *("Kestrel", "Marlin", "Albatross", "Sentinel", "Osprey", "Lynx", "Gull", "Condor", "Mistral", "Pelican", "Tern"),
    *("Panther", "Badger", "Orca", "Walrus", "Caiman", "Vulture", "Cormorant", "Heron", "Jackal", "Puffin", "Stork"),
)
KINDS = (
    ("fighter aircraft", "Aircraft"),
    ("transport helicopter", "Aircraft"),
    ("anti-tank missile", "Missiles"),
    ("tank", "Armoured vehicles"),
    ("frigate", "Ships"),
    ("towed gun", "Artillery"),
    ("air search radar", "Sensors"),
)


@dataclass(frozen=True)
class Deal:
    """A deal as a register tells it; `number` None is not told."""

    supplier: str
    recipient: str
    name: str
    kind: int
    ordered: int
    years: tuple[int, ...]
    number: int | None
    doubt: bool = False
    licensed: bool = False


@dataclass
class Sample:
    """The lines of both registers, which pairs of them are one deal, and of what kind each pair is."""

    old: list[Deal] = field(default_factory=list)
    new: list[Deal] = field(default_factory=list)
    #: Places in the two registers; the kind of a true pair, and that of a near miss.
    true: dict[tuple[int, int], str] = field(default_factory=dict)
    near: dict[tuple[int, int], str] = field(default_factory=dict)

    def tell(self, kind: str, old: Iterable[Deal], new: Iterable[Deal]) -> None:
        """Put a case in: lines of the same place in both are one deal, all others of it are near misses."""
        old, new = list(old), list(new)
        olds, news = range(len(self.old), len(self.old) + len(old)), range(len(self.new), len(self.new) + len(new))
        self.old += old
        self.new += new
        same = dict.fromkeys(zip(olds, news, strict=False), kind) if not kind.startswith("only") else {}
        self.true |= same
        self.near |= {(a, b): kind for a in olds for b in news if (a, b) not in same}


def sample() -> Sample:
    """The sample, always the same."""
    chance = random.Random(17)
    made = Sample()
    for number in range(EACH):
        for kind, tell in CASES.items():
            deal = _deal(chance, number)
            made.tell(kind, *tell(chance, deal))
    return made


def _deal(chance: random.Random, number: int) -> Deal:
    supplier, recipient = chance.sample(STATES, 2)
    ordered = chance.randrange(1960, 2012)
    begun = ordered + chance.randrange(1, 4)
    years = tuple(range(begun, begun + chance.randrange(1, 5)))
    return Deal(
        supplier, recipient, _name(chance), chance.randrange(len(KINDS)), ordered, years, chance.randrange(2, 200)
    )


def _name(chance: random.Random) -> str:
    """A designation, of one of the shapes that registers have."""
    letters = "".join(chance.sample("ABCDEFGHKLMNPRSTUVW", chance.randrange(1, 4)))
    word, one, many = chance.choice(WORDS), chance.randrange(1, 10), chance.randrange(11, 400)
    return chance.choice(
        (
            f"{letters}-{many}",
            f"{letters}-{many} {word}",
            f"{word}-{one}",
            f"{many}mm {letters}-{one}",
            f"{letters}{many} {word}",
        )
    )


# --- how an old and a new export tell one deal


def _same(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    return [deal], [deal]


def _spelt(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    return [deal], [replace(deal, name=_respelt(chance, deal.name))]


def _respelt(chance: random.Random, name: str) -> str:
    """The name with other hyphens, in another order, or with a letter too much, too little or wrong in its word."""
    ways = [name.replace("-", " "), name.replace("-", ""), name.upper(), " ".join(reversed(name.split()))]
    word = next((word for word in WORDS if word in name), "")
    if word:
        place = chance.randrange(1, len(word))
        head, tail = word[:place], word[place:]
        ways += [
            name.replace(word, other) for other in (f"{head}{head[-1]}{tail}", head + tail[1:], f"{head}e{tail[1:]}")
        ]
    return chance.choice(ways)


def _more_exact(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    more = deal.name + chance.choice(("A", "SE", " Mk-2", "M1", " Block-30", "/50"))
    if chance.random() < 0.3:
        more = f"{chance.choice('XYZ')}M-{chance.randrange(500, 999)} {deal.name}"
    return chance.choice((([deal], [replace(deal, name=more)]), ([replace(deal, name=more)], [deal])))


def _other_name(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    other = f"{chance.choice('PQZ')}{chance.choice('xyz')}-{chance.randrange(500, 999)}"
    both = chance.choice((f"{deal.name}/{other}", f"{other}/{deal.name}", f"{deal.name} ({other})"))
    return [replace(deal, name=chance.choice((deal.name, other)))], [replace(deal, name=both)]


def _other_order(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    doubt = chance.random() < 0.5
    moved = deal.ordered + chance.choice((-2, -1, 1, 2) if doubt else (-1, 1))
    return [replace(deal, ordered=moved, doubt=doubt)], [deal]


def _other_deliveries(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    shift = chance.choice((-1, 1))
    moved = tuple(year + shift for year in deal.years) + ((deal.years[-1] + 2,) if chance.random() < 0.5 else ())
    return [deal], [replace(deal, years=moved)]


def _other_number(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    number = deal.number or 1
    told = chance.choice((None, number + 1, round(number * 1.2) + 1, max(number // 3, 1), number * 4))
    return [replace(deal, number=told)], [deal]


def _all_at_once(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    moved = deal.ordered + chance.choice((-1, 1))
    number = round((deal.number or 1) * chance.choice((0.7, 1.3))) + 1
    return [deal], [replace(deal, name=_respelt(chance, deal.name), ordered=moved, number=number)]


def _repeated(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    """The same again some years later, in both; and the new export corrects a year."""
    later = chance.randrange(1, 6)
    again = replace(
        deal,
        ordered=deal.ordered + later,
        years=tuple(year + later for year in deal.years),
        number=chance.randrange(2, 200),
    )
    return [deal, again], [replace(deal, years=(*deal.years, deal.years[-1] + 1)), again]


def _licence_beside(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    """A licence beside a direct sale, in both; the numbers are revised."""
    licence = replace(deal, number=(deal.number or 1) * 3, licensed=True, years=tuple(y + 2 for y in deal.years))
    return [deal, licence], [replace(deal, number=(deal.number or 1) + 1), licence]


def _licence_new(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    """A licence beside a direct sale, of which the old export knows the sale alone."""
    return [deal], [deal, replace(deal, number=(deal.number or 1) * 3, licensed=True)]


# --- near misses alone: what is in the old export is not in the new one


def _variants(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    one, other = chance.sample(("A", "B", "SE", "UB", "M1", "M2", " Mk-2", " Mk-3", " Block-30", " Block-40"), 2)
    return [replace(deal, name=deal.name + one)], [replace(deal, name=deal.name + other)]


def _models(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    """The next number of the series: BMP-1 and BMP-2."""
    number = "".join(char for char in deal.name if char.isdigit())
    return [deal], [replace(deal, name=deal.name.replace(number[-1], str((int(number[-1]) + 1) % 10)))]


def _years(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    later = chance.randrange(3, 9)
    years = tuple(year + later for year in deal.years)
    return [deal], [replace(deal, ordered=deal.ordered + later, years=years, number=chance.randrange(2, 200))]


def _next_year(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    """Another order of the next year, of which each export has one: hard to tell from a year that was corrected."""
    years = tuple(year + len(deal.years) for year in deal.years)
    return [deal], [replace(deal, ordered=deal.ordered + 1, years=years, number=(deal.number or 1) * 3)]


def _recipients(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    other = chance.choice([state for state in STATES if state not in (deal.supplier, deal.recipient)])
    return [deal], [replace(deal, recipient=other)]


def _suppliers(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    other = chance.choice([state for state in STATES if state not in (deal.supplier, deal.recipient)])
    return [deal], [replace(deal, supplier=other)]


def _licence_alone(chance: random.Random, deal: Deal) -> tuple[list[Deal], list[Deal]]:
    """A sale in the old export, a licence in the new one: of local production the old form has no column."""
    years = tuple(year + 2 for year in deal.years)
    return [deal], [replace(deal, number=(deal.number or 1) * 3, licensed=True, years=years)]


CASES: dict[str, Callable[[random.Random, Deal], tuple[list[Deal], list[Deal]]]] = {
    "the same": _same,
    "other spelling": _spelt,
    "more exact designation": _more_exact,
    "another name": _other_name,
    "other year of order": _other_order,
    "other years of delivery": _other_deliveries,
    "other number": _other_number,
    "spelling, year and number": _all_at_once,
    "ordered again": _repeated,
    "licence beside a sale": _licence_beside,
    "licence beside a sale, new": _licence_new,
    "only alike: other variant": _variants,
    "only alike: other model": _models,
    "only alike: other years": _years,
    "only alike: order of the next year": _next_year,
    "only alike: other recipient": _recipients,
    "only alike: other supplier": _suppliers,
    "only alike: sale and licence": _licence_alone,
}


# --- the two registers


def old_register(made: Sample) -> Iterator[str]:
    """The lines of the old export; its comment has the place of the deal."""
    yield OLD_HEADER
    for place, deal in enumerate(made.old):
        number, doubt = deal.number or "", "?" if deal.doubt else ""
        yield (
            f"{deal.recipient},{deal.supplier},{deal.ordered},{doubt},{number},,{deal.name},{KINDS[deal.kind][0]},{number},,"
            f"{'; '.join(map(str, deal.years))},New,place {place},1,1,1"
        )


def new_register(made: Sample) -> Iterator[str]:
    """The rows of the new export, one a deal and year; the number of a deal is its place, from 1."""
    yield NEW_HEADER
    for place, deal in enumerate(made.new):
        kind, category = KINDS[deal.kind]
        share, rest = divmod(deal.number or 0, len(deal.years))
        for year in deal.years:
            number = share + (rest if year == deal.years[-1] else 0)
            yield (
                f"{place + 1},{deal.supplier},{deal.recipient},{deal.name},{kind},{category},{deal.ordered},No,"
                f"{number},No,{year},No,New,1,1,1,{'Yes' if deal.licensed else 'No'}"
            )


def write(made: Sample, folder: Path) -> list[Path]:
    """Write the two registers."""
    paths = [folder / "old.csv", folder / "new.csv"]
    for path, lines in zip(paths, (old_register(made), new_register(made)), strict=True):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return paths


# --- what is found


@dataclass
class Figures:
    """What was proposed, held against the labels."""

    made: Sample
    found: set[tuple[int, int]]

    @property
    def precision(self) -> float:
        return len(self.found & self.made.true.keys()) / max(len(self.found), 1)

    @property
    def recall(self) -> float:
        return len(self.found & self.made.true.keys()) / len(self.made.true)

    def lines(self) -> Iterator[str]:
        """The figures, and those of each kind of case."""
        made = self.made
        yield f"{len(made.true)} true pairs, {len(made.near)} near misses, {len(made.old)} and {len(made.new)} lines"
        yield f"{len(self.found)} proposed: precision {self.precision:.3f}, recall {self.recall:.3f}"
        found = Counter(made.true.get(pair) for pair in self.found)
        wrong = Counter(made.near.get(pair, "") for pair in self.found - made.true.keys())
        true, near = Counter(made.true.values()), Counter(made.near.values())
        for kind in CASES:
            rate = f"{found[kind]} of {true[kind]} found, " if true[kind] else ""
            yield f"  {kind}: {rate}{wrong[kind]} of {near[kind]} near misses proposed"
        yield f"  of different cases: {wrong['']} proposed"


def measured(made: Sample) -> Figures:
    """Ask for the pairs of the registers, which have been imported."""
    from armsdb.importers.overlaps import likely_overlaps
    from armsdb.models import Transfer

    places: dict[int, int] = {}
    for pk, dataset, key, comment in Transfer.objects.values_list("pk", "dataset__public_id", "key", "comment"):
        if dataset == "sipri-17":
            places[pk] = int(key) - 1
        elif dataset == "sipri-16":
            places[pk] = int(comment.removeprefix("place "))
    old = set(Transfer.objects.filter(dataset__public_id="sipri-16").values_list("pk", flat=True))
    pairs = (sorted((pair.first, pair.second), key=lambda pk: pk not in old) for pair in likely_overlaps())
    return Figures(made, {(places[one], places[other]) for one, other in pairs if one in places and other in places})


def main() -> None:
    """Make a database, take both registers in, and print the figures."""
    made = sample()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/overlaps.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
        run = [sys.executable, "manage.py"]
        subprocess.run([*run, "migrate", "-v0"], cwd=ROOT, check=True)
        for path in write(made, Path(folder)):
            command = [*run, "import_register", "sipri", str(path)]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        print("\n".join(measured(made).lines()))


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main()
        case [folder]:
            write(sample(), Path(folder))
        case _:
            sys.exit(__doc__)
