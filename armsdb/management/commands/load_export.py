"""`manage.py load_export FOLDER`: fill an empty database from what `manage.py export` wrote."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from armsdb.actions import NotEmpty
from armsdb.importers.from_export import ExportFault, load
from armsdb.management.tables import refuse_while_read_only, refuse_without_tables


class Command(BaseCommand):
    help = "Fill an empty database from the folder that manage.py export wrote, on either engine; all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="The folder.")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_without_tables()
        refuse_while_read_only()
        try:
            rows = load(options["folder"])
        except (ExportFault, NotEmpty) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database refuses the rows, and nothing was written: {error}") from error
        self.stdout.write(f"{rows} rows.")
