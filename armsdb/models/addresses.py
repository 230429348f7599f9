"""What stands at an address: a record, where it went, or why it is gone."""

from dataclasses import dataclass

from armsdb.lib.vocab import State

from .base import Record, RecordQuerySet
from .citations import Citation
from .former_ids import FormerId


@dataclass(frozen=True)
class Found:
    """What an id leads to: a published record, another address (`moved`), or a reason (`withdrawn`)."""

    record: Record | None = None
    moved: Record | None = None
    withdrawn: Record | None = None


def kept(kind: type[Record], public_id: str) -> Record | None:
    """The record that has this id, or had it once, in whatever state; None where there is none."""
    record = kind._default_manager.filter(public_id=public_id).first()
    if record is None:
        former = FormerId.objects.filter(type=kind.TYPE, former=public_id).first()
        record = kind._default_manager.filter(public_id=former.current).first() if former else None
    return record


def at(rows: RecordQuerySet, public_id: str) -> Found:
    """Look an id up among rows of one kind; renamed and merged records lead on, drafts are nowhere."""
    record = rows.published().filter(public_id=public_id).first()
    if record is not None:
        return Found(record=record)
    hidden = kept(rows.model, public_id)
    if isinstance(hidden, Citation) and hidden.fact.state != State.PUBLISHED:
        hidden = hidden.fact  # a passage is gone with its fact, and for the same reason
    while hidden is not None and hidden.state == State.MERGED:
        hidden = hidden.merged_into
    if hidden is None or hidden.state == State.DRAFT:
        return Found()
    if hidden.state == State.WITHDRAWN:
        return Found(withdrawn=hidden)
    return Found(moved=hidden)
