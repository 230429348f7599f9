"""Which lines of different datasets may tell of the same delivery: proposals for an editor, never decided here.

Lines are read in the order of their parties, a few hundred at a time, and only those of the same supplier and recipient
are ever compared. What speaks against a pair is counted; of all pairs of two datasets the best are taken first, and
each line is taken once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, groupby, product
from typing import Any

from django.db.models import BigIntegerField, Case, F, Max, Min, Q, When, Window
from django.utils.translation import gettext as _

from armsdb.lib.designations import Likeness, likeness
from armsdb.lib.vocab import AliasKind, Category, Condition, Known, Nature, Verdict
from armsdb.models import Alias, Transfer, TransferOverlap

#: Years by which two tellings of one date may differ; twice as many where one of them is in doubt.
NEAR = 1
#: Doubts that a pair may have.
MOST_DOUBTS = 2
#: How many times the one number the other may be.
FAR = 2

_COLUMNS = (
    "pk",
    "dataset",
    "equipment",
    "equipment__name",
    "equipment__family",
    "category",
    "nature",
    "local_production",
    "condition",
    "ordered_edtf",
    "ordered_earliest",
    "ordered_latest",
    "delivered_edtf",
    "delivered_earliest",
    "delivered_latest",
    "quantity_ordered_low",
    "quantity_ordered_high",
    "quantity_delivered_low",
    "quantity_delivered_high",
)


@dataclass(frozen=True)
class Pair:
    """Two lines, by their keys in the database the older first, how their designations match, and what is in doubt."""

    first: int
    second: int
    likeness: Likeness
    doubts: tuple[str, ...]
    #: How far apart the numbers are, from 1; what decides between pairs that are equal otherwise.
    ratio: float = field(default=1.0, compare=False)

    @property
    def rank(self) -> tuple:
        """The best comes first."""
        return len(self.doubts), -self.likeness, self.ratio, self.first, self.second


def likely_overlaps(after: tuple[int, int] | None = None) -> Iterator[Pair]:
    """Pairs that nobody has decided on, in the order of their parties; with `after`, those behind that pair.

    The number of queries does not depend on that of the lines, and they are not all held at once.
    """
    blocks = _Blocks()
    start = _lines().filter(pk=after[0]).values_list("supplied", "received").first() if after else None
    for parties, lines in groupby(_comparable(start), key=lambda line: line.parties):
        for pair in sorted(blocks.pairs(list(lines)), key=lambda pair: (pair.first, pair.second)):
            if after is None or parties != start or (pair.first, pair.second) > after:
                yield pair


def _lines() -> Any:
    """Published lines with a number for each side: the country, below zero the organisation, zero where not known."""
    sides = {"supplied": "supplier", "received": "recipient"}
    return Transfer.objects.published().annotate(
        **{
            name: Case(
                When(Q(**{f"{side}_known": Known.COUNTRY}), then=F(side)),
                When(~Q(**{f"{side}_known": Known.UNKNOWN}), then=-F(f"{side}_organisation")),
                default=0,
                output_field=BigIntegerField(),
            )
            for name, side in sides.items()
        }
    )


def _comparable(start: tuple[int, int] | None) -> Iterator["_Line"]:
    """Lines that share their parties with a line of another dataset, by their parties; one query."""
    lines = _lines()
    if start:
        lines = lines.filter(Q(supplied__gt=start[0]) | Q(supplied=start[0], received__gte=start[1]))
    parties = [F("supplied"), F("received")]
    lines = lines.annotate(
        least=Window(Min("dataset"), partition_by=parties), most=Window(Max("dataset"), partition_by=parties)
    )
    rows = lines.filter(least__lt=F("most")).order_by("supplied", "received", "pk")
    for row in rows.values("supplied", "received", *_COLUMNS).iterator(chunk_size=500):
        yield _Line((row["supplied"], row["received"]), row)


class _Line:
    """What is compared of a line."""

    def __init__(self, parties: tuple, told: dict[str, Any]) -> None:
        self.parties = parties
        self.pk: int = told["pk"]
        self.dataset: int = told["dataset"]
        self.equipment: int = told["equipment"]
        self.name: str = told["equipment__name"]
        self.family: int | None = told["equipment__family"]
        self.category: str = told["category"]
        self.condition: str = told["condition"]
        self.licensed = True if told["nature"] == Nature.LICENSED_PRODUCTION else told["local_production"]
        self.dates = {name: _Years.of(told, name) for name in ("ordered", "delivered")}
        self.numbers = {name: _number(told, f"quantity_{name}") for name in ("ordered", "delivered")}

    @property
    def years(self) -> "_Years | None":
        """From the first to the last year that is told; None for an undated line."""
        told = [years for years in self.dates.values() if years]
        return (
            _Years(min(y.first for y in told), max(y.last for y in told), any(y.doubt for y in told)) if told else None
        )


@dataclass(frozen=True)
class _Years:
    """The years that a date can mean."""

    first: int
    last: int
    doubt: bool

    @classmethod
    def of(cls, told: dict[str, Any], name: str) -> "_Years | None":
        edtf: str = told[f"{name}_edtf"]
        if not edtf:
            return None
        first: date | None = told[f"{name}_earliest"]
        last: date | None = told[f"{name}_latest"]
        return cls(first.year if first else 0, last.year if last else 9999, any(mark in edtf for mark in "?~%/"))

    def apart(self, other: "_Years") -> int:
        """Years between the two; 0 where they overlap."""
        return max(self.first - other.last, other.first - self.last, 0)


def _number(told: dict[str, Any], name: str) -> tuple[float, float] | None:
    low, high = told[f"{name}_low"], told[f"{name}_high"]
    known = low if low is not None else high
    return None if known is None else (float(low if low is not None else 0), float(high if high is not None else known))


class _Blocks:
    """Lines of the same parties, and the pairs among them."""

    def __init__(self) -> None:
        self._names: dict[int, list[str]] = {}
        others = Alias.objects.filter(equipment__isnull=False).exclude(kind=AliasKind.WEAK)
        for equipment, name in others.order_by("pk").values_list("equipment", "name"):
            self._names.setdefault(equipment, []).append(name)
        self._known: dict[tuple[int, int], Likeness] = {}
        self._decided: set[tuple[int, int]] = set()
        #: Lines that have their like already, each with the dataset in which it has it.
        self._taken: set[tuple[int, int]] = set()
        decided = TransferOverlap.objects.decided()
        for one, its, other, others_, verdict in decided.values_list(
            "first", "first__dataset", "second", "second__dataset", "verdict"
        ):
            self._decided.add((one, other))
            if verdict == Verdict.SAME:
                self._taken |= {(one, others_), (other, its)}

    def pairs(self, lines: list[_Line]) -> Iterator[Pair]:
        """The pairs that lines of the same parties make; the best first, and each line once for each dataset."""
        datasets: dict[int, list[_Line]] = {}
        for line in lines:
            datasets.setdefault(line.dataset, []).append(line)
        for one, other in combinations(sorted(datasets), 2):
            taken: set[int] = set()
            found = [self._pair(a, b) for a in datasets[one] for b in datasets[other]]
            for pair in sorted(filter(None, found), key=lambda pair: pair.rank):
                if not {pair.first, pair.second} & taken:
                    taken |= {pair.first, pair.second}
                    yield pair

    def _pair(self, one: _Line, other: _Line) -> Pair | None:
        likeness_ = self._likeness(one, other)
        if likeness_ is Likeness.NONE:
            return None
        first, second = sorted((one.pk, other.pk))
        if (first, second) in self._decided or {(one.pk, other.dataset), (other.pk, one.dataset)} & self._taken:
            return None
        dates = _doubts_of_dates(one, other)
        if dates is None or not _may_be_one(one, other):
            return None
        ratio = _ratio(one, other)
        doubts = [_("one has more in its designation")] if likeness_ is Likeness.VARIANT else []
        doubts += dates
        if ratio >= FAR:
            doubts.append(_("numbers far apart"))
        return Pair(first, second, likeness_, tuple(doubts), ratio) if len(doubts) <= MOST_DOUBTS else None

    def _likeness(self, one: _Line, other: _Line) -> Likeness:
        """How the equipment of two lines matches, by any of its names; each two are compared once."""
        if one.equipment == other.equipment:
            return Likeness.SAME
        key = one.equipment, other.equipment
        if key not in self._known:
            self._known[key] = self._compare(one, other)
        return self._known[key]

    def _compare(self, one: _Line, other: _Line) -> Likeness:
        if len({one.category, other.category} - {"", Category.OTHER}) > 1:
            return Likeness.NONE
        if one.family == other.equipment or other.family == one.equipment:
            return Likeness.VARIANT
        names = ([line.name, *self._names.get(line.equipment, [])] for line in (one, other))
        return max(likeness(a, b) for a, b in product(*names))


def _may_be_one(one: _Line, other: _Line) -> bool:
    """Whether neither says what the other denies: made by the recipient, or new."""
    licensed = one.licensed, other.licensed
    used = [line.condition != Condition.NEW for line in (one, other) if line.condition]
    return (None in licensed or len(set(licensed)) == 1) and len(set(used)) < 2


def _doubts_of_dates(one: _Line, other: _Line) -> list[str] | None:
    """What is in doubt of the years of two lines; None where they are too far apart to be one."""
    if one.years is None or other.years is None:
        return [_("undated")]
    doubts: list[str] = []
    both = [(a, b) for a, b in zip(one.dates.values(), other.dates.values(), strict=True) if a and b]
    if not both:  # an order here, a delivery there
        return [] if one.years.apart(other.years) == 0 else None
    for a, b in both:
        years = a.apart(b)
        if years > NEAR * (2 if a.doubt or b.doubt else 1):
            return None
        doubts += [_("years not the same")] if years else []
    return doubts


def _ratio(one: _Line, other: _Line) -> float:
    """How many times the one number the other is, 1 where they overlap or are not both told."""
    for name in ("delivered", "ordered"):
        a, b = one.numbers[name], other.numbers[name]
        if a and b:
            low, high = sorted((a, b))
            return 1.0 if high[0] <= low[1] else high[0] / max(low[1], 1.0)
    return 1.0
