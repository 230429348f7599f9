"""What many transfers tell together: partners and equipment."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.locators import reading_order
from armsdb.lib.vocab import Grade, Known

from .citations import Citation
from .countries import Country
from .equipment import Equipment
from .organisations import Organisation
from .transfer_queries import TransferQuerySet

#: The dates of a transfer as its columns are called, the main one first.
DATES = ("delivered", "ordered", "talked")


def by_main_date(lines: TransferQuerySet) -> QuerySet:
    """The lines with the EDTF of their main date and its kind: that of delivery, else of the order, else of talks."""
    columns = [(name, f"{name}_edtf") for name in DATES]
    told = [(~Q(**{column: ""}), name, column) for name, column in columns]
    last, last_column = columns[-1]
    return lines.annotate(
        main=Case(*(When(there, then=column) for there, _name, column in told), default=last_column),
        main_kind=Case(*(When(there, then=Value(name)) for there, name, _column in told), default=Value(last)),
    )


# --- equipment


class EquipmentTotals(NamedTuple):
    """Equipment with the number of its lines, most first, and how many more items there are with fewer lines."""

    rows: list[tuple[Equipment, int]]
    others: int


def equipment_in(lines: TransferQuerySet, most: int | None = None) -> EquipmentTotals:
    """The equipment of these lines, so many items at most, of those with as many lines the first made; two queries."""
    counted = lines.order_by("equipment_id").values_list("equipment_id").annotate(number=Count("pk"))
    counts: Counter[int] = Counter(dict(counted))
    first = dict(counts.most_common(most))
    found = Equipment.objects.filter(pk__in=first).only("public_id", "state", "name", "category")
    rows = sorted(((item, first[item.pk]) for item in found), key=lambda row: (-row[1], row[0].name, row[0].pk))
    return EquipmentTotals(rows, len(counts) - len(first))


# --- partners


#: Places are told for partners of so many lines at most: nobody looks thousands of them up.
LOCATED = 100
#: Dates of a partner that are told one by one.
MOST_DATES = 3


class Place(NamedTuple):
    """A place in a document, and the address of one of its passages."""

    locator: str
    url: str


@dataclass
class Partner:
    """Who stands on one side of some lines, or on both, as `supplier` and `recipient`: a country or an organisation,
    None where it is not known."""

    supplier: Any = None
    recipient: Any = None
    lines: int = 0
    undated: int = 0
    documented: int = 0
    #: The dates of the lines, MOST_DATES at most; of more there is only their `span`.
    each: list[VagueDate] = field(default_factory=list)
    #: The first and the last year that their dates tell, and whether one of them is open on that side.
    years: tuple[int, int] | None = None
    is_open_start: bool = False
    is_open_end: bool = False
    #: Where the lines are told; of those with more than LOCATED lines it is not told.
    places: list[Place] = field(default_factory=list)
    #: Where a page leads its readers from here; the page sets it.
    url: str = ""

    @property
    def party(self) -> Any:
        """The one on the only side that was asked for."""
        return self.supplier or self.recipient

    def span(self) -> str:
        """The years that the dates of the lines span, in words."""
        assert self.years is not None  # asked where there are dates
        first = _("%(first)s or earlier") if self.is_open_start else "%(first)s"
        last = _("%(last)s or later") if self.is_open_end else "%(last)s"
        return f"{first} – {last}" % dict(zip(("first", "last"), self.years, strict=True))


def partners_of(lines: TransferQuerySet, *sides: str, most: int = 20) -> list[Partner]:
    """Those on a side of these lines, "supplier" or "recipient", or the pairs of both, with most lines first.

    Five queries. An organisation stands for itself where the country is only its place.
    """
    lines = lines.order_by()
    found: dict[tuple, Partner] = {}
    few = set()
    is_dated = ~Q(main="")
    counts = {
        "number": Count("pk"),
        "undated": Count("pk", filter=~is_dated),
        "documents": Count("pk", filter=Q(evidence=Grade.DOCUMENTED)),
        "told": Count("main", filter=is_dated, distinct=True),
        "first": Min("when_earliest"),
        "last": Max("when_latest"),
        "opened": Count("pk", filter=is_dated & _is_open("earliest")),
        "unended": Count("pk", filter=is_dated & _is_open("latest")),
    }
    parties = party_columns(sides)
    for row in by_main_date(lines.annotate(**parties)).values_list(*parties).annotate(**counts):
        *key, number, undated, documents, told, first, last, opened, unended = row
        years = (first.year, last.year) if first else None
        found[tuple(key)] = Partner(
            None, None, number, undated, documents, [], years, is_open_start=opened > 0, is_open_end=unended > 0
        )
        if 0 < told <= MOST_DATES:
            few.add(tuple(key))
    _name(found, sides)
    first_ones = sorted(found.items(), key=lambda item: (-item[1].lines, item[1].party is None, str(item[1].party)))
    shown = dict(first_ones[:most])
    _date({key: partner for key, partner in shown.items() if key in few}, lines, sides)
    _locate({key: partner for key, partner in shown.items() if partner.lines <= LOCATED}, lines, sides)
    return list(shown.values())


def _is_open(end: str) -> Q:
    """That the main date has no such end, "earliest" or "latest"."""
    found = Q(pk__in=[])
    for name in DATES:
        found |= Q(main_kind=name, **{f"{name}_{end}__isnull": True})
    return found


def party_columns(sides: Sequence[str], transfer: str = "") -> dict[str, Case]:
    """Annotations: the country or else the organisation on each side of a line, to which `transfer` leads."""
    found = {}
    for side in sides:
        is_country = Q(**{f"{transfer}{side}_known": Known.COUNTRY})
        found[f"{side}_state"] = Case(When(is_country, then=F(f"{transfer}{side}")))
        found[f"{side}_body"] = Case(When(~is_country, then=F(f"{transfer}{side}_organisation")))
    return found


def _name(found: dict[tuple, Partner], sides: Sequence[str]) -> None:
    """Give each partner its records."""
    countries = Country.objects.in_bulk({pk for key in found for pk in key[::2] if pk})
    organisations = Organisation.objects.in_bulk({pk for key in found for pk in key[1::2] if pk})
    for key, partner in found.items():
        for side, country, organisation in zip(sides, key[::2], key[1::2], strict=True):
            setattr(partner, side, countries.get(country) or organisations.get(organisation))


def _of_these(found: Iterable[tuple], sides: Sequence[str]) -> Q:
    """The lines of these partners, of those that have party_columns."""
    own = Q(pk__in=[])
    for key in found:
        own |= Q(**dict(zip(party_columns(sides), key, strict=True)))
    return own


def _date(found: dict[tuple, Partner], lines: TransferQuerySet, sides: Sequence[str]) -> None:
    """Give each partner the dates of its lines, in the words of the sources; none where they are many."""
    parties = party_columns(sides)
    told = [f"{name}_{part}" for name in DATES for part in ("edtf", "text")]
    by_partner: dict[tuple, set[VagueDate]] = defaultdict(set)
    own = lines.annotate(**parties).filter(_of_these(found, sides))
    for row in own.values_list(*parties, *told).distinct() if found else ():
        key, texts = tuple(row[: len(parties)]), row[len(parties) :]
        named = zip(texts[::2], texts[1::2], strict=True)
        date = next((dates.parse(edtf, text) for edtf, text in named if edtf), None)
        if date:
            by_partner[key].add(date)
    for key, partner in found.items():
        if len(by_partner[key]) <= MOST_DATES:
            partner.each = sorted(by_partner[key], key=dates.sort_key)


def _locate(found: dict[tuple, Partner], lines: TransferQuerySet, sides: Sequence[str]) -> None:
    """Give each partner the places in which its lines are told, each once, in the order of their documents."""
    parties = party_columns(sides, "transfer__")
    told = lines.annotate(**party_columns(sides)).filter(_of_these(found, sides)).values("pk")
    citations = Citation.objects.published().filter(transfer__in=told).order_by().annotate(**parties)
    first = citations.values("source__name", "source__public_id", "locator", *parties).annotate(first=Min("public_id"))
    places = first.values_list("source__name", "source__public_id", "locator", "first", *parties)
    for _name, source, locator, passage, *key in sorted(places, key=lambda row: (*row[:2], reading_order(row[2]))):
        if tuple(key) in found:
            url = f"{reverse('source_detail', args=[source])}#{passage}"
            found[tuple(key)].places.append(Place(locator, url))
