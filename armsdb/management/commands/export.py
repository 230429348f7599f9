"""`manage.py export FOLDER`: write everything into files, for whoever runs the site."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from armsdb.exporters.whole import FORMS, export
from armsdb.management.tables import refuse_without_tables


class Command(BaseCommand):
    help = (
        "Write every table into a new folder, drafts, history and what may not be passed on included; accounts are not."
        " manage.py load_export reads it. Files that may be passed on are those under /data/."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="The folder, which is made.")
        parser.add_argument("--format", choices=FORMS, default="csv", help="The form of the files.")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_without_tables()
        folder: Path = options["folder"]
        if folder.exists():
            raise CommandError(f"{folder} is there already: name a new folder.")
        try:
            rows = export(folder, options["format"])
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror or error}.") from error
        self.stdout.write(f"{rows} rows in {folder}. Not for passing on: licences do not allow that for all of them.")
