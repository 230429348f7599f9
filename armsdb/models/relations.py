"""What two countries have to do with each other: what each supplied to the other, and the facts about both."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from armsdb.lib.vocab import COMPANY_KINDS, CompanyRole, Grade

from .citations import Citation
from .countries import Country
from .equipment import Equipment
from .events import Event, EventParticipant
from .figures import Figure, FigureSubject
from .organisations import Organisation
from .people import Person
from .roles import Role
from .sanctions import Sanction, SanctionImposer, SanctionTarget
from .sources import Source
from .transfers import Transfer, TransferOverlap, TransferQuerySet

_DATES = ("ordered", "delivered", "talked")


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


@dataclass(frozen=True)
class CompanyPart:
    """A company, what it did, and in how many transfers."""

    company: Organisation
    roles: list[str]
    transfers: int


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

    def transfers(self, supplier: Country, recipient: Country) -> TransferQuerySet:
        """The lines from one of the two to the other."""
        return Transfer.objects.published().supplied_by(supplier).received_by(recipient)

    def all_transfers(self) -> TransferQuerySet:
        """The lines between the two, either way."""
        return self.transfers(self.first, self.second) | self.transfers(self.second, self.first)

    def supplied(self) -> tuple[Supplied, Supplied]:
        """What the first supplied to the second, then the other way; five queries each."""
        return _supplied(self, self.first, self.second), _supplied(self, self.second, self.first)

    def figures(self) -> QuerySet[Figure]:
        """The figures about both."""
        return Figure.objects.published().filter(*(_named(country, FigureSubject) for country in self.countries))

    def sanctions(self) -> QuerySet[Sanction]:
        """The sanctions that concern both, as imposers or as targets."""
        return Sanction.objects.published().filter(
            *(_named(country, SanctionImposer, SanctionTarget) for country in self.countries)
        )

    def events(self) -> QuerySet[Event]:
        """The events that both take part in, or one of them in the other's country."""
        return Event.objects.published().filter(
            *(_named(country, EventParticipant) | Q(place_country=country) for country in self.countries)
        )

    def companies(self) -> list[CompanyPart]:
        """The companies in the transfers between the two, those with most transfers first; two queries.

        A company that is itself the supplier or the recipient of a line counts as its supplier or consignee.
        """
        lines = self.all_transfers()
        parts = set(lines.filter(company_rows__isnull=False).values_list("company_rows__company", "company_rows__role", "pk"))
        for side, role in (("supplier", CompanyRole.SUPPLIER), ("recipient", CompanyRole.CONSIGNEE)):
            of_side = lines.filter(**{f"{side}_organisation__kind__in": COMPANY_KINDS})
            parts |= {(company, str(role), pk) for company, pk in of_side.values_list(f"{side}_organisation", "pk")}
        companies = Organisation.objects.published().filter(pk__in={company for company, _, _ in parts})
        found = [_part(company, parts) for company in companies]
        return sorted(found, key=lambda part: (-part.transfers, part.company.name, part.company.pk))

    def sources(self) -> QuerySet[Source]:
        """The documents that are cited or quoted for any of these transfers, figures, sanctions and events."""
        citations = Citation.objects.published().filter(
            Q(transfer__in=self.all_transfers())
            | Q(figure__in=self.figures())
            | Q(sanction__in=self.sanctions())
            | Q(event__in=self.events())
        )
        return Source.objects.published().filter(
            Q(pk__in=citations.values("source")) | Q(pk__in=citations.filter(quotes__isnull=False).values("quotes"))
        )


def _named(country: Country, *rows: Any) -> Q:
    """The facts of which a row of these kinds names the country, an organisation or an office-holder of it."""
    roles = Role.objects.published().filter(Q(of_country=country) | Q(of_organisation__country=country))
    condition = Q(pk__in=[])
    for kind in rows:
        naming = Q(country=country) | Q(organisation__country=country)
        if "person" in kind.ENTITIES:
            naming |= Q(person__in=Person.objects.filter(roles__in=roles))
        fact = next(name for name in ("figure", "sanction", "event") if hasattr(kind, f"{name}_id"))
        condition |= Q(pk__in=kind.objects.filter(naming).values(fact))
    return condition


def _part(company: Organisation, parts: Iterable[tuple[int, str, int]]) -> CompanyPart:
    own = [(role, transfer) for pk, role, transfer in parts if pk == company.pk]
    roles = {role for role, _ in own}
    return CompanyPart(
        company=company,
        roles=[role for role in CompanyRole.values if role in roles],
        transfers=len({transfer for _, transfer in own}),
    )


def _supplied(relation: Relation, supplier: Country, recipient: Country) -> Supplied:
    lines = relation.transfers(supplier, recipient).order_by()
    told = lines.aggregate(
        transfers=Count("pk"),
        undated=Count("pk", filter=Q(**{f"{name}_edtf": "" for name in _DATES})),
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
        equipment=_equipment(lines),
        values=_values(lines),
    )


def _bounds() -> dict[str, Any]:
    """Aggregates over the dates of transfers: their bounds, and how many are open on a side."""
    found: dict[str, Any] = {}
    for name in _DATES:
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
        open_start=any(told[f"open_{name}_earliest"] for name in _DATES),
        open_end=any(told[f"open_{name}_latest"] for name in _DATES),
    )


def _equipment(lines: TransferQuerySet) -> list[tuple[Equipment, int]]:
    counts = Counter(lines.values_list("equipment", flat=True))
    found = Equipment.objects.filter(pk__in=counts)
    return sorted(((item, counts[item.pk]) for item in found), key=lambda row: (-row[1], row[0].name, row[0].pk))


def _values(lines: TransferQuerySet) -> list[Worth]:
    """The values of lines by dataset, currency and basis."""
    valued = list(lines.exclude(value_currency="").select_related("dataset").order_by("pk"))
    group_of = _same_shipments({line.pk for line in valued})
    groups: dict[tuple[str, str, str], list[Transfer]] = {}
    for line in valued:
        groups.setdefault((line.dataset.public_id, line.value_currency, line.value_basis), []).append(line)
    return [_worth(group, group_of) for _, group in sorted(groups.items())]


def _same_shipments(pks: set[int]) -> dict[int, int]:
    """For each line the first of those that may, directly or through others, tell of the same shipment."""
    group = {pk: pk for pk in pks}
    pairs = TransferOverlap.objects.filter(first__in=pks, second__in=pks).values_list("first", "second")
    for first, second in pairs:
        kept, other = sorted((group[first], group[second]))
        group = {pk: kept if at == other else at for pk, at in group.items()}
    return group


def _worth(group: list[Transfer], group_of: dict[int, int]) -> Worth:
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
