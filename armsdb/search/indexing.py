"""Writing the index: after each write of a record, and everything afresh."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from armsdb.models import Record, SearchEntry, SearchName
from armsdb.models.bulk import filled, insert, take_ids

from . import postgresql, sqlite
from .contents import KINDS, Contents, Kind
from .name_rows import name_rows_of
from .words import NAMES_WORDS, TEXT_WORDS, index_words

#: Records that are read and written together.
BATCH = 100
WRITTEN = ["public_id", "name", "is_fact", "names", "text", "readable"]


@transaction.atomic
def index(records: Iterable[Record]) -> None:
    """Write the entries of those of these records that are published now, and take away those of the others."""
    ids: dict[str, set[int]] = {}
    for record in records:
        ids.setdefault(record.TYPE, set()).add(record.pk)
    for type_, of_type in ids.items():
        if type_ in KINDS:
            _write(KINDS[type_], sorted(of_type))


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew; return how many entries it has."""
    SearchEntry.objects.exclude(type__in=KINDS).delete()
    for type_, kind in KINDS.items():
        published = kind.model.objects.published().order_by("pk").values_list("pk", flat=True)
        there = kind.model.objects.published().order_by().filter(pk=OuterRef("record_id"))
        SearchEntry.objects.filter(type=type_).exclude(Exists(there)).delete()
        _write(kind, list(published))
    (sqlite if connection.vendor == "sqlite" else postgresql).refresh()
    return SearchEntry.objects.count()


def _write(kind: Kind, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), BATCH):
        _write_batch(kind, ids[start : start + BATCH])


def _write_batch(kind: Kind, ids: Sequence[int]) -> None:
    told = [(record, kind.contents(record)) for record in kind.published(ids)]
    entries = SearchEntry.objects.bulk_create(
        [entry_of(kind, record, contents) for record, contents in told],
        update_conflicts=True,
        unique_fields=["type", "record_id"],
        update_fields=WRITTEN,
    )
    old = SearchEntry.objects.filter(type=kind.model.TYPE, record_id__in=ids)
    if not kind.is_fact:
        SearchName.objects.filter(entry__in=old).delete()
        SearchName.objects.bulk_create(
            row for entry, (_, contents) in zip(entries, told, strict=True) for row in name_rows_of(entry, contents)
        )
    if len(told) < len(ids):
        old.exclude(record_id__in=[record.pk for record, _ in told]).delete()


def index_new(records: Sequence[Any]) -> None:
    """Write the entries of new records of one kind that are published now: all that they name is fetched already."""
    if not records:
        return
    kind = KINDS[records[0].TYPE]
    told = [(record, kind.contents(record)) for record in records]
    entries = [entry_of(kind, record, contents) for record, contents in told]
    if kind.is_fact:
        insert(entries)
        return
    for entry, pk in zip(entries, take_ids(SearchEntry, len(entries)), strict=True):
        entry.pk = pk
    insert(entries)
    insert([row for entry, (_, contents) in zip(entries, told, strict=True) for row in name_rows_of(entry, contents)])


_BLANK = SearchEntry()


def entry_of(kind: Kind, record: Any, contents: Contents) -> Any:
    """The entry of a record with these contents."""
    called = [name for name, _ in contents.names]
    others = [name for known in contents.named for name in known]
    return filled(
        _BLANK,
        type=kind.model.TYPE,
        record_id=record.pk,
        public_id=record.public_id,
        name=record.name,
        is_fact=kind.is_fact,
        names=index_words(called, NAMES_WORDS, whole=called),
        text=index_words([*contents.prose, *others], TEXT_WORDS, whole=others),
        readable=contents.readable,
    )
