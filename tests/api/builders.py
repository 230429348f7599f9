"""Copies of records of the seed with everything that is part of them, made straight through the ORM."""

from typing import Any

from django.db.models import ForeignKey

from armsdb.lib.vocab import State
from armsdb.models import Record

#: The rows that are part of a record, by the name under which it has them.
PARTS = (
    "aliases",
    "identifiers",
    "succession_rows",
    "company_rows",
    "deliveries",
    "about_rows",
    "imposer_rows",
    "target_rows",
    "participant_rows",
    "citations",
)


def copy(record: Record, public_id: str, *, parts: tuple[str, ...] = PARTS, **values: Any) -> Any:
    """A record like another one, under another id, with copies of its parts."""
    made = _copied(record, public_id=public_id, **values)
    for name in parts:
        rows = getattr(record, name, None)
        if rows is None or (name == "citations" and made.TYPE == "source"):
            continue
        for number, row in enumerate(rows.all(), start=1):
            owner = next(
                f.name for f in row._meta.fields if isinstance(f, ForeignKey) and getattr(row, f.name) == record
            )
            own_id = {"public_id": f"{public_id}-c{number}"} if isinstance(row, Record) else {}
            value = {"value": f"{row.value}-{public_id}"} if name == "identifiers" else {}
            _copied(row, **{owner: made}, **own_id, **value)
    return made


def _copied(row: Any, **values: Any) -> Any:
    made = type(row).objects.get(pk=row.pk)
    made.pk, made._state.adding = None, True
    if "key" in {field.name for field in made._meta.fields} and hasattr(made, "dataset"):
        made.key = values.get("public_id", made.key)
    if "alpha_2" in {field.name for field in made._meta.fields}:
        made.alpha_2 = made.alpha_3 = ""
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    return made


def copies(record: Record, number: int, **values: Any) -> list[Any]:
    """Several records like another one."""
    return [copy(record, f"{record.public_id}-copy-{each}", **values) for each in range(number)]


def draft(record: Record, public_id: str, **values: Any) -> Any:
    """A draft like a record, its citations drafts as well."""
    made = copy(record, public_id, state=State.DRAFT, **values)
    if hasattr(made, "citations") and made.TYPE != "source":
        made.citations.update(state=State.DRAFT)
    return made
