"""Whether the database has the tables that a command needs."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def refuse_without_tables() -> None:
    """Raise CommandError, which says what to do, where the database has not all tables of this release."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database has not all tables yet: run manage.py migrate first.", returncode=2)
