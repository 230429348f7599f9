"""Whether a command can write: the database has the tables that it needs, and the site is not switched to reading."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from armsdb.lib import read_only


def refuse_while_read_only() -> None:
    """Raise CommandError while nothing may be written."""
    if read_only.is_on():
        raise CommandError("Nothing can be written: manage.py readonly off ends that.", returncode=2)


def refuse_without_tables() -> None:
    """Raise CommandError, which says what to do, where the database has not all tables of this release."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database has not all tables yet: run manage.py migrate first.", returncode=2)
