"""What records hold now, in words: for whoever decides on them, on the page where it is decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.actions import PARTS
from armsdb.lib.vocab import State
from armsdb.models import Citation, Fact, Record, Transfer, TransferOverlap

from .in_words import InWords

#: What the head of a record on the desk has already.
_IN_HEAD = {"public_id", "state", "state_reason"}


@dataclass(frozen=True)
class Piece:
    """The record itself, or one row that is part of it: how the desk calls it, and each field with its words."""

    title: str
    fields: list[tuple[str, str]]


def contents_of(records: Sequence[Record]) -> list[tuple[Record, list[Piece]]]:
    """What each of these records of one kind holds; a query for each table, and one for each kind that is named."""
    if not records:
        return []
    tables = list(_tables(type(records[0]), [record.pk for record in records]))
    words = InWords([*records, *(row for _title, _owners, rows in tables for row in rows)])
    return [(record, [_piece(words, record, record, ""), *_parts(words, record, tables)]) for record in records]


def _tables(kind: Any, keys: list[int]) -> Iterator[tuple[str, tuple[str, ...], list[Any]]]:
    """The rows that are part of these records, with what the desk calls one, and their references to the record."""
    for model, owner in PARTS.get(kind, {}).values():
        rows = model._default_manager.filter(**{f"{owner}__in": keys}).order_by("id")
        yield str(model._meta.verbose_name), (owner,), list(rows)
    if issubclass(kind, Fact):
        passages = Citation.objects.filter(**{f"{kind.TYPE}__in": keys}).order_by("id")
        yield str(_("citation")), (kind.TYPE,), list(passages.exclude(state__in=[State.WITHDRAWN, State.MERGED]))
    if issubclass(kind, Transfer):
        pairs = TransferOverlap.objects.told().filter(Q(first__in=keys) | Q(second__in=keys))
        yield str(_("may overlap")), ("first", "second"), list(pairs)


def _parts(words: InWords, record: Record, tables: list[tuple[str, tuple[str, ...], list[Any]]]) -> Iterator[Piece]:
    for title, owners, rows in tables:
        own = [row for row in rows if record.pk in (getattr(row, f"{owner}_id") for owner in owners)]
        for number, row in enumerate(own, start=1):
            yield _piece(words, row, record, capfirst(f"{title} {number}" if len(own) > 1 else title))


def _piece(words: InWords, row: Any, record: Record, title: str) -> Piece:
    return Piece(title, list(words.values(row, record, without=_IN_HEAD).items()))
