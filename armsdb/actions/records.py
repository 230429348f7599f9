"""Writing one record: made or changed, published, withdrawn, merged, renamed."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils.translation import gettext as _

from armsdb.lib.reasons import for_readers
from armsdb.lib.vocab import State
from armsdb.models import Alias, Citation, Entity, Fact, FormerId, Record, Source
from armsdb.models.parts import PARTS

from .grading import follow_citations, regrade
from .leaning import (
    facts_graded_by,
    facts_on,
    records_on,
    refuse_move,
    refuse_unless_needs_published,
    refuse_while_leaned_on,
)
from .pace import refuse_haste
from .saving import assign, delete_row, in_row, make_known, refusal, row_values, save_row, store_row


class Outcome(StrEnum):
    """What a write did to a record."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@transaction.atomic
def put(
    *,
    model: type[Record],
    public_id: str,
    values: Mapping[str, Any],
    parts: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    new: bool = False,
    user: AbstractUser | None = None,
    reason: str,
) -> tuple[Any, Outcome]:
    """Make a record, or bring it to these values; columns and parts that are not named stay as they are.

    `values` has a value for each column or group of columns, references as records; `parts` has all rows of each
    part that is named (see PARTS). A new record is a draft; `new` refuses an id that is in use. Return the record and
    what was done.
    """
    record = model.objects.select_for_update().filter(public_id=public_id).first()
    if record is None or new:
        record = model(public_id=public_id)
        _refuse_used_id(record, public_id)
    before = None if record.pk is None else row_values(record)
    assign(record, values)
    record.derive()
    if isinstance(record, Citation):
        refuse_move(record)
    outcome = Outcome.NEW if before is None else Outcome.SAME if before == row_values(record) else Outcome.CHANGED
    if outcome is not Outcome.SAME:
        save_row(record, user=user, reason=reason)
    parts_changed = [_keep_part(record, name, rows, user, reason) for name, rows in (parts or {}).items()]
    if outcome is Outcome.SAME and any(parts_changed):
        outcome = Outcome.CHANGED
        save_row(record, user=user, reason=reason)
    if outcome is not Outcome.SAME:
        if record.is_published:
            refuse_unless_needs_published(record)
        _follow(record, user=user, reason=reason)
    return record, outcome


def _refuse_used_id(record: Record, public_id: str) -> FormerId | None:
    """Refuse an id that is or was another record's; return the row that says that it was this record's own."""
    former = FormerId.objects.filter(type=record.TYPE, former=public_id).first()
    taken = type(record).objects.filter(public_id=public_id).exists()
    if taken or (former is not None and former.current != record.public_id):
        raise refusal(_("The id “%(id)s” is or was another record's.") % {"id": public_id}, "public_id")
    return former


def _keep_part(record: Record, name: str, rows: Iterable[Mapping[str, Any]], user: Any, reason: str) -> bool:
    """Bring the rows of one part to those given; tell whether anything changed."""
    if name not in PARTS.get(type(record), {}):
        raise refusal(_("A %(kind)s has no %(name)s.") % {"kind": record._meta.verbose_name, "name": name})
    model, owner = PARTS[type(record)][name]
    kept = list(model._default_manager.filter(**{owner: record}).order_by("id"))
    changed = False
    new: dict[int, models.Model] = {}
    for number, values in enumerate(rows):
        row = model(**{owner: record})
        with in_row(name, number):
            assign(row, values)
        if isinstance(row, Alias):
            row.derive()
        same = next((old for old in kept if row_values(old) == row_values(row)), None)
        if same is not None:
            kept.remove(same)
        else:
            new[number] = row
    for row in kept:  # before the new ones, which may take their place
        delete_row(row, user=user, reason=reason)
        changed = True
    for number, row in new.items():
        with in_row(name, number):
            save_row(row, user=user, reason=reason)
        changed = True
    return changed


def _follow(record: Record, *, user: Any, reason: str) -> None:
    """Bring what leans on a changed record up to date, then the index and the data version."""
    if record.state == State.DRAFT:
        return
    known: list[Record] = [record]
    if isinstance(record, Fact):
        known += record.citations.published()
    if isinstance(record, Citation):
        follow_citations(fact=record.fact, user=user, reason=reason)
        known = [record, record.fact] if record.fact.is_published else []
    if isinstance(record, Entity | Source):
        known += brought_up_to_date(record, user=user, reason=reason)
    make_known(row for row in known if row is record or row.is_published)


def brought_up_to_date(record: Record, *, user: Any, reason: str) -> Iterator[Record]:
    """What tells of a changed entity or source, with titles and grades as they now have to be."""
    for facts in facts_on(record):
        for fact in facts:
            before = row_values(fact)
            fact.derive()
            if row_values(fact) != before:
                store_row(fact, user=user, reason=reason)
            yield fact
    for facts in facts_graded_by(record):
        for fact in facts:
            regrade(fact=fact, user=user, reason=reason)
            yield fact
    for rows in records_on(record):
        yield from rows


@transaction.atomic
def publish(*, record: Record, user: AbstractUser | None = None, reason: str) -> Record:
    """Let the public see a record; refuse a fact that nothing supports, and what names something unpublished."""
    if record.state == State.PUBLISHED:
        return record
    refuse_haste(user)
    refuse_unless_needs_published(record)
    if isinstance(record, Fact):
        _publish_citations(record, user=user, reason=reason)
        if not record.citations.published().supporting().exists():
            raise refusal(_("A fact cannot be published without a supporting citation."))
        regrade(fact=record, user=user, reason=reason)
    record.state, record.state_reason, record.merged_into = State.PUBLISHED, "", None
    record.derive()
    store_row(record, user=user, reason=reason)
    _follow(record, user=user, reason=reason)
    return record


def _publish_citations(fact: Fact, *, user: Any, reason: str) -> None:
    """Let readers see with a fact what was cited for it while it was hidden."""
    for citation in fact.citations.exclude(state__in=[State.WITHDRAWN, State.MERGED]).with_sources():
        refuse_unless_needs_published(citation)
        if citation.state == State.DRAFT:
            citation.state = State.PUBLISHED
            store_row(citation, user=user, reason=reason)


@transaction.atomic
def withdraw(*, record: Record, user: AbstractUser | None = None, reason: str) -> Record:
    """Take a record back: its address tells the reason; refuse while published records lean on it."""
    if not reason.strip():
        raise refusal(_("A withdrawn record needs a reason: readers are told."), "state_reason")
    if record.state == State.DRAFT and not isinstance(record, Citation):
        raise refusal(_("Readers have never seen this draft, and there is no page to tell them why: discard it."))
    refuse_haste(user)
    _refuse_to_take_away(record)
    record.state, record.state_reason, record.merged_into = State.WITHDRAWN, for_readers(reason), None
    _take_away(record, user=user, reason=reason)
    return record


@transaction.atomic
def merge(*, record: Record, into: Record, user: AbstractUser | None = None, reason: str) -> Record:
    """Say that a record is another one: its address leads there; what leaned on it has been moved before."""
    if type(record) is not type(into) or record == into or not into.is_published:
        raise refusal(_("A record is merged into another, published one of its own kind."))
    refuse_haste(user)
    _refuse_to_take_away(record)
    record.state, record.state_reason, record.merged_into = State.MERGED, "", into
    _take_away(record, user=user, reason=reason)
    return record


def _refuse_to_take_away(record: Record) -> None:
    refuse_while_leaned_on(record)
    if isinstance(record, Citation) and record.fact.is_published:
        others = record.fact.citations.published().supporting().exclude(pk=record.pk)
        if not others.exists():
            raise refusal(_("It is the only passage that supports a published fact; withdraw the fact instead."))


def _take_away(record: Record, *, user: Any, reason: str) -> None:
    """Store a record that readers see no longer, and bring what told of it up to date."""
    store_row(record, user=user, reason=reason)
    known: list[Record] = [record]
    if isinstance(record, Fact):
        known += record.citations.published()
    if isinstance(record, Citation):
        follow_citations(fact=record.fact, user=user, reason=reason)
        known = [record, record.fact] if record.fact.is_published else []
    make_known(known)


@transaction.atomic
def rename(*, record: Record, public_id: str, user: AbstractUser | None = None, reason: str) -> Record:
    """Give a record another public id, and the citations of a fact with it.

    The old address leads to the new one where readers ever saw the record; the id of a draft was never public.
    """
    former = record.public_id
    if public_id == former:
        raise refusal(_("It has this id already."), "public_id")
    own_former = _refuse_used_id(record, public_id)
    record.public_id = public_id
    if isinstance(record, Citation):
        refuse_move(record)
    save_row(record, user=user, reason=reason)
    if own_former is not None:
        own_former.delete()
    FormerId.objects.filter(type=record.TYPE, current=former).update(current=public_id)
    if record.was_seen():
        FormerId.objects.create(type=record.TYPE, former=former, current=public_id)
    if isinstance(record, Fact):
        for citation in record.citations.all():
            rename(record=citation, public_id=f"{public_id}-c{citation.number}", user=user, reason=reason)
    _follow(record, user=user, reason=reason)
    return record
