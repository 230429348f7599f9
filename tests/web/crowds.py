"""Any number of records of every kind, all around the same few entities; and a draft of every kind beside them."""

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from armsdb import search
from armsdb.lib.vocab import AliasKind, State
from armsdb.models import (
    Alias,
    Country,
    Dataset,
    DataVersion,
    Equipment,
    Event,
    EventParticipant,
    Figure,
    FigureSubject,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    SanctionImposer,
    SanctionTarget,
    Source,
    Succession,
    Transfer,
    TransferCompany,
)
from tests.search.builders import cite, entity, fact, record

#: A word in the name of every draft, and in nothing else.
SECRET = "Zyzzyva"


def hub() -> SimpleNamespace:
    """One entity of each kind, one dataset, one newsroom with its article: what a crowd gathers around."""
    w = SimpleNamespace()
    w.country = entity(Country, "Hubland", alpha_2="HU", alpha_3="HUB", summary="A state in the middle.")
    w.company = entity(Organisation, "Hub Works", kind="company", country=w.country)
    w.newsroom = entity(Organisation, "Hub Times", kind="news-outlet", country=w.country)
    w.person = entity(Person, "Hub Person")
    w.equipment = entity(Equipment, "Hub-1", category="combat-aircraft")
    w.dataset = record(
        Dataset, "articles", name="Articles", publisher=w.newsroom, licence="none", terms="open", summary="Read."
    )
    w.article = record(Source, "article", name="An article", publisher=w.newsroom, kind="news-article")
    search.index([row for row in vars(w).values() if isinstance(row, Record)])
    return w


def crowd(w: SimpleNamespace, first: int, last: int, *, state: str = State.PUBLISHED, word: str = "Crowd") -> None:
    """Put records with these numbers around the hub: one of each kind a number, each with citations and names."""
    for number in range(first, last + 1):
        made = _entities(w, number, state, word)
        made += _facts(w, number, state, word, made)
        search.index(made)
    told = {"number": last, "changed": timezone.now()}
    DataVersion.objects.update_or_create(type=Transfer.TYPE, defaults=told)


def _entities(w: SimpleNamespace, number: int, state: str, word: str) -> list[Any]:
    name = f"{word} {number}"
    country = entity(Country, f"{name} state", state=state)
    company = entity(Organisation, f"{name} works", kind="company", country=w.country, state=state)
    person = entity(Person, f"{name} person", state=state)
    equipment = entity(Equipment, f"{name} type", family=w.equipment, category="warships", state=state)
    document = record(
        Source,
        f"{word.lower()}-{number}-paper",
        name=f"{name} paper",
        publisher=w.newsroom,
        kind="statement",
        state=state,
    )
    dataset = record(
        Dataset, f"{word.lower()}-{number}-set", name=f"{name} set", publisher=w.newsroom, licence="none", terms="open",
        state=state,
    )  # fmt: skip
    Succession.objects.create(country=country, successor=w.country)
    for hub_entity in (w.country, w.company, w.person, w.equipment):
        if state == State.PUBLISHED:
            alias = Alias(
                **{hub_entity.TYPE: hub_entity},
                name=f"{hub_entity.name} {number}",
                kind=AliasKind.MISSPELLING,
                source=document,
                locator=f"A{number}",
            )
            alias.derive()
            alias.save()
    return [country, company, person, equipment, document, dataset]


def _facts(w: SimpleNamespace, number: int, state: str, word: str, made: list[Any]) -> list[Any]:
    country, company, person, equipment, document, _dataset = made
    key, name = f"{word}-{number}".lower(), f"{word} {number}"

    def told(model: type[Record], letter: str, **values: Any) -> Any:
        row = fact(model, f"{letter}-{key}", w.dataset, state=state, **values)
        cite(row, w.article, locator=f"A{number}", quotes=document, attributed_to_person=w.person, state=state)
        cite(row, w.article, locator=f"A{number + 1}", attributed_to_organisation=w.newsroom, state=state)
        return row

    lines = [
        told(Transfer, "t", supplier=country, recipient=w.country, equipment=w.equipment, delivered=str(1950 + number)),
        told(Transfer, "u", supplier=w.country, recipient=country, equipment=equipment, ordered=f"{1950 + number}/.."),
        told(Transfer, "v", supplier=country, recipient=w.country, equipment=equipment, nature="backing"),
    ]
    lines[1].comment = f"{name} comment"
    for line, role in zip(lines, ("exporter", "buyer", "broker"), strict=True):
        TransferCompany.objects.create(transfer=line, company=company, role=role)
        TransferCompany.objects.create(transfer=line, company=w.company, role=role)
    figure = told(Figure, "f", name=f"{name} figure", statement=f"{name} said.", number=number, unit="people")
    sanction = told(Sanction, "s", name=f"{name} sanction", statement=f"{name} imposed.", imposed=str(1950 + number))
    values = {"name": f"{name} event", "statement": f"{name} met.", "kind": "meeting", "status": "expected"}
    event = told(Event, "e", date=str(1950 + number), **values)
    for hub_entity in (w.country, w.company, w.person, w.equipment):
        FigureSubject.objects.create(figure=figure, **{hub_entity.TYPE: hub_entity})
    for hub_entity in (w.country, w.company, w.person):
        SanctionTarget.objects.create(sanction=sanction, **{hub_entity.TYPE: hub_entity})
        EventParticipant.objects.create(event=event, **{hub_entity.TYPE: hub_entity})
    SanctionImposer.objects.create(sanction=sanction, country=country)
    roles = [
        told(Role, "r", person=w.person, title=f"{name} post", of_organisation=w.company, period=str(1950 + number)),
        told(Role, "q", person=person, title=f"{name} seat", of_country=w.country),
    ]
    ownerships = [
        told(Ownership, "o", parent=w.company, child=company),
        told(Ownership, "p", parent=company, child=w.company),
    ]
    return [*lines, figure, sanction, event, *roles, *ownerships]
