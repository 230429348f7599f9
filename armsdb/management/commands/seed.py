"""`manage.py seed`: load the seed knowledge base, or repair it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from armsdb.importers.from_fixtures import FixtureError, load
from armsdb.management.tables import refuse_without_tables
from armsdb.models import Dataset


class Command(BaseCommand):
    help = "Load the seed knowledge base from fixtures/; run again, it repairs what differs and changes nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where the database has any dataset.")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="Where the files are.")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_without_tables()
        if options["if_empty"] and Dataset.objects.exists():
            return
        try:
            counts = load(options["folder"])
        except FixtureError as error:
            raise CommandError(str(error)) from error
        told = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()) if number) or "nothing to do"
        self.stdout.write(f"Seed: {told}.")
