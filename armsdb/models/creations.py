"""How rows came to be that an import made: its run is the record of it, and they have no history until they change."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import models

from .bulk import twin
from .citations import Citation
from .facts import Fact
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
    names, bare = _history_of(table)
    line = twin(bare)
    for name in names:
        setattr(line, name, getattr(row, name))
    line.history_relation_id, line.history_date, line.history_type = row.pk, when, what
    line.history_change_reason, line.history_user = reason, user
    return line


@cache
def _history_of(model: Any) -> tuple[list[str], Any]:
    """The columns of a table, and an empty line of its history; to make one of its class takes longer."""
    return [field.attname for field in model._meta.concrete_fields], model.history.model()


def as_made(row: Any, run: ImportRun) -> Any:
    """The first line of the history of a row that an import made and that nobody changed since, not saved."""
    return version_of(row, "+", when=run.started, reason=run.reason)
