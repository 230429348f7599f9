"""`manage.py rebuild_index`: make the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand

from armsdb import search


class Command(BaseCommand):
    help = "Make the search index anew from the published records."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Search index: {search.rebuild()} entries.")
