"""`manage.py release`: write everything that may be passed on as a dated release."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from armsdb import actions
from armsdb.exporters.releases import Refused, make
from armsdb.lib.jobs import RELEASE
from armsdb.management.tables import refuse_without_tables


class Command(BaseCommand):
    help = (
        "Write every kind of record in CSV, JSON lines, Parquet and SQLite into a new folder among the releases, with"
        " what changed since the one before. Of an unchanged database nothing new is made. /data/ hands releases out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.RELEASES_DIR, help="Where all releases are.")
        parser.add_argument("--site", default=settings.SITE_ADDRESS, help="Scheme and host of the site.")
        parser.add_argument(
            "--yes", action="store_true", help="Make it though a table is empty, or has lost more than one row in 100."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_without_tables()
        try:
            with actions.job(RELEASE) as run:
                made = make(options["folder"], site=options["site"], say=self.stdout.write, allow=options["yes"])
                run.told = f"{made.release.name}: {sum(made.release.rows().values()):,} rows"
        except Refused as error:
            ask = "\nLook into it; --yes makes the release all the same." if error.may_be_allowed else ""
            raise CommandError(f"{error}\nNo release was made.{ask}") from error
        except OSError as error:
            raise CommandError(f"{options['folder']} cannot be written: {error.strerror or error}.") from error
        for (change, why), number in sorted(made.changes.items()):
            self.stdout.write(f"{number:>10,} {change}: {why}")
        name = made.release.name
        self.stdout.write(f"Release {name}." if made.is_new else f"Release {name} has all of this already.")
