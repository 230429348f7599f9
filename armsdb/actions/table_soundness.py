"""What is asked of whole tables: constraints, references, what published records name, ids, versions, deleted rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet

from armsdb.lib.vocab import State
from armsdb.models import Citation, DataVersion, Fact, FormerId, ImportRun, Record, kinds
from armsdb.models.data_versions import OF_ALL

from .leaning import CITED, NAMED_BY_FACTS, NAMED_BY_OTHERS


def table_differences(with_history: Iterable[Any]) -> Iterator[str]:
    """A sentence for each row that a question over whole tables finds."""
    for model in apps.get_app_config("armsdb").get_models():
        if not (model._meta.proxy or hasattr(model, "history_user_id")):
            yield from _constraint_faults(model)
            yield from _reference_faults(model)
    yield from _unpublished_names()
    yield from _merger_faults()
    yield from _former_id_faults()
    yield from _version_faults()
    yield from _lost_rows()
    for model in with_history:
        yield from _vanished(model)


def _label(model: type[models.Model]) -> str:
    return model.TYPE if issubclass(model, Record) else str(model._meta.verbose_name)


def _shown(model: type[models.Model]) -> str:
    return "public_id" if issubclass(model, Record) else "pk"


def _constraint_faults(model: Any) -> Iterator[str]:
    """Rows that a constraint would refuse, where the database was told not to look."""
    rows = model._default_manager.order_by()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            condition: Any = constraint.condition
            kept = ExpressionWrapper(condition, output_field=BooleanField())
            broken = rows.annotate(kept=kept).filter(kept=False)
            for shown in broken.values_list(_shown(model), flat=True).iterator():
                yield f"{_label(model)} {shown}: {constraint.violation_error_message}"
        else:
            keys = constraint.expressions or [F(name) for name in constraint.fields]
            yield from _repeated(model, rows.filter(constraint.condition or Q()), list(keys))
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield from _repeated(model, rows, [F(field.name)])


def _repeated(model: Any, rows: QuerySet, keys: list[Any]) -> Iterator[str]:
    """Values that may stand once and stand several times; what is null is no value."""
    names = [f"key_{place}" for place in range(len(keys))]
    found = rows.annotate(**dict(zip(names, keys, strict=True)))
    found = found.filter(**{f"{name}__isnull": False for name in names})
    for row in found.values(*names).annotate(times=Count("pk")).filter(times__gt=1).iterator():
        values = ", ".join(str(row[name]) for name in names)
        yield f"{_label(model)}: {row['times']} rows have {values}, which may stand once."


def _reference_faults(model: Any) -> Iterator[str]:
    """Rows that refer to what is not there."""
    for field in model._meta.concrete_fields:
        if not field.is_relation:
            continue
        there = field.related_model._base_manager.filter(pk=OuterRef(field.attname))
        lost = model._default_manager.filter(**{f"{field.attname}__isnull": False}).exclude(Exists(there))
        for shown, value in lost.order_by().values_list(_shown(model), field.attname).iterator():
            yield f"{_label(model)} {shown}: {field.name} refers to row {value}, which is not there."


def _unpublished_names() -> Iterator[str]:
    """Published records that lead readers to what they cannot see."""
    named_by: list[Any] = [*NAMED_BY_FACTS.items(), *NAMED_BY_OTHERS.items()]
    for named, naming in named_by:
        for kind, paths in naming.items():
            for path in paths:
                yield from _unpublished(kind, kind.objects.published(), path, named)
    for named, paths in CITED.items():
        for path in paths:
            yield from _unpublished(Citation, Citation.objects.of_published_facts(), path, named)


def _unpublished(kind: Any, rows: Any, path: str, named: Any) -> Iterator[str]:
    hidden = rows.filter(**{f"{path}__state__in": [State.DRAFT, State.WITHDRAWN, State.MERGED]}).order_by().distinct()
    for public_id, other in hidden.values_list("public_id", f"{path}__public_id").iterator():
        yield f"{kind.TYPE} {public_id}: readers see it, and it names {named.TYPE} {other}, which is not published."


def _merger_faults() -> Iterator[str]:
    """Merged records that lead round in a circle."""
    for kind in kinds().values():
        merged: Any = kind._default_manager.filter(state=State.MERGED)
        into: dict[int, int] = dict(merged.values_list("pk", "merged_into_id"))
        for pk, public_id in merged.values_list("pk", "public_id"):
            seen, at = {pk}, into.get(pk)
            while at in into and at not in seen:
                seen.add(at)
                at = into[at]
            if at in seen:
                yield f"{kind.TYPE} {public_id}: it is merged in a circle and leads nowhere."


def _former_id_faults() -> Iterator[str]:
    for former in FormerId.objects.order_by("pk").iterator():
        kind = kinds().get(former.type)
        label = f"{former.type} {former.former}"
        if kind is None:
            yield f"{label}: a former id of no kind of record."
        elif not kind._default_manager.filter(public_id=former.current).exists():
            yield f"{label}: the former id leads to {former.current}, which is not there."
        elif kind._default_manager.filter(public_id=former.former).exists():
            yield f"{label}: the former id is that of a record as well."


def _version_faults() -> Iterator[str]:
    numbers = dict(DataVersion.objects.values_list("type", "number"))
    for kind in kinds().values():
        shown = Citation.objects.of_published_facts() if kind is Citation else kind.objects.published()
        if kind.TYPE not in numbers and shown.exists():
            yield f"{kind.TYPE}: records are published, and there is no data version."
    if numbers and numbers.get(OF_ALL, 0) < max(numbers.values()):
        yield "The data version of all records is older than that of a kind."


def _lost_rows() -> Iterator[str]:
    """Runs whose rows are not all there: such rows have no history that could tell of them."""
    for run in ImportRun.objects.filter(version__isnull=False).order_by("pk").iterator():
        there = sum(
            kind._default_manager.filter(import_run=run).count() for kind in kinds().values() if issubclass(kind, Fact)
        )
        if there != run.counts.get("new", 0):
            yield f"import run {run.pk}: it made {run.counts.get('new', 0)} rows, and {there} are there."


def _vanished(model: Any) -> Iterator[str]:
    """Rows that the history knows and that are gone without having been deleted."""
    history = model.history.model.objects.order_by()
    gone = history.exclude(Exists(model._base_manager.filter(pk=OuterRef("id"))))
    last = gone.values("id").annotate(last=Max("history_id")).values("last")
    for row in history.filter(history_id__in=last).exclude(history_type="-").iterator():
        shown = row.public_id if issubclass(model, Record) else row.id
        yield f"{_label(model)} {shown}: it is gone, and its history does not say so."
