"""Rows that have none of others are looked up one by one, never told by a list of all that have some."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from armsdb import search
from armsdb.models.times import Times

#: A list whose rows are left out, of whatever another table has; lists of a few values and of a few records are none.
LISTED = re.compile(r"NOT \([^()]*\bIN \(SELECT[^()]*armsdb_(transfer|delivery|citation)")
API = "/api/v1/transfers/"

ASKING: dict[str, Callable[[], object]] = {
    "times of pictures": Times.read,
    "totals by year": lambda: Client().get(f"{API}summary/?group_by=year"),
    "no company": lambda: Client().get(f"{API}?company=unknown"),
    "a country": lambda: Client().get("/countries/myanmar/"),
    "the index made anew": search.rebuild,
}


@pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING)
def test_no_list_of_a_large_table_is_left_out(seeded: None, ask: Callable[[], object]) -> None:
    """Guards PostgreSQL, which goes through such a list with each row once it is longer than its memory for work: a
    country of a million transfers never came."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    assert len(asked) > 1
    assert not [query["sql"] for query in asked if LISTED.search(query["sql"])]
