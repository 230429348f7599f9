"""`manage.py matches`: list which records that imports made may be others that are there."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from armsdb.importers.matches import likely_matches
from armsdb.models import Equipment, Organisation, Person

KINDS: dict[str, Any] = {"organisations": Organisation, "people": Person, "equipment": Equipment}


class Command(BaseCommand):
    help = "List records that are not yet matched, each with others that it may be. Nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", default="organisations", choices=KINDS, help="Which records.")
        parser.add_argument("--limit", type=int, default=50, help="How many to list; 50 unless told.")

    def handle(self, *args: Any, **options: Any) -> None:
        told = 0
        for match in islice(likely_matches(KINDS[options["kind"]]), max(options["limit"], 0)):
            told += 1
            self.stdout.write(
                f"{match.record.public_id} “{match.name}” may be {match.other.public_id} “{match.other_name}” "
                f"({match.alike} of 100)"
            )
        self.stdout.write(f"{told} likely matches." if told else "No likely matches.")
