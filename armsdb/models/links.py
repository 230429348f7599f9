"""Who is linked with whom: countries, organisations and people, by the kinds of facts that link them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from armsdb.lib.vocab import CompanyRole, State

from .base import Entity
from .connections import one_by_one
from .countries import Country
from .facts import Fact
from .organisations import Organisation
from .ownerships import Ownership
from .people import Person
from .roles import Role
from .sanctions import Sanction, SanctionImposer, SanctionTarget
from .tallied import Tallied
from .transfer_rows import TransferCompany

#: The kinds of links, in their order: transfers between countries, parts in transfers, and facts of three kinds.
TRANSFERS, PART, OWNS, POST, SANCTIONS = LINKS = ("transfers", "part", "owns", "post", "sanctions")
#: The kinds of records that have links.
LINKED: tuple[type[Entity], ...] = (Country, Organisation, Person)
#: The most facts of one kind that are read.
MOST = 1_000


@dataclass
class Link(Tallied):
    """One leads to the other, by transfers of one dataset or by facts, which `cells` count by grade.

    `side`: of a part in transfers, whether the target is their `supplier` or their `recipient`; `roles`: which part.
    """

    kind: str = ""
    source: Any = None
    target: Any = None
    dataset: Any = None
    side: str = ""
    roles: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    @property
    def ends(self) -> tuple[Any, Any]:
        return self.source, self.target

    @property
    def pair(self) -> tuple[Any, ...]:
        """What tells it from all others but those of other datasets."""
        return self.kind, self.source, self.target, self.side

    def other(self, end: Any) -> Any:
        """Who is at the other end."""
        return self.target if self.source == end else self.source


@dataclass
class Facts:
    """The links of facts of all kinds, and how many facts of each kind there are beyond those that were read."""

    links: list[Link]
    unread: Mapping[str, int]
    #: How many facts name nobody at the other end.
    unnamed: int


def of_facts(centres: Collection[Entity]) -> Facts:
    """The links of some records by ownerships, posts and sanctions, with their passages; seven queries for each kind
    that occurs at most."""
    found: dict[tuple[Any, ...], Link] = {}
    unread: dict[str, int] = {}
    unnamed = 0
    for kind, rows, ends_of in (
        (OWNS, _ownerships(centres), _ends_of_ownership),
        (POST, _roles(centres), _ends_of_role),
        (SANCTIONS, _sanctions(centres), _ends_of_sanction),
    ):
        read = list(rows.with_citations()[: MOST + 1])
        if len(read) > MOST:
            unread[kind] = rows.count() - MOST
        for fact in read[:MOST]:
            ends = [(one, other) for one, other in ends_of(fact) if {one, other} & set(centres) and one != other]
            unnamed += not ends
            for source, target in ends:
                link = found.setdefault((kind, source, target), Link(kind=kind, source=source, target=target))
                link.add("", fact.evidence, 1)
                link.facts.append(fact)
    return Facts(list(found.values()), unread, unnamed)


def _of(centres: Iterable[Entity], model: type[Entity]) -> list[Entity]:
    return [one for one in centres if isinstance(one, model)]


def _ownerships(centres: Collection[Entity]) -> Any:
    own = _of(centres, Organisation)
    rows = Ownership.objects.published().with_parties().order_by("name", "pk")
    return rows.filter(Q(parent__in=own) | Q(child__in=own)) if own else rows.none()


def _ends_of_ownership(fact: Ownership) -> Iterator[tuple[Any, Any]]:
    yield fact.parent, fact.child


def _roles(centres: Collection[Entity]) -> Any:
    people, bodies, countries = (_of(centres, model) for model in (Person, Organisation, Country))
    of_them = Q(person__in=people) | Q(of_organisation__in=bodies) | Q(of_country__in=countries)
    return Role.objects.published().with_holders().filter(of_them)


def _ends_of_role(fact: Role) -> Iterator[tuple[Any, Any]]:
    if fact.person and fact.of:
        yield fact.person, fact.of


def _sanctions(centres: Collection[Entity]) -> Any:
    named = Q()
    for rows in (SanctionImposer, SanctionTarget):
        own = Q()
        for model in LINKED:
            if model.TYPE in rows.ENTITIES:
                own |= Q(**{f"{model.TYPE}__in": _of(centres, model)})
        named |= Q(pk__in=rows._default_manager.filter(own).order_by().values("sanction"))
    return Sanction.objects.published().with_parties().filter(named)


def _ends_of_sanction(fact: Sanction) -> Iterator[tuple[Any, Any]]:
    imposers, targets = ([row.entity for row in rows.all()] for rows in (fact.imposer_rows, fact.target_rows))
    yield from product(imposers, targets)


#: A part of an organisation in transfers: the organisation, the country on one of their sides, which side, the dataset.
_Part = tuple[int, int, str, int]


@dataclass
class Parts:
    """The parts of some organisations in transfers, and of all others with some countries.

    `numbers`: of how many transfers of which grade; `roles`: as what each takes part.
    """

    bodies: set[int]
    countries: set[int]
    numbers: dict[_Part, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    roles: dict[tuple[int, int, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(
        self,
        body: int,
        supplier: int | None,
        recipient: int | None,
        dataset: int,
        grade: str,
        *,
        number: int,
        roles: Iterable[str],
    ) -> None:
        """Count a part on both sides of its transfers, as far as they tell a country."""
        roles = set(roles)
        for side, country in (("supplier", supplier), ("recipient", recipient)):
            if country is not None and (body in self.bodies or country in self.countries):
                self.numbers[body, country, side, dataset][grade] += number
                self.roles[body, country, side] |= roles


def parts_in(lines: QuerySet, bodies: Collection[int], countries: Collection[int]) -> Parts:
    """The parts of these organisations in some transfers, and of all organisations in those of these countries; a
    transfer counts once however often it names an organisation. Three queries, four of both."""
    found = Parts(set(bodies), set(countries))
    lines = lines.order_by()
    of_countries = Q(supplier__in=countries) | Q(recipient__in=countries)
    columns = ("supplier", "recipient", "dataset", "evidence")
    done = {f"as_{role}": Count("pk", filter=Q(role=role)) for role in CompanyRole}
    # Asked for apart: an “or” over both tables would go through all transfers.
    of_bodies = TransferCompany.objects.filter(company__in=bodies, transfer__in=lines)
    of_others = TransferCompany.objects.filter(transfer__in=lines.filter(of_countries)).exclude(company__in=bodies)
    for rows in [of_bodies] * bool(bodies) + [of_others] * bool(countries):
        counted = rows.order_by().values_list("company", *(f"transfer__{name}" for name in columns))
        for *cells, number in one_by_one(counted.annotate(**done, number=Count("transfer", distinct=True))):
            told = cells[: 1 + len(columns)]
            roles = [role for role, times in zip(CompanyRole, cells[len(told) :], strict=True) if times]
            found.add(*told, number=number, roles=map(str, roles))
    for side in ("supplier", "recipient"):
        name = f"{side}_organisation"
        own = lines.filter(Q(**{f"{name}__in": bodies}) | of_countries, **{f"{name}__isnull": False})
        own = own.exclude(company_rows__company=F(name))
        if side == "recipient":
            own = own.exclude(supplier_organisation=F(name))
        for *told, number in one_by_one(own.values_list(name, *columns).annotate(number=Count("pk", distinct=True))):
            found.add(*told, number=number, roles=[side])
    return found


def address_of(record: Entity) -> str:
    """A record as addresses name it where its kind is not clear: kinds may share an id."""
    return f"{record.TYPE}:{record.public_id}"


def published(model: type[Entity], keys: Collection[int]) -> dict[int, Any]:
    """The published records of a kind with these keys; no query where there are none."""
    if not keys:
        return {}
    rows: QuerySet = model._default_manager.filter(state=State.PUBLISHED, pk__in=keys)
    return {row.pk: row for row in rows}
