"""The flat table of each kind of record: its columns, declared once, with notes from the models' help texts.

Names are the keys of the API; what is an object there is several columns here, named after the key.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from armsdb.lib.numbers import VagueNumber
from armsdb.lib.vocab import UN_REGISTER, Verdict
from armsdb.models import (
    CITABLE,
    Alias,
    Citation,
    Country,
    Dataset,
    Delivery,
    Equipment,
    Event,
    EventParticipant,
    Figure,
    FigureSubject,
    Identifier,
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
    TransferOverlap,
)

from .columns import Column, Kind, Part, beside, columns, one_of, pages, parties, plain, through
from .reading import Written, read, read_beside
from .references import References


@dataclass(frozen=True)
class Table:
    """The rows of one kind of record, flat."""

    model: type[Record]
    columns: tuple[Column, ...]

    #: Rows that are read together.
    PART: ClassVar[int] = 1_000

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The columns of the model that its own are made of."""
        return tuple(dict.fromkeys(name for column in self.columns for name in column.needs))

    def of(self, keys: Collection[str] | None) -> "Table":
        """The table with the columns that belong to some keys of the API; all of them without."""
        if keys is None:
            return self
        return Table(self.model, tuple(column for column in self.columns if column.key in keys))

    def parts(self, keys: Sequence[int], site: str) -> Iterator[list[Sequence[str]]]:
        """The cells of the rows with these keys, column by column, some rows at a time.

        `site` is scheme and host of the addresses. KeyError: a row is not there.
        """
        references = References(site)
        for start in range(0, len(keys), self.PART):
            some = keys[start : start + self.PART]
            part = Part(some, read(self.model, self.needs, some), references)
            yield [column.cells(part) for column in self.columns]


def _companies(references: References, companies: Sequence[int], roles: Sequence[str]) -> Iterable[str]:
    ids = references.ids(Organisation, companies)
    return (f"{role}: {company}" if company else "" for company, role in zip(ids, roles, strict=True))


def _quantity(told: tuple[Any, ...]) -> str:
    """About, at least and words stand as they do in narrow columns of pages."""
    low, high, approximate, text = told
    least, most = (None if end is None else Decimal(str(end)) for end in (low, high))
    return VagueNumber(least, most, bool(approximate), text).short()


_QUANTITIES = Written(_quantity)


def _deliveries(_references: References, dates: Sequence[str], *quantities: Sequence[Any]) -> Iterable[str]:
    """Each as “2015: 24”."""
    told = map(_QUANTITIES.__getitem__, zip(*quantities, strict=True))
    return (f"{edtf or '?'}: {quantity}" for edtf, quantity in zip(dates, told, strict=True))


def _as_they_are(_references: References, texts: Sequence[str]) -> Iterable[str]:
    return texts


def _identifiers(_references: References, schemes: Sequence[str], values: Sequence[str]) -> Iterable[str]:
    return map(":".join, zip(schemes, values, strict=True))


def _states(references: References, keys: Sequence[int]) -> Iterable[str]:
    return references.ids(Country, keys)


def _overlapping(part: Part) -> Sequence[str]:
    """The lines that tell, or may tell, of the same shipment, on either side of a pair."""
    others: dict[int, set[int]] = defaultdict(set)
    for own, other in (("first", "second"), ("second", "first")):
        for line, another, verdict in zip(
            *read_beside(TransferOverlap, own, (other, "verdict"), part.keys), strict=True
        ):
            if verdict != Verdict.DIFFERENT:
                others[line].add(another)
    pairs = [(line, another) for line, found in others.items() for another in sorted(found)]
    told: dict[int, list[str]] = defaultdict(list)
    for (line, _another), public_id in zip(
        pairs, part.references.ids(Transfer, [pair[1] for pair in pairs]), strict=True
    ):
        if public_id:
            told[line].append(public_id)
    return ["; ".join(told[key]) if key in told else "" for key in part.keys]


def _un_register(part: Part) -> Sequence[str]:
    return [UN_REGISTER.get(category, "") for category in part["category"]]


def _record(model: Any, *own: Column) -> Table:
    """The table of a kind: its id and name, its own columns, when it was last changed, and its page."""
    named = columns(model, "name") if model is not Citation else []
    first = plain(model, "public_id", called="id", kind=Kind.WORD)
    return Table(model, (first, *named, *own, plain(model, "updated"), pages(model)))


def _entity(model: Any, *own: Column) -> Table:
    aliases = beside("aliases", _("Its other names."), Alias, model.TYPE, ("name",), _as_they_are)
    note = _("What others call it by: codes and numbers, each after who gives it.")
    identifiers = beside("identifiers", note, Identifier, model.TYPE, ("scheme", "value"), _identifiers)
    return _record(model, *own, aliases, identifiers, *columns(model, "summary"))


def _fact(model: Any, *own: Column) -> Table:
    """The table of a kind of fact; the passages are a table of their own."""
    known = columns(model, "comment", "evidence", "evidence_reason", "dataset")
    return _record(model, *own, *known, through(model, "dataset", "licence"), *columns(model, "key"))


def _transfer() -> Table:
    sides = ("supplier", "recipient")
    parties = [f"{side}{part}" for side in sides for part in ("", "_organisation", "_known", "_as_stated")]
    deliveries = ("date_edtf", "quantity_low", "quantity_high", "quantity_approximate", "quantity_text")
    return _fact(
        Transfer,
        *columns(Transfer, *parties),
        beside("companies", _("The companies in it, each after its role."), TransferCompany, "transfer",
               ("company", "role"), _companies, kind=Kind.WORD),
        *columns(Transfer, "equipment"),
        plain(Transfer, "category", called="equipment_category", key="equipment"),
        *columns(Transfer, "nature", "status", "condition", "local_production", "to_government", "counts_as_arms"),
        *columns(Transfer, "ordered", "delivered", "talked", "quantity_ordered", "quantity_delivered", "value"),
        *(plain(Transfer, f"tiv_{what}", key="tiv") for what in ("unit", "ordered", "delivered")),
        beside("deliveries", _("Its parts, where a register tells them apart, each after its date."), Delivery,
               "transfer", deliveries, _deliveries),
        *columns(Transfer, "deal", "returns"),
        Column("may_overlap", "may_overlap", _("Lines that may tell of the same shipment; never add them up."),
               Kind.WORD, (), _overlapping),
    )  # fmt: skip


def _citation() -> Table:
    tellers = ("attributed_to_person", "attributed_to_organisation")
    return _record(
        Citation,
        *one_of(Citation, "fact", CITABLE, _("The fact that is cited.")),
        *columns(Citation, "source", "locator", "quotes", "stance", "attributed_to"),
        *one_of(Citation, "attributed_to_record", tellers, _("The record of who says it, where there is one.")),
        *columns(Citation, "basis", "interested", "reported", "note"),
    )


def _tables() -> Iterator[Table]:
    note = _("Former states that it came after."), _("States that came after it.")
    yield _entity(
        Country,
        *columns(Country, "alpha_2", "alpha_3", "alpha_4", "existed_from", "existed_until"),
        beside("predecessors", note[0], Succession, "successor", ("country",), _states, kind=Kind.WORD),
        beside("successors", note[1], Succession, "country", ("successor",), _states, kind=Kind.WORD),
    )
    yield _entity(Organisation, *columns(Organisation, "kind", "country"))
    yield _entity(Person)
    numeral = _("Number of the category in the UN Register; empty where the category is ours.")
    yield _entity(
        Equipment,
        *columns(Equipment, "description", "family", "type_given", "category"),
        Column("un_register", "un_register", numeral, Kind.WORD, ("category",), _un_register),
        *columns(Equipment, "sipri_category"),
    )
    yield _transfer()
    about = _("Whom or what the figure is about.")
    yield _fact(
        Figure,
        *parties("about", about, FigureSubject, "figure"),
        *columns(Figure, "statement", "value", "number", "unit", "period"),
    )
    yield _fact(
        Sanction,
        *columns(Sanction, "kind", "statement"),
        *parties("imposed_by", _("Who imposed it."), SanctionImposer, "sanction"),
        *columns(Sanction, "imposed_by_as_stated"),
        *parties("targets", _("Whom it is aimed at."), SanctionTarget, "sanction"),
        *columns(Sanction, "targets_as_stated", "imposed", "ended", "programme"),
    )
    yield _fact(
        Event,
        *columns(Event, "kind", "statement", "date", "place", "place_country"),
        *parties("participants", _("Who took part."), EventParticipant, "event"),
        *columns(Event, "count", "status"),
    )
    yield _fact(Ownership, *columns(Ownership, "parent", "child", "share", "period"))
    of = _("Of which organisation or country; empty where the post stands alone.")
    places = ("of_organisation", "of_country")
    yield _fact(Role, *columns(Role, "person"), *one_of(Role, "of", places, of), *columns(Role, "title", "period"))
    yield _record(
        Source,
        *columns(Source, "kind", "publisher", "authors", "published"),
        *(plain(Source, "url", called="document_url"), plain(Source, "archived_url"), plain(Source, "language")),
        *columns(Source, "reliability", "via", "locator_prefix", "locator_count"),
    )
    yield _citation()
    yield _record(Dataset, *columns(Dataset, "publisher", "version", "licence", "terms", "summary"))


@cache
def tables() -> Mapping[type[Record], Table]:
    """The table of each kind of record; made when first asked for, since addresses are known only then."""
    return {table.model: table for table in _tables()}
