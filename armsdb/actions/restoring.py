"""Writing a whole database anew, from what another one gave out."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from armsdb import search
from armsdb.models.bulk import insert, renew_statistics
from armsdb.models.memory import forget
from armsdb.models.whole import tables as all_tables

_TOGETHER = 2_000


class NotEmpty(ValueError):
    """The database has rows of its own."""


@transaction.atomic
def restore(*, tables: Iterable[tuple[Any, Iterable[Any]]]) -> int:
    """Write the rows of every table as they are, with their keys, into an empty database; make the index anew.

    All or nothing; what the rows leave undone the database's constraints refuse. Gives how many there were.
    """
    if any(model._base_manager.exists() for model in all_tables().values()):
        raise NotEmpty("The database is not empty: an export is loaded into one that has its tables and no rows.")
    number = 0
    for _model, rows in tables:
        left = iter(rows)
        while some := list(islice(left, _TOGETHER)):
            insert(some)
            number += len(some)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(all_tables().values())):
            cursor.execute(statement)
    search.rebuild()
    renew_statistics()
    forget()
    return number
