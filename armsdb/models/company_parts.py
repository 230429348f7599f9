"""The companies in some transfers: of few what each did in which, of many what it did and in how many."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import CharField, Count, F, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.lib.vocab import COMPANY_KINDS, CompanyRole, Grade

from .connections import one_by_one
from .organisations import Organisation
from .transfer_queries import TransferQuerySet
from .transfer_rows import TransferCompany

#: So many companies are told at most, of thousands those with most lines.
MOST_COMPANIES = 200
#: The roles that tell how a company supplied.
SUPPLYING = {CompanyRole.PRODUCER, CompanyRole.EXPORTER, CompanyRole.BROKER}


@dataclass(frozen=True)
class CompanyTotal:
    """A company, what it did in any of some transfers, in the order of roles, and in how many it takes part."""

    company: Organisation
    roles: list[str]
    transfers: int

    @property
    def labels(self) -> list[str]:
        """The roles in words."""
        return [str(CompanyRole(role).label) for role in self.roles]


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
        return _in_order({role for roles in self.lines.values() for role in roles})

    def labels_in(self, line: int) -> list[str]:
        """What it did in one transfer, in words; a supplier of which it is told how it supplied is not told twice."""
        roles = self.lines[line]
        told = [role for role in roles if role != CompanyRole.SUPPLIER or not SUPPLYING & set(roles)]
        return [str(CompanyRole(role).label) for role in told]


class Named(NamedTuple):
    """Rows that name a company, and the names of their columns; `once` are those that no other rows tell besides."""

    rows: QuerySet
    once: QuerySet
    company: str
    line: str
    evidence: str


def _named(lines: TransferQuerySet) -> list[Named]:
    """The rows that name companies in these lines, with what each `done`: their parts, and both sides of the lines.

    A company that is itself the supplier or the recipient of a line counts as its supplier or consignee.
    """
    lines = lines.order_by()
    parts = TransferCompany.objects.filter(transfer__in=lines).annotate(done=F("role"))
    found = [Named(parts, parts, "company", "transfer", "transfer__evidence")]
    for side, role in (("supplier", CompanyRole.SUPPLIER), ("recipient", CompanyRole.CONSIGNEE)):
        company = f"{side}_organisation"
        rows = lines.filter(**{f"{company}__kind__in": COMPANY_KINDS}).annotate(done=Value(str(role), CharField()))
        once = rows.exclude(company_rows__company=F(company))
        if side == "recipient":
            once = once.exclude(supplier_organisation=F(company))
        found.append(Named(rows, once, company, "pk", "evidence"))
    return found


def companies_in(lines: TransferQuerySet) -> list[CompanyPart]:
    """The companies in these lines, MOST_COMPANIES of them with most transfers, each with its lines; four queries."""
    by_company: dict[int, dict[tuple[int, str], str]] = defaultdict(dict)
    for named in _named(lines):
        for key, role, pk, grade in named.rows.values_list(named.company, "done", named.line, named.evidence):
            by_company[key][pk, role] = grade
    companies = Organisation.objects.published().filter(pk__in=by_company)
    found = [_part(company, by_company[company.pk]) for company in companies]
    return sorted(found, key=lambda part: (-part.transfers, part.company.name, part.company.pk))[:MOST_COMPANIES]


def _part(company: Organisation, own: Mapping[tuple[int, str], str]) -> CompanyPart:
    """A company with the grade of what it did, by transfer and role."""
    lines: dict[int, list[str]] = {}
    for transfer, role in sorted(own, key=lambda row: CompanyRole.values.index(row[1])):
        lines.setdefault(transfer, []).append(role)
    alleged = {transfer for (transfer, _role), grade in own.items() if grade == Grade.ALLEGED}
    return CompanyPart(company, lines, len(alleged))


def company_totals(lines: TransferQuerySet) -> list[CompanyTotal]:
    """The companies in these lines, MOST_COMPANIES of them with most transfers, without the lines; seven queries."""
    numbers, roles = Counter[int](), defaultdict[int, set[str]](set)
    for named in _named(lines):
        counted = named.once.values_list(named.company).annotate(number=Count(named.line, distinct=True))
        numbers.update(dict(counted))
    in_order = Counter(dict(sorted(numbers.items())))  # which of equals come first is then the same each time
    first = {company for company, _number in in_order.most_common(MOST_COMPANIES)}
    for named in _named(lines):
        for company, done in one_by_one(named.rows.order_by().values_list(named.company, "done").distinct()):
            if company in first:
                roles[company].add(done)
    published = Organisation.objects.published()
    found = [CompanyTotal(one, _in_order(roles[one.pk]), numbers[one.pk]) for one in published.filter(pk__in=first)]
    return sorted(found, key=lambda total: (-total.transfers, total.company.name, total.company.pk))


def _in_order(roles: Collection[str]) -> list[str]:
    return [role for role in CompanyRole.values if role in roles]
