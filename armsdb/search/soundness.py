"""Whether the index says what the records say; what differs is told, and `manage.py rebuild` mends it."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from armsdb.models import SearchEntry, SearchName

from . import postgresql, sqlite
from .contents import KINDS, Kind
from .indexing import BATCH, WRITTEN, entry_of
from .name_rows import name_rows_of


def differences() -> Iterator[str]:
    """A sentence for each published record that the index lacks or tells wrongly, and for each entry too many."""
    for kind in KINDS.values():
        yield from _missing_or_wrong(kind)
        published = kind.model.objects.published().filter(pk=OuterRef("record_id"))
        for public_id in _entries(kind).exclude(Exists(published)).values_list("public_id", flat=True).iterator():
            yield f"{kind.model.TYPE} {public_id}: the search index has it, and it is not published."
    for entry in SearchEntry.objects.exclude(type__in=KINDS).iterator():
        yield f"{entry.type} {entry.public_id}: the search index has it, and there is no such kind of record."
    if not (sqlite if connection.vendor == "sqlite" else postgresql).is_whole():
        yield "The full-text index does not agree with its entries."


def _told(row: SearchName) -> tuple:
    return row.key, row.name, row.kind, row.rank, row.word, row.head, row.middle, row.tail


def _entries(kind: Kind) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(type=kind.model.TYPE)


def _missing_or_wrong(kind: Kind) -> Iterator[str]:
    last = 0
    while ids := list(
        kind.model.objects.published().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        last = ids[-1]
        entries = {entry.record_id: entry for entry in _entries(kind).filter(record_id__in=ids)}
        names: dict[int, list[tuple]] = {}
        for row in SearchName.objects.filter(entry__in=[entry.pk for entry in entries.values()]):
            names.setdefault(row.entry_id, []).append(_told(row))
        for record in kind.published(ids):
            label = f"{kind.model.TYPE} {record.public_id}"
            contents = kind.contents(record)
            found, wanted = entries.get(record.pk), entry_of(kind, record, contents)
            if found is None:
                yield f"{label}: the search index lacks it."
                continue
            wrong = [name for name in WRITTEN if getattr(found, name) != getattr(wanted, name)]
            rows = [] if kind.is_fact else [_told(row) for row in name_rows_of(wanted, contents)]
            if sorted(names.get(found.pk, [])) != sorted(rows):
                wrong.append("other names")
            if wrong:
                yield f"{label}: the search index tells it wrongly ({', '.join(wrong)})."
