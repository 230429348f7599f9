"""Rows that have none of others are looked up one by one, never told by a list of all that have some."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from armsdb import search
from armsdb.models.times import Times

#: A list of what a large table has, whose rows are left out, or are one of two ways to be in.
LISTED = re.compile(
    r"(?:NOT \([^()]*|\bOR [^()]*)\bIN \(SELECT (?:[^()]|\([^()]*\))*?armsdb_(?:transfer|delivery|citation)"
)
API = "/api/v1/transfers/"

ASKING: dict[str, Callable[[], object]] = {
    "times of pictures": Times.read,
    "totals by year": lambda: Client().get(f"{API}summary/?group_by=year"),
    "no company": lambda: Client().get(f"{API}?company=unknown"),
    "the links of a country and a company": lambda: Client().get(
        "/explore/network/?around=country:myanmar&around=organisation:rosoboronexport"
    ),
    "a country": lambda: Client().get("/countries/myanmar/"),
    "the index made anew": search.rebuild,
}


def test_what_is_looked_for_would_be_found() -> None:
    """Guards the pattern: these are the two shapes that never came."""
    left_out = 'WHERE ("t"."state" = %s AND NOT ("t"."id" IN (SELECT V0."x" AS "y" FROM "armsdb_delivery" V0)))'
    either = 'WHERE (("c"."company_id" IN (1)) OR "c"."transfer_id" IN (SELECT U0."id" FROM "armsdb_transfer" U0))'
    assert LISTED.search(left_out)
    assert LISTED.search(either)
    assert not LISTED.search('WHERE ("c"."transfer_id" IN (SELECT U0."id" FROM "armsdb_transfer" U0))')


@pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING)
def test_no_list_of_a_large_table_is_left_out(seeded: None, ask: Callable[[], object]) -> None:
    """Guards PostgreSQL, which goes through such a list with each row once it is longer than its memory for work: a
    country of a million transfers never came."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    assert len(asked) > 1
    assert not [query["sql"] for query in asked if LISTED.search(query["sql"])]
