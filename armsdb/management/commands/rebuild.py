"""`manage.py rebuild`: make anew what is kept beside the records, the search index."""

from typing import Any

from django.core.management.base import BaseCommand

from armsdb import actions, search
from armsdb.lib.jobs import INDEX
from armsdb.management.tables import refuse_while_read_only


class Command(BaseCommand):
    help = "Make the search index anew from the published records."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_while_read_only()
        with actions.job(INDEX) as run:
            run.told = f"{search.rebuild()} entries"
        self.stdout.write(f"Search index: {run.told}.")
