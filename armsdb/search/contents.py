"""What the index holds of each kind of record: its names, its own sentences, and what it names."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from armsdb.models import (
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    EventParticipant,
    Fact,
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
    SearchName,
    Source,
    Transfer,
)

#: What a record names: the name, then the other names.
Known = tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """The words of one record: names with their kinds (its own first, without one), sentences, and what it names."""

    names: list[tuple[str, str]]
    prose: list[str]
    named: list[Known]

    @property
    def readable(self) -> str:
        """The prose in one line, then a line for each thing named."""
        lines = [" ".join(self.prose), *(_line(known) for known in self.named)]
        return "\n".join(" ".join(line.split()) for line in lines)


def _line(known: Known) -> str:
    name, *others = known
    return f"{name} ({', '.join(others)})" if others else name


@dataclass(frozen=True)
class Kind:
    """How one kind of record gets into the index."""

    model: type[Record]
    contents: Callable[[Any], Contents]
    joins: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    @property
    def is_fact(self) -> bool:
        return issubclass(self.model, Fact)

    def published(self, ids: Collection[int]) -> list[Any]:
        """The published records among these, with all that their contents need."""
        rows: list[Any] = list(self.rows)
        if self.is_fact:
            rows.append(Prefetch("citations", Citation.objects.published().with_sources()))
        return list(
            self.model.objects.published()
            .filter(pk__in=ids)
            .select_related(*self.joins)
            .prefetch_related(*rows)
            .order_by("pk")
        )


def _entity(record: Any, *, codes: tuple[str, ...] = (), named: Sequence[Known] = ()) -> Contents:
    aliases = [(alias.name, alias.kind) for alias in _rows(record, "aliases")]
    known_codes = [(code, SearchName.CODE) for code in (*codes, record.public_id) if code]
    return Contents([(record.name, ""), *aliases, *known_codes], _told(record.summary), list(named))


def _country(country: Country) -> Contents:
    return _entity(country, codes=(country.alpha_2, country.alpha_3, country.alpha_4))


def _organisation(organisation: Organisation) -> Contents:
    return _entity(organisation, named=_lines(organisation.country.name) if organisation.country else ())


def _equipment(equipment: Equipment) -> Contents:
    return _entity(equipment, named=_lines(equipment.description))


def _source(source: Source) -> Contents:
    known = [record.name for record in (source.publisher, source.via) if record]
    named = _lines(*known, *source.authors, source.get_kind_display())
    return Contents([(source.name, "")], _told(source.reliability), named)


def _dataset(dataset: Dataset) -> Contents:
    named = _lines(dataset.publisher.name) if dataset.publisher else []
    return Contents([(dataset.name, "")], _told(dataset.summary), named)


def _transfer(transfer: Transfer) -> Contents:
    parties = (transfer.supplier, transfer.supplier_organisation, transfer.recipient, transfer.recipient_organisation)
    companies = [row.company for row in _rows(transfer, "company_rows")]
    stated = _lines(transfer.supplier_as_stated, transfer.recipient_as_stated)
    equipment = (*_known(transfer.equipment), *_told(transfer.equipment.description))
    return _fact(transfer, transfer.comment, named=[*stated, *_all_known(*parties, *companies), equipment])


def _figure(figure: Figure) -> Contents:
    about = _all_known(*(row.entity for row in _rows(figure, "about_rows")))
    return _fact(figure, figure.statement, figure.comment, named=[*about, *_lines(figure.unit)])


def _sanction(sanction: Sanction) -> Contents:
    parties = [row.entity for row in (*_rows(sanction, "imposer_rows"), *_rows(sanction, "target_rows"))]
    stated = _lines(sanction.imposed_by_as_stated, sanction.targets_as_stated, sanction.programme)
    return _fact(sanction, sanction.statement, sanction.comment, named=[*stated, *_all_known(*parties)])


def _event(event: Event) -> Contents:
    participants = [row.entity for row in _rows(event, "participant_rows")]
    named = [*_lines(event.place), *_all_known(event.place_country, *participants)]
    return _fact(event, event.statement, event.comment, named=named)


def _ownership(ownership: Ownership) -> Contents:
    return _fact(ownership, ownership.comment, named=_all_known(ownership.parent, ownership.child))


def _role(role: Role) -> Contents:
    return _fact(role, role.comment, named=_all_known(role.person, role.of_organisation, role.of_country))


def _fact(fact: Any, *prose: str, named: list[Known]) -> Contents:
    """The contents of a fact: its own words, those whom it names, then the documents and the tellers."""
    documents = [known for citation in _rows(fact, "citations") for known in _cited(citation)]
    return Contents([(fact.name, "")], _told(*prose), list(dict.fromkeys([*named, *documents])))


def _cited(citation: Citation) -> Iterator[Known]:
    for source in filter(None, (citation.source, citation.quotes)):
        yield (source.name,)
        if source.publisher:
            yield (source.publisher.name,)
    if citation.attributed_to:
        yield (citation.attributed_to,)
    if citation.teller:
        yield (citation.teller.name,)


def _rows(record: Any, reached: str) -> Iterable[Any]:
    """The rows of a part of a record; where they are fetched already, without asking for the manager of each record."""
    fetched: Iterable[Any] | None = getattr(record, "_prefetched_objects_cache", {}).get(reached)
    return getattr(record, reached).all() if fetched is None else fetched


def _lines(*texts: str) -> list[Known]:
    """Texts that have a line each."""
    return [(text,) for text in _told(*texts)]


def _told(*texts: str) -> list[str]:
    return [text for text in texts if text]


def _known(entity: Any) -> Known:
    return (entity.name, *(alias.name for alias in _rows(entity, "aliases")))


def _all_known(*entities: Any) -> list[Known]:
    return [_known(entity) for entity in entities if entity]


def _with_aliases(*paths: str) -> tuple[str, ...]:
    return tuple(f"{path}__aliases" for path in paths)


def _party_rows(rows: str, *entities: str) -> tuple[str, ...]:
    return _with_aliases(*(f"{rows}__{entity}" for entity in entities))


_PARTIES = ("supplier", "supplier_organisation", "recipient", "recipient_organisation", "equipment")
_OF = ("person", "of_organisation", "of_country")

#: Every kind that is in the index, by its word in the API's `type`.
KINDS: dict[str, Kind] = {
    kind.model.TYPE: kind
    for kind in (
        Kind(Country, _country, rows=("aliases",)),
        Kind(Organisation, _organisation, joins=("country",), rows=("aliases",)),
        Kind(Person, _entity, rows=("aliases",)),
        Kind(Equipment, _equipment, rows=("aliases",)),
        Kind(Source, _source, joins=("publisher", "via")),
        Kind(Dataset, _dataset, joins=("publisher",)),
        Kind(Transfer, _transfer, joins=_PARTIES, rows=(*_with_aliases(*_PARTIES), "company_rows__company__aliases")),
        Kind(Figure, _figure, rows=_party_rows("about_rows", *FigureSubject.ENTITIES)),
        Kind(
            Sanction,
            _sanction,
            rows=_party_rows("imposer_rows", *SanctionImposer.ENTITIES)
            + _party_rows("target_rows", *SanctionTarget.ENTITIES),
        ),
        Kind(
            Event,
            _event,
            joins=("place_country",),
            rows=("place_country__aliases", *_party_rows("participant_rows", *EventParticipant.ENTITIES)),
        ),
        Kind(Ownership, _ownership, joins=("parent", "child"), rows=_with_aliases("parent", "child")),
        Kind(Role, _role, joins=_OF, rows=_with_aliases(*_OF)),
    )
}
