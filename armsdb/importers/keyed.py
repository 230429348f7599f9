"""Tables whose records are told apart by a key: those that share one stand together, wherever in the file they are."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import blake2b
from typing import Any

from django.db.models import Q

from armsdb import actions
from armsdb.lib.dates import VagueDate
from armsdb.models import Fact, Source
from armsdb.models.parties import Party

from .base import Register
from .datasets import About
from .files import File, FileRefused
from .refusals import Record, Refused
from .tables import Faulty, Header, Layout, Note, records
from .who import UnknownName, Who


def key_of(*parts: str) -> str:
    """A key made of what does not change between editions."""
    return blake2b("|".join(parts).encode("utf-8"), digest_size=8).hexdigest()


@contextmanager
def times(keys: Iterable[str]) -> Iterator[Callable[[str], int]]:
    """How often each key comes, counted in a temporary file: a register may have a million of them."""
    with closing(sqlite3.connect("", isolation_level=None)) as counted:
        counted.execute("CREATE TABLE times (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")
        counted.execute("BEGIN")
        try:
            counted.executemany(
                "INSERT INTO times VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET number = number + 1",
                ((key,) for key in keys),
            )
        except sqlite3.Error as error:
            raise FileRefused(f"The keys of the file cannot be counted in a temporary file: {error}.") from error
        yield lambda key: counted.execute("SELECT number FROM times WHERE key = ?", (key,)).fetchone()[0]


def entities_before(rows: type[Party], fact: str, dataset_id: str) -> dict[str, Any]:
    """Whom or what the facts that a dataset has are about, by key: who it is does not change with an edition."""
    found = rows._default_manager.filter(**{f"{fact}__dataset__public_id": dataset_id}).order_by(fact, "pk")
    return {getattr(row, fact).key: row.entity for row in found.select_related(fact, *rows.ENTITIES)}


class KeyedTable:
    """A file in one form; each form says what makes a key, and what rows records make."""

    kind: type[Fact]
    layout: Layout
    about: About
    edition: actions.Edition
    dataset_id: str
    ended_by: VagueDate | None = None
    others: Sequence[Register] = ()

    def __init__(self, file: File, header: Header) -> None:
        self.file = file
        self.header = header
        self.form = header.layout.form
        self.columns: Sequence[str] = header.titles
        self.titles = dict(zip(self.fields, self.columns, strict=True))
        self.notes: list[tuple[int, str]] = []

    @property
    def fields(self) -> tuple[str, ...]:
        """What the columns are called here, in their order."""
        raise TypeError("a form says what its columns are called")

    def key(self, record: Record, who: Who) -> str:
        """What the records of one row, and rows that cannot be told apart by it, have in common."""
        raise TypeError("a form says what makes a key")

    def row(self, record: Record, who: Who, warn: Callable[[int, str], None]) -> actions.Row:
        """The row that a record makes, in a form in which each makes one; raise Refused where it cannot."""
        raise TypeError("a form says what row a record makes")

    def rows(self, group: list[Record], who: Who, warn: Callable[[int, str], None]) -> list[actions.Row]:
        """A row for each record, unless the form puts them together."""
        made = []
        for record in group:
            try:
                made.append(self.row(record, who, warn))
            except Refused as refused:
                refused.record = record
                raise
        return made

    def foresee(self, groups: Sequence[list[Record]], who: Who) -> None:
        """Nothing is fetched ahead unless the form says what."""

    def told(self, record: Record) -> dict[str, str]:
        """The cells of a record by field."""
        return dict(zip(self.fields, record.cells, strict=True))

    def records(self) -> Iterator[Record | Faulty | Note]:
        """The records of the file, the broken ones as what there is of them."""
        return records(self.file, self.header)

    def groups(self, who: Who, refuse: Callable[[Record, Refused], None]) -> Iterator[list[Record]]:
        """Read the file twice: how many records share a key, then the records, as soon as a key has all of its own."""
        read = (record for record in self.records() if isinstance(record, Record))
        with times(self.key_or_nothing(record, who) for record in read) as times_of:
            yield from self._together(who, refuse, times_of)

    def _together(
        self, who: Who, refuse: Callable[[Record, Refused], None], times_of: Callable[[str], int]
    ) -> Iterator[list[Record]]:
        waiting: dict[str, list[Record]] = {}
        for record in self.records():
            if isinstance(record, Note):
                self.notes.append((record.line, f"{record.why}, “{record.text[:60]}”, and is taken for no record."))
                continue
            if isinstance(record, Faulty):
                refuse(record.record, Refused("", ";".join(record.record.cells), record.reason))
                continue
            key = self.key_or_nothing(record, who)
            if not key or (wanted := times_of(key)) == 1:
                yield [record]
                continue
            waiting.setdefault(key, []).append(record)
            if len(waiting[key]) == wanted:
                yield waiting.pop(key)

    def key_or_nothing(self, record: Record, who: Who) -> str:
        """The key of a record; nothing where it has none, and will be refused when its row is made."""
        try:
            return self.key(record, who)
        except (Refused, UnknownName):
            return ""

    def scope(self, who: Who) -> Q | None:
        """A file that does not say what it covers withdraws nothing by itself."""
        return None

    def finish(self, *, source: Source, reason: str) -> None:
        """Nothing is left to do when the rows of a table are written."""

    def take_beside(self, file: File) -> None:
        """No other file belongs to a table unless its form says so."""
        raise FileRefused(f"No second file belongs to {self.form}.")
