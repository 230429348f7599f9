"""How every register comes in: read, map, load, report.

A format reads a file into records, each with its place in the file, and maps them to rows; what it cannot map it
refuses, record by record. The rows are written by the actions, all or none of them.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from armsdb import actions
from armsdb.lib.dates import VagueDate
from armsdb.models import Fact, Source
from armsdb.models.bulk import renew_statistics
from armsdb.models.import_runs import counts_in_words

from .datasets import About, dataset_and_source
from .files import File, FileRefused
from .refusals import KEPT, Record, Refusal, Refused, clean, kept, kept_warnings, refusal_table
from .who import Who

#: Groups of records that are mapped and written together.
BATCH = 500


class Register(Protocol):
    """A file that a format has recognised."""

    form: str
    kind: type[Fact]
    about: About
    edition: actions.Edition
    columns: Sequence[str]
    #: Lines that are taken for no record, and why.
    notes: list[tuple[int, str]]
    #: The dataset that the rows go to, set before any is made.
    dataset_id: str
    #: By when what a complete file does not have had ended; None where it is withdrawn instead: it never was so.
    ended_by: VagueDate | None
    #: The same file as rows of other kinds, in the order in which they are written.
    others: Sequence["Register"]

    def records(self) -> Iterator[Any]:
        """What the file has below its header, line by line: records, broken ones, and notes."""

    def groups(self, who: Who, refuse: Callable[[Record, Refused], None]) -> Iterator[list[Record]]:
        """The records of the file, those that make one row, or rows that share a key, together."""

    def foresee(self, groups: Sequence[list[Record]], who: Who) -> None:
        """Fetch together what the rows of some groups will need."""

    def rows(self, group: list[Record], who: Who, warn: Callable[[int, str], None]) -> list[actions.Row]:
        """The rows that a group of records makes; raise Refused with the record as `record` where it cannot."""

    def key_or_nothing(self, record: Record, who: Who) -> str:
        """What a record is told apart by, also where no row can be made of it; nothing where it has no key."""

    def scope(self, who: Who) -> Q | None:
        """Which rows of the dataset the file tells of, by its own words; None where it does not say."""

    def finish(self, *, source: Source, reason: str) -> None:
        """What is left to do when the rows are written."""

    def take_beside(self, file: File) -> None:
        """Take in a second file that belongs to it; FileRefused where there is none such."""


@dataclass
class Options:
    """What the caller wants of an import."""

    dataset: str = ""
    dry_run: bool = False
    allow_refusals: bool = False
    complete: bool = False
    names: Path | None = None
    beside: Path | None = None


@dataclass
class Report:
    """What an import did, or would have done."""

    form: str = ""
    dataset: str = ""
    edition: str = ""
    file: str = ""
    sha256: str = ""
    written: bool = False
    read: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    columns: Sequence[str] = ()

    def sentence(self) -> str:
        """The counts as a sentence."""
        return counts_in_words({**self.counts, "refused": len(self.refusals)})

    def as_json(self) -> str:
        """The report as one JSON object."""
        told = {
            "format": self.form,
            "dataset": self.dataset,
            "edition": self.edition,
            "file": self.file,
            "sha256": self.sha256,
            "written": self.written,
            "read": self.read,
            "refused": len(self.refusals),
            "warnings": len(self.warnings),
            **{word: self.counts[word] for word in ("new", "changed", "withdrawn", "ended", "same")},
            "refusals": [refusal.as_json() for refusal in self.refusals[:KEPT]],
        }
        return json.dumps(told, ensure_ascii=False)

    def write_refusals(self, path: Path) -> None:
        """Write what was refused as a file that can be mended and imported again."""
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(refusal_table(self.columns, (one.as_kept() for one in self.refusals)))


def import_register(
    recognise: Callable[[File], Register],
    path: Path,
    options: Options,
    progress: Callable[[int, int], None] = lambda line, lines: None,
) -> Report:
    """Import one file; raise FileRefused, in a sentence, where nothing of it can be read or written."""
    file, started = File(path), timezone.now()
    report = Report(dataset=options.dataset, file=clean(path.name), sha256=file.sha256)
    try:
        register = recognise(file)
        if options.beside is not None:
            register.take_beside(File(options.beside))
        report.form, report.edition, report.columns = register.form, register.edition.label, register.columns
        _load_all(register, file, options, report, progress)
        if report.written:
            with suppress(OperationalError):  # somebody else writes: the answers are slower, not wrong
                renew_statistics()
        else:
            _keep_unwritten(report, options, started)
    except FileRefused as refused:
        report.refusals, report.warnings, report.counts = [], [(file.line, str(refused))], Counter()
        with suppress(ValidationError):  # why the file is refused is told in any case
            _keep_unwritten(report, options, started)
        raise
    except ValidationError as error:  # the database is what failed, or somebody else writes: nothing can be kept
        raise FileRefused(" ".join(error.messages)) from error
    return report


def _load_all(
    register: Register, file: File, options: Options, report: Report, progress: Callable[[int, int], None]
) -> None:
    """Write all of a file, or nothing of it."""
    with actions.importing():
        for section in (register, *register.others):
            _load(section, file, options, report, progress)
        report.written = not options.dry_run and (options.allow_refusals or not report.refusals)
        if not report.written:
            raise actions.TakenBack


def _keep_unwritten(report: Report, options: Options, started: datetime) -> None:
    """Let the desk show a run of which nothing was written, for refusals of rows or of the file, unless it was dry."""
    if options.dry_run:
        return
    with actions.importing():
        actions.keep_unwritten(
            dataset=report.dataset or _("not known"),
            edition=report.edition,
            file_name=report.file,
            file_sha256=report.sha256,
            format=report.form,
            counts={**report.counts, "refused": len(report.refusals)},
            refusals=list(kept(report.refusals)),
            columns=list(report.columns),
            warnings=kept_warnings(report.warnings),
            started=started,
        )


def _load(
    register: Register, file: File, options: Options, report: Report, progress: Callable[[int, int], None]
) -> None:
    read_before, refused_before, warned_before = report.read, len(report.refusals), len(report.warnings)
    dataset, source = dataset_and_source(register.about, slug=options.dataset)
    report.dataset = register.dataset_id = dataset.public_id
    who = Who(reason=f"Named in {report.file}.", names=options.names)
    told: dict[str, Any] = {"file_name": report.file, "file_sha256": file.sha256, "form": register.form}
    told |= {"basis": register.about.basis}
    with actions.register_run(
        kind=register.kind, dataset=dataset, source=source, edition=register.edition, **told
    ) as run:
        there: set[str] = set()
        for rows in _batches(register, who, report, there):
            who.write()
            run.write(rows)
            progress(file.line, file.lines)
        inside = Q() if options.complete else register.scope(who)
        ended_by = register.ended_by
        if inside is not None and ended_by is not None:
            run.end_missing(inside, ended_by)
        elif inside is not None:
            run.spare(there)
            run.withdraw_missing(inside)
        register.finish(source=source, reason=run.run.reason)
        run.run.warnings = kept_warnings(register.notes + report.warnings[warned_before:])
        report.warnings = (register.notes + report.warnings)[:KEPT]
        refused = report.refusals[refused_before:]
        run.counts["read"], run.counts["refused"] = report.read - read_before, len(refused)
        run.run.refusals, run.run.columns = list(kept(refused)), list(register.columns)
        report.counts.update(run.counts)


def _batches(register: Register, who: Who, report: Report, there: set[str]) -> Iterator[list[list[actions.Row]]]:
    """The rows of the file, some groups at a time; what is refused goes to the report, and its key to `there`."""

    def refuse(record: Record, refused: Refused) -> None:
        report.refusals.append(Refusal(record, refused.column, refused.value, refused.reason, refused.nearest))
        report.read += 1

    def warn(line: int, sentence: str) -> None:
        if len(report.warnings) < KEPT:
            report.warnings.append((line, sentence))

    groups = register.groups(who, refuse)
    while together := list(islice(groups, BATCH)):
        register.foresee(together, who)
        batch: list[list[actions.Row]] = []
        for group in together:
            try:
                rows = register.rows(group, who, warn)
                batch += [list(of_key) for _key, of_key in groupby(rows, key=lambda row: row.key)]
                report.read += len(group)
            except Refused as refused:
                guilty = refused.record or group[0]
                there.update(filter(None, (register.key_or_nothing(record, who) for record in group)))
                for record in group:
                    others = Refused("", "", f"Line {guilty.line}, which belongs with it, is refused.")
                    refuse(record, refused if record is guilty else others)
        yield batch
