"""`manage.py import_register`: take in a register as its publisher hands it out."""

import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from armsdb import actions
from armsdb.importers import COLUMNS, IMPORTERS, FileRefused, Options, Report, import_register
from armsdb.lib.jobs import IMPORT
from armsdb.management.tables import refuse_while_read_only, refuse_without_tables

#: Refusals that are printed; the file of refusals has all of them.
SHOWN = 10


class Command(BaseCommand):
    help = (
        "Take in a register, all of it or nothing. Run again, it changes nothing; a later edition changes what "
        "changed. Exit status: 0 nothing refused, 1 rows refused, 2 nothing written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "format", choices=[*sorted(IMPORTERS), "columns"], help="Who publishes it; columns prints our own form."
        )
        parser.add_argument("file", type=Path, nargs="?", help="The file, as it was handed out.")
        parser.add_argument("--dataset", default="", metavar="SLUG", help="Where the rows go; a new one is made.")
        parser.add_argument("--dry-run", action="store_true", help="The same report, and nothing is written.")
        parser.add_argument(
            "--allow-refusals", action="store_true", help="Write the other rows where some are refused."
        )
        parser.add_argument("--refused", type=Path, metavar="OUT.csv", help="Write refused rows, to be mended, here.")
        parser.add_argument("--beside", type=Path, metavar="FILE", help="A second file of it: OFAC's other names.")
        parser.add_argument("--names", type=Path, metavar="MAP.csv", help="More names: a table of name and id.")
        parser.add_argument(
            "--complete", action="store_true", help="Withdraw what the file does not have, whatever it covers."
        )
        parser.add_argument("--json", action="store_true", help="Tell the report as JSON, in the last line.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == "columns":
            for name, meaning in COLUMNS.items():
                self.stdout.write(f"{name:<20}{meaning}")
            return
        if options["file"] is None:
            raise CommandError("Which file? It comes after the format.", returncode=2)
        refuse_without_tables()
        if not options["dry_run"]:
            refuse_while_read_only()
        wanted = Options(
            dataset=options["dataset"],
            dry_run=options["dry_run"],
            allow_refusals=options["allow_refusals"],
            complete=options["complete"],
            names=options["names"],
            beside=options["beside"],
        )
        progress = Progress(self.stderr) if sys.stderr.isatty() and not options["json"] else None
        try:
            report = self._taken_in(wanted, options, progress or (lambda line, lines: None))
        except FileRefused as error:
            raise CommandError(str(error), returncode=2) from error
        if progress:
            progress.end()
        self._tell(report, options)
        if options["refused"] and report.refusals:
            self._write_refusals(report, options["refused"])
        if report.refusals or not report.written:
            status = (
                0 if options["dry_run"] and not report.refusals else 1 if report.written or options["dry_run"] else 2
            )
            if status:
                sys.exit(status)

    @staticmethod
    def _taken_in(wanted: Options, options: dict[str, Any], progress: Callable[[int, int], None]) -> Report:
        """Take the file in; how that ended is kept, but of a dry run."""
        with nullcontext() if wanted.dry_run else actions.job(IMPORT) as run:
            report = import_register(IMPORTERS[options["format"]], options["file"], wanted, progress)
            if run is not None:
                run.told = f"{report.form}, {report.edition}: {report.sentence()}"
            return report

    @staticmethod
    def _write_refusals(report: Report, path: Path) -> None:
        try:
            report.write_refusals(path)
        except OSError as error:
            told = f"The refused rows cannot be written to {path}: {error.strerror or error}."
            raise CommandError(told, returncode=1 if report.written else 2) from error

    def _tell(self, report: Report, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(report.as_json())
            return
        for line, sentence in report.warnings[:SHOWN]:
            self.stdout.write(f"Line {line}: {sentence}")
        if len(report.warnings) > SHOWN:
            self.stdout.write(f"… and {len(report.warnings) - SHOWN:,} more warnings.")
        for one in report.refusals[:SHOWN]:
            near = f" Nearest: {one.nearest}." if one.nearest else ""
            self.stdout.write(f"Line {one.record.line}, {one.column or 'row'}, “{one.value[:60]}”: {one.reason}{near}")
        if len(report.refusals) > SHOWN:
            self.stdout.write(f"… and {len(report.refusals) - SHOWN:,} more refusals.")
        wrote = "" if report.written else " Nothing was written."
        self.stdout.write(f"{report.form}, {report.edition}: {report.read:,} rows read.{wrote}")
        self.stdout.write(report.sentence())


class Progress:
    """How far a file is read, at what rate, and how long the rest will take, in one line of a terminal."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.begun = time.monotonic()

    def __call__(self, line: int, lines: int) -> None:
        rate = line / max(time.monotonic() - self.begun, 0.001)
        left = int((lines - line) / max(rate, 0.001))
        done = 100 * line // max(lines, 1)
        self.out.write(
            f"\r{line:,} of {lines:,} lines, {done} %, {rate:,.0f} a second, {left // 60}:{left % 60:02} left ",
            ending="",
        )
        self.out.flush()

    def end(self) -> None:
        """Leave the line."""
        self.out.write("")
