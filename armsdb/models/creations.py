"""How rows came to be that an import made: its run is the record of it, and they have no history until they change."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import models

from .base import Fact
from .citations import Citation
from .import_runs import ImportRun
from .parts import PARTS

#: The tables whose rows are part of a fact, with their reference to it.
_OF_FACTS = {model: owner for kind, parts in PARTS.items() if issubclass(kind, Fact) for model, owner in parts.values()}


def fact_of(row: models.Model) -> Any:
    """The fact that a row is, is part of, or is cited for; None for other rows."""
    if isinstance(row, Fact):
        return row
    if isinstance(row, Citation):
        return row.fact
    return getattr(row, _OF_FACTS[type(row)]) if type(row) in _OF_FACTS else None


def run_of(row: models.Model) -> ImportRun | None:
    """The import that made the fact to which a row belongs, if one did."""
    fact = fact_of(row)
    return fact.import_run if fact is not None and fact.import_run_id else None


def version_of(row: Any, what: str, *, when: datetime, reason: str, user: Any = None) -> Any:
    """A line of the history of a row as it is, not saved; `what` is "+" where it was made, "~" or "-"."""
    table: Any = type(row)
    return _history_of(table)(
        **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields},
        history_relation_id=row.pk,
        history_date=when,
        history_type=what,
        history_change_reason=reason,
        history_user=user,
    )


@cache
def _history_of(model: Any) -> Any:
    """The table of the history of a table; asking for it makes a class each time."""
    return model.history.model


def as_made(row: Any, run: ImportRun) -> Any:
    """The first line of the history of a row that an import made and that nobody changed since, not saved."""
    return version_of(row, "+", when=run.started, reason=run.reason)
