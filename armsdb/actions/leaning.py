"""Which facts lean on which entities and sources, and what they need of them."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from armsdb.lib.vocab import State
from armsdb.models import (
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    Fact,
    Figure,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    Source,
    Transfer,
)

from .saving import refusal

FACTS: tuple[type[Fact], ...] = (Transfer, Figure, Sanction, Event, Ownership, Role)

_CITED_BY = ("citations__source", "citations__quotes")

#: For each kind of record: the paths by which each kind of fact reaches it.
_PATHS: dict[type[Record], dict[type[Fact], tuple[str, ...]]] = {
    Country: {
        Transfer: ("supplier", "recipient"),
        Figure: ("about_rows__country",),
        Sanction: ("imposer_rows__country", "target_rows__country"),
        Event: ("participant_rows__country", "place_country"),
        Role: ("of_country",),
    },
    Organisation: {
        Transfer: ("supplier_organisation", "recipient_organisation", "company_rows__company"),
        Figure: ("about_rows__organisation",),
        Sanction: ("imposer_rows__organisation", "target_rows__organisation"),
        Event: ("participant_rows__organisation",),
        Ownership: ("parent", "child"),
        Role: ("of_organisation",),
    },
    Person: {
        Figure: ("about_rows__person",),
        Sanction: ("target_rows__person",),
        Event: ("participant_rows__person",),
        Role: ("person",),
    },
    Equipment: {Transfer: ("equipment",), Figure: ("about_rows__equipment",)},
    Source: dict.fromkeys(FACTS, _CITED_BY),
    Dataset: dict.fromkeys(FACTS, ("dataset",)),
}
_TELLERS = {Person: "citations__attributed_to_person", Organisation: "citations__attributed_to_organisation"}


def facts_on(record: Record) -> Iterator[QuerySet]:
    """The facts of each kind that name this record, or cite it, or cite what it says."""
    for kind, paths in _PATHS.get(type(record), {}).items():
        yield _reached(kind, record, paths)
    if type(record) in _TELLERS:
        for kind in FACTS:
            yield _reached(kind, record, (_TELLERS[type(record)],))


def _reached(kind: type[Fact], record: Record, paths: tuple[str, ...]) -> QuerySet:
    condition = Q()
    for path in paths:
        condition |= Q(**{path: record})
    return kind.objects.filter(condition).distinct()


def needs_of(fact: Fact) -> Iterator[Record]:
    """The records that a fact names: readers of the fact are led to them."""
    for field in fact._meta.concrete_fields:
        if field.is_relation and field.name not in {"merged_into", "returns"}:
            needed = getattr(fact, field.name)
            if isinstance(needed, Record):
                yield needed
    for rows in ("about_rows", "imposer_rows", "target_rows", "participant_rows"):
        if hasattr(fact, rows):
            yield from (row.entity for row in getattr(fact, rows).all())
    if isinstance(fact, Transfer):
        yield from (row.company for row in fact.company_rows.select_related("company"))


def needs_of_citation(citation: Citation) -> Iterator[Record]:
    """The records that a citation names."""
    yield from filter(None, (citation.source, citation.quotes, citation.teller))


def refuse_unless_needs_published(record: Record) -> None:
    """Refuse to publish what would lead readers to something that they cannot see."""
    if isinstance(record, Fact):
        needs = needs_of(record)
    elif isinstance(record, Citation):
        needs = needs_of_citation(record)
    else:
        needs = (
            getattr(record, name) for name in ("country", "publisher", "via", "family") if getattr(record, name, None)
        )
    for needed in needs:
        if not needed.is_published:
            raise refusal(_("“%(needed)s” is not published, and this record names it.") % {"needed": needed})


def refuse_while_leaned_on(record: Record) -> None:
    """Refuse to take away what published records lean on."""
    for facts in facts_on(record):
        leaning = facts.filter(state=State.PUBLISHED).first()
        if leaning is not None:
            raise refusal(_("Published records lean on it, such as “%(fact)s”.") % {"fact": leaning})
    for model, fields in _ENTITY_PATHS.get(type(record), {}).items():
        for field in fields:
            leaning = model.objects.published().filter(**{field: record}).first()
            if leaning is not None:
                raise refusal(_("Published records lean on it, such as “%(fact)s”.") % {"fact": leaning})


#: Entities and sources that name a record themselves.
_ENTITY_PATHS: dict[type[Record], dict[type[Record], tuple[str, ...]]] = {
    Country: {Organisation: ("country",)},
    Organisation: {Source: ("publisher",), Dataset: ("publisher",)},
    Equipment: {Equipment: ("family",)},
    Source: {Source: ("via",)},
}
