"""Copies of records of the seed with everything that is part of them, made straight through the ORM."""

from typing import Any

from armsdb.lib.vocab import State
from armsdb.models import Record

NAMES = ("aliases", "identifiers")
#: The rows that are part of a record, by its type.
PARTS: dict[str, tuple[str, ...]] = {
    "country": (*NAMES, "succession_rows"),
    "organisation": NAMES,
    "person": NAMES,
    "equipment": NAMES,
    "transfer": ("company_rows", "deliveries", "citations"),
    "figure": ("about_rows", "citations"),
    "sanction": ("imposer_rows", "target_rows", "citations"),
    "event": ("participant_rows", "citations"),
    "ownership": ("citations",),
    "role": ("citations",),
}


def copy(record: Record, public_id: str, **values: Any) -> Any:
    """A record like another one, under another id, with copies of its parts."""
    made = _copied(record, public_id=public_id, **_once(record, public_id), **values)
    for name in PARTS.get(record.TYPE, ()):
        rows: Any = getattr(record, name)
        for number, row in enumerate(rows.all(), start=1):
            own = {"public_id": f"{public_id}-c{number}"} if name == "citations" else _once(row, public_id)
            _copied(row, **{rows.field.name: made}, **own)
    return made


def copies(record: Record, number: int, **values: Any) -> list[Any]:
    """Several records like another one."""
    return [copy(record, f"{record.public_id}-copy-{each}", **values) for each in range(number)]


def draft(record: Record, public_id: str, **values: Any) -> Any:
    """A draft like a record, its citations drafts as well."""
    made = copy(record, public_id, state=State.DRAFT, **values)
    if "citations" in PARTS.get(record.TYPE, ()):
        made.citations.update(state=State.DRAFT)
    return made


def _once(row: Any, public_id: str) -> dict[str, Any]:
    """New values for the columns of which no two rows may have the same."""
    columns = {field.name for field in row._meta.fields}
    if "alpha_2" in columns:
        return {"alpha_2": ""}
    if "scheme" in columns:
        return {"value": public_id}
    return {"key": public_id} if {"dataset", "key"} <= columns else {}


def _copied(row: Any, **values: Any) -> Any:
    made = type(row).objects.get(pk=row.pk)
    made.pk, made._state.adding = None, True
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    return made
