"""`manage.py rebuild`: make anew what is kept beside the records, the search index."""

from typing import Any

from django.core.management.base import BaseCommand

from armsdb import search


class Command(BaseCommand):
    help = "Make the search index anew from the published records."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Search index: {search.rebuild()} entries.")
