"""What many transfers tell together: partners, companies, equipment, and what is not known of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Min, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.locators import reading_order
from armsdb.lib.vocab import COMPANY_KINDS, CompanyRole, Grade, Known

from .citations import Citation
from .countries import Country
from .equipment import Equipment
from .organisations import Organisation
from .transfer_queries import TransferQuerySet

#: The dates of a transfer as its columns are called, the main one first.
DATES = ("delivered", "ordered", "talked")

# --- companies and equipment

#: The roles that tell how a company supplied.
SUPPLYING = {CompanyRole.PRODUCER, CompanyRole.EXPORTER, CompanyRole.BROKER}


@dataclass(frozen=True)
class CompanyPart:
    """A company, and what it did in which transfers, by their keys in the database; how many are only alleged."""

    company: Organisation
    lines: dict[int, list[str]]
    alleged: int = 0

    @property
    def transfers(self) -> int:
        """In how many transfers it takes part."""
        return len(self.lines)

    @property
    def extent(self) -> str:
        """The same in words, with how many of them are only alleged."""
        told = ngettext("%(n)s transfer", "%(n)s transfers", self.transfers) % {"n": self.transfers}
        if not self.alleged:
            return told
        if self.alleged == self.transfers:
            return _("%(transfers)s, only alleged") % {"transfers": told}
        return _("%(transfers)s, %(n)s of them only alleged") % {"transfers": told, "n": self.alleged}

    @property
    def roles(self) -> list[str]:
        """What it did in any of them."""
        done = {role for roles in self.lines.values() for role in roles}
        return [role for role in CompanyRole.values if role in done]

    @property
    def labels(self) -> list[str]:
        """The same in words."""
        return [str(CompanyRole(role).label) for role in self.roles]

    def labels_in(self, line: int) -> list[str]:
        """What it did in one transfer, in words; a supplier of which it is told how it supplied is not told twice."""
        roles = self.lines[line]
        told = [role for role in roles if role != CompanyRole.SUPPLIER or not SUPPLYING & set(roles)]
        return [str(CompanyRole(role).label) for role in told]


def companies_in(lines: TransferQuerySet) -> list[CompanyPart]:
    """The companies in these lines, those with most transfers first; four queries.

    A company that is itself the supplier or the recipient of a line counts as its supplier or consignee.
    """
    named = lines.filter(company_rows__isnull=False)
    parts = set(named.values_list("company_rows__company", "company_rows__role", "pk", "evidence"))
    for side, role in (("supplier", CompanyRole.SUPPLIER), ("recipient", CompanyRole.CONSIGNEE)):
        of_side = lines.filter(**{f"{side}_organisation__kind__in": COMPANY_KINDS})
        parts |= {
            (company, str(role), pk, grade)
            for company, pk, grade in of_side.values_list(f"{side}_organisation", "pk", "evidence")
        }
    by_company: dict[int, dict[tuple[int, str], str]] = defaultdict(dict)
    for company, done, pk, grade in parts:
        by_company[company][pk, done] = grade
    companies = Organisation.objects.published().filter(pk__in=by_company)
    found = [_part(company, by_company[company.pk]) for company in companies]
    return sorted(found, key=lambda part: (-part.transfers, part.company.name, part.company.pk))


def _part(company: Organisation, own: Mapping[tuple[int, str], str]) -> CompanyPart:
    """A company with the grade of what it did, by transfer and role."""
    lines: dict[int, list[str]] = {}
    for transfer, role in sorted(own, key=lambda row: CompanyRole.values.index(row[1])):
        lines.setdefault(transfer, []).append(role)
    alleged = {transfer for (transfer, _role), grade in own.items() if grade == Grade.ALLEGED}
    return CompanyPart(company, lines, len(alleged))


def equipment_in(lines: TransferQuerySet) -> list[tuple[Equipment, int]]:
    """The equipment of these lines with the number of its lines, most first; two queries."""
    counts: Counter[int] = Counter(dict(lines.order_by().values_list("equipment").annotate(number=Count("pk"))))
    found = Equipment.objects.filter(pk__in=counts)
    return sorted(((item, counts[item.pk]) for item in found), key=lambda row: (-row[1], row[0].name, row[0].pk))


# --- partners


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
    dates: set[VagueDate] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    #: Where a page leads its readers from here; the page sets it.
    url: str = ""

    @property
    def party(self) -> Any:
        """The one on the only side that was asked for."""
        return self.supplier or self.recipient

    @property
    def each(self) -> list[VagueDate]:
        """The dates of the lines, three at most; of more there is only their `span`."""
        return sorted(self.dates, key=dates.sort_key) if len(self.dates) <= 3 else []

    def span(self) -> str:
        """The years that the dates of the lines span, in words."""
        told = list(self.dates)
        bounds = [day for date in told for day in (date.earliest, date.latest) if day]
        years = {"first": min(bounds).year, "last": max(bounds).year}
        first = _("%(first)s or earlier") if any(date.is_open_start for date in told) else "%(first)s"
        last = _("%(last)s or later") if any(date.is_open_end for date in told) else "%(last)s"
        return f"{first} – {last}" % years


def partners_of(lines: TransferQuerySet, *sides: str, most: int = 20) -> list[Partner]:
    """Those on a side of these lines, "supplier" or "recipient", or the pairs of both, with most lines first.

    Four queries. An organisation stands for itself where the country is only its place.
    """
    lines = lines.order_by()
    found: dict[tuple, Partner] = defaultdict(Partner)
    counts = {"number": Count("pk"), "documents": Count("pk", filter=Q(evidence=Grade.DOCUMENTED))}
    parties = party_columns(sides)
    told = [f"{name}_{part}" for name in DATES for part in ("edtf", "text")]
    rows = lines.annotate(**parties).values_list(*parties, *told).annotate(**counts)
    for row in rows:
        *key, delivered, delivered_text, ordered, ordered_text, talked, talked_text, number, documents = row
        partner = found[tuple(key)]
        partner.lines += number
        partner.documented += documents
        named = ((delivered, delivered_text), (ordered, ordered_text), (talked, talked_text))
        date = next((dates.parse(edtf, text) for edtf, text in named if edtf), None)
        if date:
            partner.dates.add(date)
        else:
            partner.undated += number
    _name(found, sides)
    first = sorted(found.items(), key=lambda item: (-item[1].lines, item[1].party is None, str(item[1].party)))[:most]
    _locate(dict(first), lines, sides)
    return [partner for _key, partner in first]


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


def _locate(found: dict[tuple, Partner], lines: TransferQuerySet, sides: Sequence[str]) -> None:
    """Give each partner the places in which its lines are told, each once, in the order of their documents."""
    parties = party_columns(sides, "transfer__")
    citations = Citation.objects.published().filter(transfer__in=lines).order_by().annotate(**parties)
    first = citations.values("source__name", "source__public_id", "locator", *parties).annotate(first=Min("public_id"))
    places = first.values_list("source__name", "source__public_id", "locator", "first", *parties)
    for _name, source, locator, passage, *key in sorted(places, key=lambda row: (*row[:2], reading_order(row[2]))):
        if tuple(key) in found:
            url = f"{reverse('source_detail', args=[source])}#{passage}"
            found[tuple(key)].places.append(Place(locator, url))


# --- what is not known


@dataclass(frozen=True)
class Gaps:
    """How many of some lines lack what one would want to know."""

    lines: int
    date: int
    quantity: int
    value: int
    designation: int
    supplier: int
    recipient: int


def gaps_in(lines: QuerySet) -> Gaps:
    """Count what these lines do not tell; one query."""
    no_number = {f"quantity_{of}_{end}__isnull": True for of in ("ordered", "delivered") for end in ("low", "high")}
    conditions = {
        "date": Q(**{f"{name}_edtf": "" for name in DATES}),
        "quantity": Q(**no_number),
        "value": Q(value_currency=""),
        "designation": Q(equipment__type_given=False),
        "supplier": Q(supplier_known=Known.UNKNOWN),
        "recipient": Q(recipient_known=Known.UNKNOWN),
    }
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return Gaps(**lines.order_by().aggregate(lines=Count("pk"), **counts))
