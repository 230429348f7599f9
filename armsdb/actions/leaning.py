"""Which facts lean on which entities and sources, and what they need of them."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from armsdb.lib.vocab import State
from armsdb.models import (
    CITABLE,
    Citation,
    Country,
    Dataset,
    Entity,
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

#: For each kind of record: the paths by which each kind of fact reaches it.
NAMED_BY_FACTS: dict[type[Record], dict[type[Fact], tuple[str, ...]]] = {
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
    Dataset: dict.fromkeys((Transfer, Figure, Sanction, Event, Ownership, Role), ("dataset",)),
}
#: The paths by which a citation reaches a record, and those by which the grade of its fact turns on a record.
CITED: dict[type[Record], tuple[str, ...]] = {
    Source: ("source", "quotes"),
    Person: ("attributed_to_person",),
    Organisation: ("attributed_to_organisation",),
}
_GRADING: dict[type[Record], tuple[str, ...]] = {
    Source: ("source", "quotes"),
    Organisation: ("source__publisher", "quotes__publisher"),
}


def facts_on(record: Record) -> Iterator[QuerySet]:
    """The facts of each kind that name this record, or cite it, or cite what it says."""
    for kind, paths in NAMED_BY_FACTS.get(type(record), {}).items():
        yield kind.objects.filter(_any(paths, record)).distinct()
    yield from _cited_with(record, CITED.get(type(record), ()))


def facts_graded_by(record: Record) -> Iterator[QuerySet]:
    """The facts of each kind whose grade, or its reason, speaks of this source or of this publisher."""
    yield from _cited_with(record, _GRADING.get(type(record), ()))


def _cited_with(record: Record, paths: tuple[str, ...]) -> Iterator[QuerySet]:
    """The facts of each kind with a citation that reaches a record by one of these paths, while readers can see it."""
    if not paths:
        return
    found = Citation.objects.published().filter(_any(paths, record)).order_by()
    for kind, *keys in zip(CITABLE, *found.values_list(*CITABLE), strict=True):
        pks = set(keys) - {None}
        if pks:
            yield getattr(Citation, kind).field.related_model.objects.filter(pk__in=pks)


def records_on(record: Record) -> Iterator[QuerySet]:
    """The published entities, sources and datasets that name this record themselves."""
    for model, paths in NAMED_BY_OTHERS.get(type(record), {}).items():
        yield model.objects.published().filter(_any(paths, record)).distinct()


def _any(paths: tuple[str, ...], record: Record) -> Q:
    condition = Q()
    for path in paths:
        condition |= Q(**{path: record})
    return condition


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


def _needs_of_other(record: Record) -> Iterator[Record]:
    """The records that an entity, a source or a dataset names."""
    for name in ("country", "publisher", "via", "family"):
        yield from filter(None, [getattr(record, name, None)])
    if isinstance(record, Entity):
        yield from (alias.source for alias in record.aliases.exclude(source=None).select_related("source"))
    if isinstance(record, Country):
        yield from (row.successor for row in record.succession_rows.select_related("successor"))


def refuse_move(citation: Citation) -> None:
    """Refuse to let a citation, whose id tells its fact, speak of another: that fact would lose it unasked."""
    told = citation.public_id.rpartition("-c")[0]
    if citation.fact is None or citation.fact.public_id != told:
        raise refusal(_("A citation stays with its fact; cite the passage for the other fact anew."))


def refuse_unless_needs_published(record: Record) -> None:
    """Refuse to publish what would lead readers to something that they cannot see."""
    if isinstance(record, Fact):
        needs = needs_of(record)
    elif isinstance(record, Citation):
        needs = needs_of_citation(record)
    else:
        needs = _needs_of_other(record)
    for needed in needs:
        if not needed.is_published:
            raise refusal(_("“%(needed)s” is not published, and this record names it.") % {"needed": needed})


def leaning_on(record: Record) -> Iterator[QuerySet]:
    """The published records of each kind that lean on a record: while there are any, it cannot be taken away."""
    for facts in facts_on(record):
        yield facts.filter(state=State.PUBLISHED)
    yield from records_on(record)


def refuse_while_leaned_on(record: Record) -> None:
    """Refuse to take away what published records lean on."""
    for rows in leaning_on(record):
        leaning = rows.first()
        if leaning is not None:
            raise refusal(_("Published records lean on it, such as “%(fact)s”.") % {"fact": leaning})


_OF_ALIASES = ("aliases__source",)

#: Entities, sources and datasets that name a record themselves.
NAMED_BY_OTHERS: dict[type[Record], dict[type[Record], tuple[str, ...]]] = {
    Country: {Organisation: ("country",), Country: ("succession_rows__successor",)},
    Organisation: {Source: ("publisher",), Dataset: ("publisher",)},
    Equipment: {Equipment: ("family",)},
    Source: {
        Source: ("via",),
        Country: _OF_ALIASES,
        Organisation: _OF_ALIASES,
        Person: _OF_ALIASES,
        Equipment: _OF_ALIASES,
    },
}
