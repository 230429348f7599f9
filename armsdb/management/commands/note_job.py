"""`manage.py note_job NAME`: keep that a job which another program did ended well, or failed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from armsdb import actions
from armsdb.lib.jobs import JOBS


class Command(BaseCommand):
    help = "Keep that a job ended well, or with --failed why it did not; health and desk tell it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=list(JOBS), help="The job.")
        parser.add_argument("--failed", metavar="WHY", default="", help="Why it failed.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["failed"]:
            actions.keep_failure(name=options["name"], why=options["failed"])
        else:
            actions.keep_end(name=options["name"])
