"""Writing a register's rows in bulk: what is new, what changed, what is gone; all or nothing, and the same is nothing.

A row that is new is written without a history: its import is the record of how it came to be. A row that changes goes
the way of every change, through `put`, and its history begins with what the import wrote.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from armsdb import search
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import Basis, State
from armsdb.models import Citation, Dataset, DatasetVersion, Fact, ImportRun, Source
from armsdb.models.bulk import insert, take_ids, twin

from .fingerprints import parts_reached
from .grading import graded
from .ids import id_of_fact
from .records import put
from .register_changes import Changes
from .register_rows import Known, Made, Row, made, matched, numbered
from .saving import gathered, move_with, refusal

#: Names the lock under which PostgreSQL lets one import run at a time.
_LOCK = 0x41524D53
#: Keys that are looked for in one question.
_KEYS = 400


@dataclass(frozen=True)
class Edition:
    """One edition of a register: its own name, when it was handed out (EDTF), and what it says that it holds."""

    label: str
    released: str = ""
    scope: str = ""


class RegisterRun:
    """The writing of one file into one dataset; `register_run` begins it."""

    def __init__(
        self, *, kind: type[Fact], dataset: Dataset, source: Source, basis: Basis, run: ImportRun, user: Any
    ) -> None:
        self.kind = kind
        self.dataset = dataset
        self.source = source
        self.basis = basis
        self.run = run
        self.user = user
        self.counts: Counter[str] = Counter()
        self._met: set[int] = set()
        self._changes = Changes(run=run, source=source, user=user)
        self._evidence: tuple[str, str] | None = None

    def write(self, rows: Sequence[Sequence[Row]]) -> None:
        """Write some rows; those that share a key stand together, and are told apart by what they say.

        A key that several rows share gets a number for each of them; the rows of one batch share no key with another's.
        """
        known = self._known(rows)
        bare = self.kind(dataset=self.dataset, import_run=self.run)
        new: list[Made] = []
        other: list[tuple[Known, Made]] = []
        for together in rows:
            finished = [made(row, bare) for row in together]
            for one, found in matched(finished, known.get(together[0].key, [])):
                if found is None:
                    new.append(one)
                    continue
                self._met.add(found.pk)
                if found.state == State.WITHDRAWN or self._differs(found, one):
                    other.append((found, one))
        changed = self._changes.make(other)
        self._insert(new)
        self.counts["changed"] += changed
        self.counts["same"] += sum(map(len, rows)) - len(new) - changed

    @staticmethod
    def _differs(found: Known, one: Made) -> bool:
        """Whether the edition says otherwise than the last one did; what somebody changed at the desk since stays."""
        return found.state != State.MERGED and found.fingerprint != one.fact.fingerprint

    def _known(self, rows: Sequence[Sequence[Row]]) -> dict[str, list[Known]]:
        """The rows that the dataset has of these keys, by the key without its number, in the order of the numbers."""
        known: dict[str, list[Known]] = {}
        most = {together[0].key: len(together) + 1 for together in rows}
        wanted = {numbered(key, number): key for key, last in most.items() for number in range(1, last + 1)}
        while wanted:
            found = dict(self._stored(wanted))
            for key, row in found.items():
                known.setdefault(wanted[key], []).append(row)
            # Numbers have no gaps: where the highest that was asked for is there, there may be more.
            full = [key for key, last in most.items() if numbered(key, last) in found]
            most = {key: most[key] + 1 for key in full}
            wanted = {numbered(key, last): key for key, last in most.items()}
        return {key: sorted(of_key, key=lambda row: (len(row.key), row.key)) for key, of_key in known.items()}

    def _stored(self, keys: Iterable[str]) -> Iterator[tuple[str, Known]]:
        asked = list(keys)
        columns = ("pk", "public_id", "key", "fingerprint", "state")
        rows: Any = self.kind._default_manager.filter(dataset=self.dataset).order_by()
        for start in range(0, len(asked), _KEYS):
            for values in rows.filter(key__in=asked[start : start + _KEYS]).values_list(*columns):
                yield values[2], Known(*values)

    def _insert(self, new: Sequence[Made]) -> None:
        """Write rows that the dataset does not have, published, each with its passage, its parts and its entry."""
        if not new:
            return
        bare = Citation(state=State.PUBLISHED, source=self.source, basis=self.basis)
        citations = [self._finish(one, twin(bare)) for one in new]
        facts: list[Any] = [one.fact for one in new]
        for fact, pk in zip(facts, take_ids(self.kind, len(facts)), strict=True):
            fact.pk = pk
        for citation, fact, pk in zip(citations, facts, take_ids(Citation, len(citations)), strict=True):
            citation.pk = pk
            setattr(citation, f"{fact.TYPE}_id", fact.pk)
        insert(facts)
        insert(citations)
        self._insert_parts(new)
        search.index_new(facts)
        self.counts["new"] += len(new)

    def _finish(self, one: Made, citation: Citation) -> Citation:
        """Set what follows from the values of a new row, and finish its passage."""
        row, fact = one.row, one.fact
        fact.key = row.key
        fact.public_id = id_of_fact(dataset=self.dataset, key=row.key)
        fact.state = State.PUBLISHED
        citation.public_id, citation.locator = f"{fact.public_id}-c1", row.locator
        setattr(citation, fact.TYPE, fact)
        if self._evidence is None:
            self._evidence = graded([citation])
        fact.evidence, fact.evidence_reason = self._evidence
        fact.derive()
        parts = {accessor: one.parts.get(name, []) for name, accessor in parts_reached(self.kind)}
        fact._prefetched_objects_cache = {"citations": [citation], **parts}
        return citation

    def _insert_parts(self, new: Sequence[Made]) -> None:
        by_name: dict[str, list[Any]] = {}
        for one in new:
            for name, rows in one.parts.items():
                for row in rows:
                    setattr(row, f"{one.fact.TYPE}_id", one.fact.pk)
                by_name.setdefault(name, []).extend(rows)
        for rows in filter(None, by_name.values()):
            for row, pk in zip(rows, take_ids(type(rows[0]), len(rows)), strict=True):
                row.pk = pk
            insert(rows)

    def spare(self, keys: Iterable[str]) -> None:
        """Count the rows of these keys as told of: the file has them, though nothing could be made of what it says."""
        rows: Any = self.kind._default_manager.filter(dataset=self.dataset)
        for key in keys:
            self._met.update(rows.filter(Q(key=key) | Q(key__startswith=f"{key}-")).values_list("pk", flat=True))

    def withdraw_missing(self, inside: Q) -> None:
        """Withdraw the published rows that the file could have told of and does not."""
        reason = _("The edition %(edition)s does not have it any more.") % {"edition": self.run.edition}
        for of_batch in self._batches(inside):
            self._changes.withdraw(of_batch, reason)
            self.counts["withdrawn"] += len(of_batch)

    def end_missing(self, inside: Q, when: VagueDate) -> None:
        """Say of the published rows that the file could have told of and does not that they had ended by this time.

        What was so once stays true: such a row is not taken back.
        """
        for of_batch in self._batches(inside & Q(ended_edtf="")):
            self._changes.end(of_batch, when)
            self.counts["ended"] += len(of_batch)

    def _batches(self, inside: Q) -> Iterator[list[Any]]:
        """The published rows of a scope that the file does not have, some at a time."""
        rows: Any = self.kind._default_manager
        others = rows.published().filter(inside, ~Q(import_run=self.run), dataset=self.dataset)
        there = others.order_by("pk").values_list("pk", flat=True)
        gone = [pk for pk in there.distinct().iterator() if pk not in self._met]
        for start in range(0, len(gone), _KEYS):
            of_batch = self.kind._default_manager.filter(pk__in=gone[start : start + _KEYS])
            yield list(of_batch.select_related("import_run"))


@contextmanager
def register_run(
    *,
    kind: type[Fact],
    dataset: Dataset,
    source: Source,
    edition: Edition,
    file_name: str,
    file_sha256: str,
    form: str,
    basis: Basis = Basis.REGISTER,
    user: Any = None,
) -> Iterator[RegisterRun]:
    """Write one file of a register; grades, index and data versions follow once."""
    version = DatasetVersion.objects.filter(dataset=dataset, label=edition.label).first()
    if version is None:
        version = DatasetVersion(dataset=dataset, label=edition.label, scope=edition.scope)
        version.released = edition.released or None
        version.save()
    run = ImportRun.objects.create(
        version=version, file_name=file_name, file_sha256=file_sha256, format=form, user=user
    )
    writer = RegisterRun(kind=kind, dataset=dataset, source=source, basis=basis, run=run, user=user)
    yield writer
    if any(writer.counts[word] for word in ("new", "changed", "withdrawn", "ended")):
        put(model=Dataset, public_id=dataset.public_id, values={"version": edition.label}, user=user, reason=run.reason)
    if writer.counts["new"]:
        move_with(kind, Citation)
    run.counts, run.ended = dict(writer.counts), timezone.now()
    run.save(update_fields=["counts", "refusals", "columns", "warnings", "ended"])


def keep_unwritten(*, dataset: str, edition: str, **told: Any) -> None:
    """Keep the record of a run of which nothing was written, when all else of it is taken back.

    It is no edition: the dataset, which may not be there, is named by its id. `told` are the columns of the run.
    """
    ImportRun.objects.create(meant_dataset=dataset, meant_edition=edition, ended=timezone.now(), **told)


class TakenBack(Exception):
    """Raised inside `importing`: nothing of it is to be kept."""


@contextmanager
def importing() -> Iterator[None]:
    """One import at a time, all or nothing: whatever is raised inside takes all of it back."""
    try:
        with gathered():
            _refuse_a_second()
            yield
    except TakenBack:
        pass
    except (OperationalError, InterfaceError) as error:
        if "locked" in str(error):
            raise refusal(_("Something else is being written; run the import again when it has ended.")) from error
        why = " ".join(str(error).split())
        raise refusal(_("The database failed, and nothing was written: %(why)s.") % {"why": why}) from error


def _refuse_a_second() -> None:
    """SQLite has one writer by itself; PostgreSQL needs a lock that says so."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise refusal(_("Another import is running; run this one again when it has ended."))
