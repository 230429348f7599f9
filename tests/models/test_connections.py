"""What a question may cost, whichever way its rows are fetched."""

import time

import pytest
from django.db import OperationalError, connection
from django.db.models import CharField, Func, Value

from armsdb.models import Country
from armsdb.models.connections import one_by_one
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_rows_that_come_one_by_one_are_under_the_budget() -> None:
    """Guards readers on PostgreSQL, which fills a cursor outside a transaction as it commits, under no budget."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no cursor that is filled before it is read.")
    factories.country("Thirdland")
    slept = Func(Value(3), function="pg_sleep", output_field=CharField())
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '200ms'")
    try:
        began = time.monotonic()
        with pytest.raises(OperationalError, match="statement timeout"):
            list(one_by_one(Country.objects.annotate(slept=slept).values_list("slept")))
        assert time.monotonic() - began < 2
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
