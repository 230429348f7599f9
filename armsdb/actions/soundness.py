"""Whether the database is as the actions leave it; what raw SQL or `loaddata` broke is told, in a sentence each.

Rows are read in batches, so that the size of the database is no matter; nothing is changed.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Prefetch, QuerySet

from armsdb import search
from armsdb.lib.dates import DateError
from armsdb.lib.numbers import NumberError
from armsdb.lib.vocab import State
from armsdb.models import Citation, DatasetVersion, Deal, Distinction, Fact, Record, TransferOverlap, fact_of, kinds
from armsdb.models.values import DateGroup, ValueGroup, groups_of

from .fingerprints import fingerprint, part_names, parts_of
from .grading import graded
from .records import PARTS
from .saving import row_values
from .table_soundness import table_differences

#: Rows that are read together.
BATCH = 500


def differences() -> Iterator[str]:
    """A sentence for each difference between what stands in the database and what the rules make of it."""
    tables = _tables()
    for model in tables:
        for rows in _batches(_whole(model)):
            histories = _last_histories(model, rows)
            for row in rows:
                for fault in (*_history_faults(row, histories.get(row.pk)), *_row_faults(row)):
                    yield f"{label_of(row)}: {fault}"
    yield from table_differences(tables)
    yield from search.differences()


def _tables() -> list[type[models.Model]]:
    """Every table whose rows have a history: records, their parts, and what stands beside them."""
    parts = dict.fromkeys(model for of_kind in PARTS.values() for model, _owner in of_kind.values())
    return [*kinds().values(), *parts, TransferOverlap, Distinction, Deal, DatasetVersion]


def label_of(row: models.Model) -> str:
    """How a row is named in a sentence: a record by its kind and id, another row by its table and number."""
    if isinstance(row, Record):
        return f"{row.TYPE} {row.public_id}"
    return f"{row._meta.verbose_name} {row.pk}"


def _whole(model: type[models.Model]) -> QuerySet:
    """The rows of a table, with what they derive from joined: the records that they name, and their citations."""
    joins = [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.name not in {"merged_into", "returns", "import_run"}
    ]
    rows = model._default_manager.select_related(*joins)
    if issubclass(model, Fact):
        passages = Prefetch("citations", Citation.objects.published().with_sources())
        rows = rows.prefetch_related(passages, *part_names(model))
    return rows


def _batches(rows: QuerySet) -> Iterator[list[Any]]:
    """All rows by their keys, some at a time."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _last_histories(model: Any, rows: list[Any]) -> dict[int, Any]:
    history = model.history.model.objects.order_by()
    last = history.filter(id__in=[row.pk for row in rows]).values("id").annotate(last=Max("history_id"))
    return {row.id: row for row in history.filter(history_id__in=[found["last"] for found in last])}


def _history_faults(row: models.Model, last: Any) -> Iterator[str]:
    """What was changed without leaving a trace."""
    if last is None:
        yield from _faults_as_made(row)
        return
    changed = [name for name, value in row_values(row).items() if getattr(last, name) != value]
    if changed:
        yield f"{', '.join(changed)} changed without a history row."
    if last.history_type == "-":
        yield "its history says that it was deleted."


def _faults_as_made(row: Any) -> Iterator[str]:
    """What is wrong with a row without a history: only an import makes such, and then it is as the import wrote it."""
    fact = fact_of(row)
    if fact is None or not fact.import_run_id:
        yield "it has no history."
    elif row is fact and fingerprint(row, parts_of(row)) != row.fingerprint:
        yield "it is not as its import wrote it, and has no history."


def _row_faults(row: Any) -> Iterator[str]:
    try:
        row.clean_fields(exclude={field.name for field in row._meta.concrete_fields if field.is_relation})
        row.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield f"{name}: {' '.join(messages)}"
    if isinstance(row, Fact):
        yield from _grade_faults(row)
    if isinstance(row, Citation):
        yield from _citation_faults(row)
    yield from _derived_faults(row)


def _grade_faults(fact: Any) -> Iterator[str]:
    citations = list(fact.citations.all())
    grade, why = graded(citations) if citations else ("", "")
    if fact.evidence != grade:
        yield f"its evidence is “{fact.evidence}”, and its citations make it “{grade}”."
    if citations and fact.evidence_reason != why:
        yield f"the reason of its evidence is “{fact.evidence_reason}”, and should be “{why}”."
    if fact.is_published and not any(citation.stance == "supports" for citation in citations):
        yield "it is published, and no published passage supports it."


def _citation_faults(citation: Any) -> Iterator[str]:
    if citation.fact is None:
        return
    head, mark, number = citation.public_id.rpartition("-c")
    if not (mark and number.isdigit() and head == citation.fact.public_id):
        yield f"its id is not that of a citation of {citation.fact.public_id}."
    if citation.state == State.PUBLISHED and not citation.source.has_place(citation.locator):
        yield f"“{citation.source}” has no place {citation.locator}."


def _derived_faults(row: Any) -> Iterator[str]:
    """The columns that follow from others, and do not."""
    before = row_values(row)
    model: Any = type(row)
    try:
        for name, group in groups_of(model).items():
            _write_anew(row, name, group)
    except (DateError, NumberError) as error:
        yield f"{name}: {error}"
        return
    if hasattr(row, "derive"):
        row.derive()
    for name, value in row_values(row).items():
        if before[name] != value:
            yield f"{name} is “{before[name]}”, and should be “{value}”."


def _write_anew(row: Any, name: str, group: ValueGroup) -> None:
    value = getattr(row, name)
    if isinstance(group, DateGroup) and value is not None:
        value = {"edtf": value.edtf, "text": value.text}
    setattr(row, name, value)
