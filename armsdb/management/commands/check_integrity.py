"""`manage.py check_integrity`: whether the database is as the actions leave it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from armsdb import actions
from armsdb.lib.jobs import INTEGRITY
from armsdb.models import kinds


class Command(BaseCommand):
    help = "Go through the whole database and tell each difference from the rules; nothing is changed."

    def handle(self, *args: Any, **options: Any) -> None:
        with actions.job(INTEGRITY) as run:
            number = 0
            for number, difference in enumerate(actions.differences(), start=1):  # noqa: B007
                self.stdout.write(difference)
            if number:
                raise CommandError(f"Differences from the rules: {number}.")
            run.told = f"{sum(kind._default_manager.count() for kind in kinds().values())} records"
        self.stdout.write(f"Sound: {run.told}, with all that belongs to them.")
