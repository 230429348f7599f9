"""What two countries have to do with each other: what each supplied to the other, and the facts about both."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.db.models import Count, Max, Min, Q

from armsdb.lib.vocab import Grade, ValueBasis

from .citations import Citation
from .company_parts import CompanyPart, companies_in
from .countries import Country
from .equipment import Equipment
from .events import TURNS, Event, EventParticipant, EventQuerySet
from .figures import Figure, FigureQuerySet, FigureSubject
from .ledgers import DATES, equipment_in
from .parties import Party, naming
from .sanctions import Sanction, SanctionImposer, SanctionQuerySet, SanctionTarget
from .sources import Source
from .transfer_queries import TransferQuerySet
from .transfer_rows import TransferOverlap
from .transfers import Transfer


@dataclass(frozen=True)
class Years:
    """The first and last year that any date of some transfers touches, and whether a date is open beyond them."""

    earliest: int | None
    latest: int | None
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class Worth:
    """What some transfers of one dataset are said to be worth, in one currency and on one basis.

    `low` is None where no line has a lower bound, `high` where any line has no upper one. Lines that may tell of the
    same shipment count once in `low` and each in `high`: the truth lies between.
    """

    dataset: Any
    currency: str
    basis: str
    low: Decimal | None
    high: Decimal | None
    transfers: int

    @property
    def basis_in_words(self) -> str:
        """What the sums stand for, as readers are told; empty where that is not stated."""
        return str(ValueBasis(self.basis).label) if self.basis else ""


@dataclass(frozen=True)
class Supplied:
    """What one country supplied to another."""

    supplier: Country
    recipient: Country
    transfers: int
    undated: int
    years: Years | None
    evidence: dict[str, int]
    equipment: list[tuple[Equipment, int]]
    values: list[Worth]


class Relation:
    """Two countries, in this order. A fact is about both when it names each: the country itself, one of its
    organisations, or a person who has or had a role in either. Only what is published counts."""

    def __init__(self, first: Country, second: Country) -> None:
        self.first = first
        self.second = second

    @property
    def countries(self) -> tuple[Country, Country]:
        return self.first, self.second

    @classmethod
    def in_order(cls, one: Country, other: Country) -> Self:
        """The relation in the order of its page: first who supplied the other more lines, else by id; one query."""
        both = (one, other)
        counts = (
            Transfer.objects.published()
            .filter(supplier__in=both, recipient__in=both)
            .aggregate(
                there=Count("pk", filter=Q(supplier=one, recipient=other)),
                back=Count("pk", filter=Q(supplier=other, recipient=one)),
            )
        )
        return cls.ordered(one, other, **counts)

    @classmethod
    def ordered(cls, one: Country, other: Country, *, there: int, back: int) -> Self:
        """The same, where it is known how many lines go there, from one to the other, and back."""
        ahead = back - there or (-1 if one.public_id < other.public_id else 1)
        return cls(one, other) if ahead < 0 else cls(other, one)

    def transfers(self, supplier: Country, recipient: Country) -> TransferQuerySet:
        """The lines from one of the two to the other."""
        return Transfer.objects.published().supplied_by(supplier).received_by(recipient)

    def all_transfers(self) -> TransferQuerySet:
        """The lines between the two, either way."""
        return self.transfers(self.first, self.second) | self.transfers(self.second, self.first)

    def supplied(self) -> tuple[Supplied, Supplied]:
        """What the first supplied to the second, then the other way; five queries each."""
        return _supplied(self, self.first, self.second), _supplied(self, self.second, self.first)

    def figures(self) -> FigureQuerySet:
        """The figures about both."""
        return Figure.objects.published().filter(*(_named(country, FigureSubject) for country in self.countries))

    def sanctions(self) -> SanctionQuerySet:
        """The sanctions that concern both, as imposers or as targets."""
        return Sanction.objects.published().filter(
            *(_named(country, SanctionImposer, SanctionTarget) for country in self.countries)
        )

    def events(self) -> EventQuerySet:
        """The events that both take part in, or one of them in the other's country."""
        return Event.objects.published().filter(
            *(_named(country, EventParticipant) | Q(place_country=country) for country in self.countries)
        )

    def figures_beside(self) -> FigureQuerySet:
        """Sums about one of the two that a passage sets beside a figure about both: told there, of the same time.

        One query for the passages, of which there are few, before that for the figures.
        """
        same = ("source", "locator", "figure__period_edtf")
        told = Citation.objects.published().exclude(figure__period_edtf="").exclude(figure__value_currency="")
        passages = Q(pk__in=[])
        own = Citation.objects.published().filter(figure__in=self.figures().order_by())
        for passage in own.exclude(figure__period_edtf="").order_by().values(*same).distinct():
            passages |= Q(**passage)
        beside = told.filter(passages).values("figure")
        about_one = _named(self.first, FigureSubject) | _named(self.second, FigureSubject)
        return Figure.objects.published().filter(about_one, pk__in=beside).exclude(pk__in=self.figures().order_by())

    def sanctions_on_either(self) -> SanctionQuerySet:
        """The sanctions that are aimed at one of the two, whoever imposed them, and those that concern both."""
        aimed = _named(self.first, SanctionTarget) | _named(self.second, SanctionTarget)
        return Sanction.objects.published().filter(aimed | Q(pk__in=self.sanctions().order_by()))

    def turns(self) -> EventQuerySet:
        """Coups and wars in one of the two, or in which one takes part: what a reader measures other dates by."""
        concerned = Q()
        for country in self.countries:
            concerned |= _named(country, EventParticipant) | Q(place_country=country)
        return Event.objects.published().filter(concerned, kind__in=TURNS)

    def may_overlap(self, supplier: Country, recipient: Country) -> int:
        """How many pairs of lines of one direction may tell of the same shipment; one query."""
        lines = self.transfers(supplier, recipient).order_by()
        return TransferOverlap.objects.told().filter(first__in=lines, second__in=lines).count()

    def companies(self) -> list[CompanyPart]:
        """The companies in the transfers between the two, those with most transfers first; four queries."""
        return companies_in(self.all_transfers())

    def sources(self) -> list[Source]:
        """The documents in which passages on these transfers, figures, sanctions and events stand, or which they quote;
        the most used first."""
        facts = (self.all_transfers(), self.figures(), self.sanctions(), self.events())
        return Source.objects.published().select_related("publisher").used_by(*facts)


def _named(country: Country, *rows: type[Party]) -> Q:
    """The facts of which a row of these kinds names the country; see `naming`."""
    condition = Q(pk__in=[])
    for kind in rows:
        fact = next(name for name in ("figure", "sanction", "event") if hasattr(kind, f"{name}_id"))
        condition |= Q(pk__in=naming(kind, fact, country))
    return condition


def _supplied(relation: Relation, supplier: Country, recipient: Country) -> Supplied:
    lines = relation.transfers(supplier, recipient).order_by()
    told = lines.aggregate(
        transfers=Count("pk"),
        undated=Count("pk", filter=Q(**{f"{name}_edtf": "" for name in DATES})),
        **_bounds(),
        **{grade.value: Count("pk", filter=Q(evidence=grade)) for grade in Grade},
    )
    return Supplied(
        supplier=supplier,
        recipient=recipient,
        transfers=told["transfers"],
        undated=told["undated"],
        years=_years(told),
        evidence={grade.value: told[grade.value] for grade in Grade},
        equipment=equipment_in(lines).rows,
        values=_values(lines),
    )


def _bounds() -> dict[str, Any]:
    """Aggregates over the dates of transfers: their bounds, and how many are open on a side."""
    found: dict[str, Any] = {}
    for name in DATES:
        told = ~Q(**{f"{name}_edtf": ""})
        for side in ("earliest", "latest"):
            column = f"{name}_{side}"
            found |= {f"min_{column}": Min(column), f"max_{column}": Max(column)}
            found[f"open_{column}"] = Count("pk", filter=told & Q(**{f"{column}__isnull": True}))
    return found


def _years(told: dict[str, Any]) -> Years | None:
    days = [day for key, day in told.items() if key.startswith(("min_", "max_")) and day]
    if not days:
        return None
    return Years(
        earliest=min(days).year,
        latest=max(days).year,
        open_start=any(told[f"open_{name}_earliest"] for name in DATES),
        open_end=any(told[f"open_{name}_latest"] for name in DATES),
    )


def _values(lines: TransferQuerySet) -> list[Worth]:
    """The values of lines by dataset, currency and basis."""
    valued: list[Any] = list(lines.exclude(value_currency="").select_related("dataset").order_by("pk"))
    group_of = _same_shipments({line.pk for line in valued})
    groups: dict[tuple[str, str, str], list[Any]] = {}
    for line in valued:
        groups.setdefault((line.dataset.public_id, line.value_currency, line.value_basis), []).append(line)
    return [_worth(group, group_of) for _, group in sorted(groups.items())]


def _same_shipments(pks: set[int]) -> dict[int, int]:
    """For each line the first of those that may, directly or through others, tell of the same shipment."""
    group = {pk: pk for pk in pks}
    pairs = TransferOverlap.objects.told().filter(first__in=pks, second__in=pks).values_list("first", "second")
    for first, second in pairs:
        kept, other = sorted((group[first], group[second]))
        group = {pk: kept if at == other else at for pk, at in group.items()}
    return group


def _worth(group: list[Any], group_of: dict[int, int]) -> Worth:
    lows: dict[int, Decimal] = {}
    for line in group:
        if line.value_low is not None:
            at = group_of[line.pk]
            lows[at] = max(lows.get(at, Decimal(0)), line.value_low)
    highs = [line.value_high for line in group if line.value_high is not None]
    return Worth(
        dataset=group[0].dataset,
        currency=group[0].value_currency,
        basis=group[0].value_basis,
        low=sum(lows.values(), Decimal(0)) if lows else None,
        high=sum(highs, Decimal(0)) if len(highs) == len(group) else None,
        transfers=len(group),
    )
