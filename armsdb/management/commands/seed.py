"""`manage.py seed`: load the seed knowledge base, or repair it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from armsdb.importers.from_fixtures import FixtureError, load
from armsdb.management.tables import refuse_while_read_only, refuse_without_tables
from armsdb.models import Dataset

#: What the seed did, in the order in which it is told: the word of its count, and the words for one and for several.
TOLD = {
    "new": ("record is new", "records are new"),
    "changed": ("record was changed to what the files say", "records were changed to what the files say"),
    "same": ("record was so before", "records were so before"),
    "left alone": (
        "record was left alone, for somebody withdrew or merged it",
        "records were left alone, for somebody withdrew or merged them",
    ),
    "names changed": ("record got its other names", "records got their other names"),
    "overlaps changed": ("pair that may overlap was written", "pairs that may overlap were written"),
}


class Command(BaseCommand):
    help = "Load the seed knowledge base from fixtures/; run again, it repairs what differs and changes nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where the database has any dataset.")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="Where the files are.")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_without_tables()
        if options["if_empty"] and Dataset.objects.exists():
            return
        refuse_while_read_only()
        try:
            counts = load(options["folder"])
        except FixtureError as error:
            raise CommandError(str(error)) from error
        told = [f"{counts[word]} {words[counts[word] != 1]}" for word, words in TOLD.items() if counts[word]]
        self.stdout.write(f"The seed knowledge base: {'; '.join(told) or 'nothing to do'}.")
