"""Totals of transfers: how many, worth what, of what volume, by year, party and what else they are grouped by.

Datasets are never added up: the same delivery may stand in two. What a register tells as one total for many years
stands under their span; it is not divided.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Substr
from django.db.models.lookups import Exact

from armsdb.lib import dates

from .base import Record
from .countries import Country
from .datasets import Dataset
from .equipment import Equipment
from .exact_sums import exact, exact_sums, plus
from .ledgers import by_main_date, party_columns
from .organisations import Organisation
from .transfer_queries import TransferQuerySet
from .transfer_rows import Delivery, TransferCompany

#: What transfers can be grouped by, three of them at most, times by one alone.
GROUPS = (
    "year",
    "decade",
    "supplier",
    "recipient",
    "dataset",
    "category",
    "equipment",
    "company",
    "nature",
    "status",
    "evidence",
)
MOST_GROUPS = 3
TIMES = ("year", "decade")
_SIDES = ("supplier", "recipient")
#: The records that a group is named by, but for sides and years.
_RECORDS: Mapping[str, type[Record]] = {"dataset": Dataset, "equipment": Equipment, "company": Organisation}

#: A year or the first one of a decade, or the EDTF of a span; both None where nothing is dated.
Time = tuple[int | None, str | None]


@dataclass
class Worth:
    """The sum of what some transfers are said to be worth, in one currency and on one basis."""

    currency: str
    basis: str
    low: Decimal | None
    high: Decimal | None
    transfers: int


@dataclass
class Totals:
    """One group of transfers: what they have in common, and their totals.

    `group` has a value for each of those that were asked for; a year is a number, as is the first one of a decade;
    `span` is the EDTF of a time of several of them, and both are None where nothing is dated. `date` is one of DATES
    where dates of each kind stand apart, else empty.
    """

    group: dict[str, Any]
    span: str | None = None
    date: str = ""
    transfers: int = 0
    values: list[Worth] = field(default_factory=list)
    tiv_ordered: Decimal | None = None
    tiv_delivered: Decimal | None = None


class Summary:
    """Transfers summed by groups; the number of queries is the same for any number of them."""

    def __init__(self, lines: TransferQuerySet, groups: Sequence[str]) -> None:
        self.lines = lines.order_by()
        self.groups = groups
        self._time = next((name for name in groups if name in TIMES), "")
        self._dates_apart = False
        self._found: dict[tuple, Totals] = {}

    def rows(self) -> list[Totals]:
        """The groups, in the order of what they are grouped by; what is not known comes last."""
        self._count()
        self._sum_values()
        self._sum_delivered()
        self._sum_ordered()
        return self._all()

    def timeline(self) -> list[Totals]:
        """How many lines, and what was delivered in volume, with dates of delivery, of orders and of talks apart."""
        self._dates_apart = True
        self._count()
        self._sum_delivered()
        return self._all()

    def _all(self) -> list[Totals]:
        self._name()
        return [self._found[key] for key in sorted(self._found, key=self._order)]

    def _order(self, key: tuple) -> tuple:
        totals = self._found[key]
        values = [totals.group[name] for name in self.groups]
        return (*((value is None, str(value)) for value in values), totals.span or "", totals.date)

    # --- what is asked of the database

    def _columns(self, transfer: str = "") -> dict[str, Any]:
        """Annotations: a column, or two of a side, for each group but the year; `transfer` leads to the transfer."""
        found: dict[str, Any] = {}
        for name in self.groups:
            if name in _SIDES:
                found |= party_columns([name], transfer)
            elif name != self._time:
                found[f"of_{name}"] = F(transfer + ("company_rows__company" if name == "company" else name))
        return found

    def _told_once(self, rows: QuerySet, transfer: str) -> QuerySet:
        """The rows with what they are grouped by; with a company in several roles of a transfer once."""
        rows = rows.annotate(**self._columns(transfer))
        if "company" not in self.groups:
            return rows
        rows = rows.annotate(part=F(f"{transfer}company_rows__pk"), line=F(f"{transfer}pk"))
        parts = TransferCompany.objects.filter(company=OuterRef("of_company"), transfer=OuterRef("line"))
        return rows.exclude(Exists(parts.filter(pk__lt=OuterRef("part"))))

    def _grouped(
        self, rows: QuerySet, date: str, transfer: str = "", also: Sequence[str] = (), **sums: Any
    ) -> Iterator[tuple[list, list]]:
        """Keys and sums of some rows. A key is the EDTF of the date, where years are asked for, and the groups; before
        the sums stand the values of `also`, by which rows are told apart besides."""
        keys = ([date] if self._time else []) + list(self._columns(transfer))
        lines = self._told_once(rows, transfer).order_by()
        for values in lines.values_list(*keys, *also).annotate(**sums):
            yield list(values[: len(keys)]), list(values[len(keys) :])

    def _totals(self, key: list[Any], date: str) -> list[Totals]:
        """The groups to which a key belongs, whose date is of this kind: one for each year of a set, else one."""
        rest = list(key)
        times: list[Time] = [(None, None)]
        if self._time:
            times = self._times(rest.pop(0))
        return [self._group(time, date, rest) for time in times]

    def _group(self, time: Time, date: str, rest: list[Any]) -> Totals:
        """The group of a time and what else is asked for, made when it is first met."""
        kind = date if self._dates_apart and time != (None, None) else ""
        found = self._found.get((*time, kind, *rest))
        if found is None:
            found = self._found[*time, kind, *rest] = self._new(time, kind, rest)
        return found

    def _new(self, time: Time, kind: str, rest: list[Any]) -> Totals:
        values = iter(rest)
        group: dict[str, Any] = {}
        for name in self.groups:
            if name == self._time:
                group[name] = time[0]
            else:
                group[name] = (next(values), next(values)) if name in _SIDES else next(values)
        return Totals(group, time[1], kind)

    def _count(self) -> None:
        """How many transfers; by years, one that was delivered in several counts in each of them."""
        if not self._time:
            for key, (number,) in self._grouped(self.lines, "", number=Count("pk")):
                self._totals(key, "")[0].transfers += number
            return
        apart = Delivery.objects.filter(transfer__in=self.lines).exclude(date_edtf="")
        by_time = apart.annotate(time=year_or_date() if self._time == "year" else _decade_or_date())
        for key, (number,) in self._grouped(by_time, "time", "transfer__", number=Count("transfer", distinct=True)):
            for totals in self._totals(key, "delivered"):
                totals.transfers += number
        rest = by_main_date(without(self.lines, Delivery.objects.exclude(date_edtf="")))
        for key, (kind, number) in self._grouped(rest, "main", also=("main_kind",), number=Count("pk")):
            for totals in self._totals(key, kind):
                totals.transfers += number

    def _sum_values(self) -> None:
        """What the lines are said to be worth, by currency and basis; a sum has no upper end where a line has none."""
        priced = by_main_date(self.lines.exclude(value_currency=""))
        sums = exact_sums(low="value_low", high="value_high") | {"ended": Count("value_high"), "number": Count("pk")}
        also = ("main_kind", "value_currency", "value_basis")
        for key, (kind, currency, basis, *told, ended, number) in self._grouped(priced, "main", also=also, **sums):
            low, high = exact(*told[:2]), exact(*told[2:])
            worth = Worth(currency, basis, low, high if ended == number else None, number)
            for totals in self._totals(key, kind):
                _add_worth(totals, worth)

    def _sum_delivered(self) -> None:
        """The trend-indicator values of what was delivered: of deliveries told apart, else of the whole."""
        apart = Delivery.objects.filter(transfer__in=self.lines, tiv__isnull=False)
        whole = without(self.lines.filter(tiv_delivered__isnull=False), Delivery.objects.filter(tiv__isnull=False))
        for key, told in self._grouped(apart, "date_edtf", "transfer__", **exact_sums(volume="tiv")):
            for totals in self._totals(key, "delivered"):
                totals.tiv_delivered = plus(totals.tiv_delivered, exact(*told))
        for key, told in self._grouped(whole, "delivered_edtf", **exact_sums(volume="tiv_delivered")):
            totals = self._whole(key, "delivered")
            totals.tiv_delivered = plus(totals.tiv_delivered, exact(*told))

    def _sum_ordered(self) -> None:
        """The trend-indicator values of what was ordered."""
        ordered = self.lines.filter(tiv_ordered__isnull=False)
        for key, told in self._grouped(ordered, "ordered_edtf", **exact_sums(volume="tiv_ordered")):
            totals = self._whole(key, "ordered")
            totals.tiv_ordered = plus(totals.tiv_ordered, exact(*told))

    def _whole(self, key: list[Any], date: str) -> Totals:
        """The one group of a total that is not divided: its year, or the span of its years."""
        if not self._time:
            return self._totals(key, date)[0]
        edtf, *rest = key
        times = self._times_of(edtf)
        return self._group((times[0], None) if len(times) == 1 else (None, edtf or None), date, rest)

    def _times(self, edtf: str) -> list[Time]:
        """The times under which a date stands."""
        return stands_under(edtf, self._times_of(edtf))

    def _times_of(self, edtf: str) -> list[int]:
        """The years that a date touches, or the first ones of their decades; none where it is open or there is none."""
        years = dates.parse(edtf).years() if edtf else []
        return years if self._time == "year" else sorted({year // 10 * 10 for year in years})

    # --- names

    def _name(self) -> None:
        """Put records in the place of their keys."""
        named = {name: kind for name, kind in _RECORDS.items() if name in self.groups}
        records: dict[str, dict[int, Any]] = {
            name: kind._default_manager.in_bulk({totals.group[name] for totals in self._found.values()} - {None})
            for name, kind in named.items()
        }
        sides = [totals.group[side] for totals in self._found.values() for side in _SIDES if side in totals.group]
        countries = Country.objects.in_bulk({country for country, _body in sides if country})
        bodies = Organisation.objects.in_bulk({body for _country, body in sides if body})
        for totals in self._found.values():
            for side in {*_SIDES} & totals.group.keys():
                country, body = totals.group[side]
                totals.group[side] = countries.get(country) or bodies.get(body)
            for name, of_kind in records.items():
                totals.group[name] = of_kind.get(totals.group[name])


def stands_under(edtf: str, times: Sequence[int]) -> list[Time]:
    """Where a date that touches these years or decades stands: each of a set of all; else its span, else nothing."""
    if not edtf:
        return [(None, None)]
    if len(times) == 1 or (times and edtf.startswith("{")):
        return [(time, None) for time in times]
    return [(None, edtf)]


def without(lines: TransferQuerySet, deliveries: QuerySet) -> TransferQuerySet:
    """The transfers that have none of these deliveries.

    Each is looked up: of a list of more than a few hundred thousand PostgreSQL would go through all with each transfer.
    """
    found: TransferQuerySet = lines.exclude(Exists(deliveries.filter(transfer=OuterRef("pk"))))
    return found


def year_or_date() -> Case:
    """Of a delivery the year in which it was, however exactly it is told, else its EDTF: 2010 and 2010-06 are one."""
    first, last = (Substr(Cast(f"date_{end}", CharField()), 1, 4) for end in ("earliest", "latest"))
    return Case(When(Exact(first, last), then=first), default=F("date_edtf"))


def _decade_or_date() -> Case:
    """The same of its decade: 2010 and 2011/2013 are one."""
    first, last = (Substr(Cast(f"date_{end}", CharField()), 1, 3) for end in ("earliest", "latest"))
    return Case(When(Exact(first, last), then=Concat(first, Value("X"))), default=F("date_edtf"))


def _add_worth(totals: Totals, worth: Worth) -> None:
    """Add a sum to that of the same currency and basis."""
    for old in totals.values:
        if (old.currency, old.basis) == (worth.currency, worth.basis):
            old.low = plus(old.low, worth.low)
            old.high = None if old.high is None or worth.high is None else old.high + worth.high
            old.transfers += worth.transfers
            return
    totals.values.append(Worth(worth.currency, worth.basis, worth.low, worth.high, worth.transfers))
