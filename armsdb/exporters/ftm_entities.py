"""Records as entities of FollowTheMoney, as far as its model has words for them: docs/followthemoney.md."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import COMPANY_KINDS, OrganisationKind, Stance
from armsdb.models import (
    Country,
    Event,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    Transfer,
)
from armsdb.models.reading import beside

from .works import certain_parts

DATASET = "armsdb"
_PUBLIC = frozenset({OrganisationKind.GOVERNMENT_BODY, OrganisationKind.ARMED_FORCE})
_TYPES = {
    "name": ("name", "alias"),
    "country": ("country", "departureCountry", "destinationCountry"),
    "url": ("sourceUrl",),
    "date": ("date", "startDate", "endDate", "modifiedAt"),
    "identifier": ("wikidataId", "innCode", "leiCode"),
    "text": ("summary", "description", "goodsDescription", "reason"),
    "entity": (
        *("sender", "receiver", "contractHolder", "entity", "owner", "asset", "subject", "object", "holder", "post"),
        *("organization", "involved"),
    ),
}
_TYPE_OF = {prop: kind for kind, props in _TYPES.items() for prop in props}
_IDENTIFIERS = {"wikidata": "wikidataId", "inn": "innCode", "lei": "leiCode"}


@dataclass
class Entity:
    """An entity: its schema, and the values of its properties."""

    id: str
    schema: str
    values: dict[str, list[str]] = field(default_factory=dict)

    def add(self, prop: str, *values: str | None) -> None:
        """Tell a property; what is empty, or told already, is not."""
        told = self.values.setdefault(prop, [])
        told += dict.fromkeys(value for value in values if value and value not in told)

    def statements(self, seen: str) -> Iterator[dict[str, Any]]:
        """Each value of each property; `seen` is the day of the data."""
        for prop, values in self.values.items():
            for value in values:
                key = f"{DATASET}.{self.id}.{prop}.{value}"
                own = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
                yield {
                    "id": own,
                    "entity_id": self.id,
                    "canonical_id": self.id,
                    "schema": self.schema,
                    "prop": prop,
                    "prop_type": _TYPE_OF.get(prop, "string"),
                    "value": value,
                    "dataset": DATASET,
                    "external": False,
                    "first_seen": seen,
                    "last_seen": seen,
                }


def entities(record: Any, site: str) -> Iterator[Entity]:
    """A record as entities, the one that it is first, then those that it names; nothing where there are no words."""
    tell = _TELLERS.get(type(record))
    if tell is not None:
        yield from tell(record, site)


def _named(record: Record, site: str) -> Iterator[Entity]:
    """Who a fact names, as far as its row tells."""
    schema = _schema(record)
    one = Entity(id_of(record), schema)
    one.add("name", str(record))
    one.add("sourceUrl", site + record.get_absolute_url())
    if isinstance(record, Country):
        one.add("country", _code(record))
    yield one


def _body(record: Any, site: str) -> Iterator[Entity]:
    """A country, an organisation or a person, whole."""
    (one,) = _named(record, site)
    one.add("alias", *(alias.name for alias in record.aliases.all()))
    one.add("summary", record.summary)
    one.add("modifiedAt", record.updated.date().isoformat())
    for identifier in record.identifiers.all():
        # INN and LEI are those of people and organisations.
        if identifier.scheme in _IDENTIFIERS and (one.schema != "Territory" or identifier.scheme == "wikidata"):
            one.add(_IDENTIFIERS[identifier.scheme], identifier.value)
    if isinstance(record, Organisation) and record.country:
        one.add("country", _code(record.country))
    yield one


def _transfer(transfer: Transfer, site: str) -> Iterator[Entity]:
    one = _fact(transfer, "EconomicActivity", site)
    one.add("goodsDescription", str(transfer.equipment))
    one.add("date", _day(transfer.main_date))
    others: list[Record] = []
    sides = (
        ("sender", "departureCountry", transfer.supplier, transfer.supplier_organisation),
        ("receiver", "destinationCountry", transfer.recipient, transfer.recipient_organisation),
    )
    for prop, of_country, country, organisation in sides:
        one.add(of_country, _code(country))
        if organisation:
            one.add(prop, id_of(organisation))
            others.append(organisation)
    for row in beside(transfer, "company_rows"):
        one.add("contractHolder", id_of(row.company))
        others.append(row.company)
    yield one
    yield from (entity for other in others for entity in _named(other, site))


def _sanction(sanction: Sanction, site: str) -> Iterator[Entity]:
    """One for each of those that it is aimed at."""
    imposers = [row.entity for row in beside(sanction, "imposer_rows")]
    for target in (row.entity for row in beside(sanction, "target_rows")):
        one = _fact(sanction, "Sanction", site, suffix=f"-{target.TYPE}-{target.public_id}")
        one.add("entity", id_of(target))
        one.add("authority", *map(str, imposers), sanction.imposed_by_as_stated)
        one.add("country", *(_code(body) for body in imposers if isinstance(body, Country)))
        one.add("program", sanction.programme)
        one.add("reason", sanction.statement)
        one.add("startDate", _day(sanction.imposed))
        one.add("endDate", _day(sanction.ended))
        yield one
        yield from _named(target, site)


def _ownership(ownership: Ownership, site: str) -> Iterator[Entity]:
    """An ownership where what is owned is a company; its model has no other assets that are organisations."""
    if _schema(ownership.child) == "Company":
        one = _fact(ownership, "Ownership", site)
        one.add("owner", id_of(ownership.parent))
        one.add("asset", id_of(ownership.child))
        one.add("percentage", ownership.share.short() if ownership.share else "")
    else:
        one = _fact(ownership, "UnknownLink", site)
        one.add("subject", id_of(ownership.parent))
        one.add("object", id_of(ownership.child))
        one.add("role", _("owner"))
    one.add("date", _day(ownership.period))
    yield one
    yield from _named(ownership.parent, site)
    yield from _named(ownership.child, site)


def _role(role: Role, site: str) -> Iterator[Entity]:
    """A post, and who holds it where that is told."""
    post = Entity(f"{DATASET}-post-{role.public_id}", "Position")
    post.add("name", role.title)
    post.add("country", _code(role.of_country))
    if role.of_organisation:
        post.add("organization", id_of(role.of_organisation))
        yield from _named(role.of_organisation, site)
    yield post
    if role.person:
        one = _fact(role, "Occupancy", site)
        one.add("holder", id_of(role.person))
        one.add("post", post.id)
        one.add("date", _day(role.period))
        yield one
        yield from _named(role.person, site)


def _event(event: Event, site: str) -> Iterator[Entity]:
    one = _fact(event, "Event", site)
    one.add("name", event.name)
    one.add("date", _day(event.date))
    one.add("country", _code(event.place_country))
    parties = [row.entity for row in beside(event, "participant_rows")]
    one.add("country", *(_code(party) for party in parties if isinstance(party, Country)))
    others = [party for party in parties if not isinstance(party, Country)]
    one.add("involved", *map(id_of, others))
    yield one
    yield from (entity for other in others for entity in _named(other, site))


def _fact(fact: Any, schema: str, site: str, suffix: str = "") -> Entity:
    """What every fact tells: how it is known, and who says so."""
    one = Entity(id_of(fact) + suffix, schema)
    one.add("summary", fact.name)
    told = {"grade": fact.get_evidence_display(), "reason": fact.evidence_reason}
    one.add("description", _("Evidence: %(grade)s. %(reason)s") % told, getattr(fact, "statement", ""), fact.comment)
    one.add("sourceUrl", site + fact.get_absolute_url())
    supporting = [row for row in beside(fact, "citations") if row.stance == Stance.SUPPORTS]
    one.add("publisher", *(str(row.source) for row in sorted(supporting, key=lambda row: row.pk)))
    one.add("modifiedAt", fact.updated.date().isoformat())
    if schema != "Event":
        one.add("recordId", fact.public_id)
    return one


def id_of(record: Any) -> str:
    """The id of the entity that a record is."""
    return f"{DATASET}-{record.TYPE}-{record.public_id}"


def _schema(record: Any) -> str:
    if isinstance(record, Organisation):
        is_public = record.kind in _PUBLIC
        return "Company" if record.kind in COMPANY_KINDS else "PublicBody" if is_public else "Organization"
    return "Territory" if isinstance(record, Country) else "Person" if isinstance(record, Person) else "Thing"


def _code(country: Country | None) -> str:
    return (country.alpha_2 or country.alpha_4 or "").lower() if country else ""


def _day(date: VagueDate | None) -> str:
    """As much of a date as is certain: a year, a month or a day; nothing where not even the year is."""
    return "-".join(f"{part:02}" for part in certain_parts(date))


_TELLERS: Mapping[type[Record], Callable[[Any, str], Iterator[Entity]]] = {
    Country: _body,
    Organisation: _body,
    Person: _body,
    Transfer: _transfer,
    Sanction: _sanction,
    Ownership: _ownership,
    Role: _role,
    Event: _event,
}
#: The kinds that it has words for.
KINDS = frozenset(_TELLERS)
