"""What a database reads whole for an answer: `DATABASE_URL=… python -m bench.plans` prints it, and then fails.

Each question is asked as readers ask it, once it has been asked before, and the plan of each statement is looked at.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from typing import Any

from bench.loading import set_up

#: The large tables: of these nothing may be read whole.
TABLES = ("armsdb_transfer", "armsdb_citation")
#: Rows of which there may be many on a page.
_LIST = "/api/v1/transfers/"


def filters() -> list[str]:
    """One value of each filter of transfers, as a register of made-up lines has them, and some together."""
    from armsdb.models import Country, Dataset, Equipment, Organisation, Source

    country, other = Country.objects.published().order_by("pk").values_list("public_id", flat=True)[:2]
    company, equipment, source, dataset = (
        rows.order_by("pk").values_list("public_id", flat=True)[0]
        for rows in (
            Organisation.objects.published().companies(),
            *(kind.objects.published() for kind in (Equipment, Source, Dataset)),
        )
    )
    return [
        "",
        f"supplier={country}",
        f"recipient={other}",
        f"country={country}",
        f"company={company}",
        f"organisation={company}",
        f"equipment={equipment}",
        f"source={source}",
        f"dataset={dataset}",
        "category=combat-aircraft",
        "nature=sale",
        "status=delivered",
        "evidence=disputed",
        "arms=true",
        "government=false",
        "q=refurbished",
        "value_min=1000&currency=USD",
        "year_from=1990&year_to=2000",
        f"supplier={country}&recipient={other}",
        f"supplier={country}&year_from=1990&year_to=2000&evidence=reported&evidence=disputed",
        f"recipient={other}&category=combat-aircraft&q=refurbished",
    ]


def addresses() -> list[str]:
    """Every question that the site and the API offer about transfers, in all orders but one.

    To put a broad word in the order of relevance takes all that have it, which may be much of a table.
    """
    from armsdb.filters import TransferFilterSet
    from armsdb.models import Citation, Transfer

    orders = [f"ordering={name}" for name in TransferFilterSet.ordering_names() if name != "relevance"]
    asked = filters()
    found = [f"{_LIST}?{'&'.join(filter(None, pair))}" for pair in product(asked, orders)]
    found += [f"{_LIST}facets/?{one}" for one in asked]
    found += [f"/transfers/?{'&'.join(filter(None, (one, 'ordering=-date')))}" for one in asked]
    found += [f"{_LIST}?page=900", f"{_LIST}?ordering=-value&page=900", "/api/v1/suggest/?q=ke"]
    one = Transfer.objects.published().order_by("pk")[0].public_id
    passage = Citation.objects.published().order_by("pk")[0].public_id
    return [*found, f"{_LIST}{one}/", f"/transfers/{one}/", f"/api/v1/citations/{passage}/", *cursors(orders)]


def cursors(orders: list[str]) -> Iterator[str]:
    """The second page of a walk in each order."""
    from django.test import Client

    for order in orders:
        yield Client().get(f"{_LIST}?cursor=&{order}").json()["next"].partition("://testserver")[2]


def whole_reads() -> Iterator[tuple[str, str, str]]:
    """Questions for which a large table is read whole, each with the statement and the step of its plan."""
    from django.db import connection
    from django.test import Client

    from armsdb.models import memory
    from armsdb.models.columns import columns

    asked: dict[str, tuple[str, Any]] = {}

    def listen(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        if statement.startswith("SELECT"):
            asked.setdefault(statement, (address, values))
        return execute(statement, values, many, context)

    for address in addresses():
        Client().get(address)
        columns().as_of(None)  # forgets what the conditions found
        memory.forget()
        with connection.execute_wrapper(listen):
            answer = Client().get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    for statement, (address, values) in asked.items():
        yield from ((address, statement, step) for step in _whole(statement, values))


def _whole(statement: str, values: Any) -> Iterator[str]:
    """The steps of the plan of a statement that read a large table whole; along an index to a limit is not whole."""
    from django.db import connection

    names = {table: table for table in TABLES} | {
        short: table for table, short in re.findall(r'"(armsdb_(?:transfer|citation))" ("?\w+"?)', statement)
    }
    is_limited = " LIMIT " in statement
    with closing(connection.cursor()) as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + statement, values)
            for *_ids, step in cursor.fetchall():
                told = re.fullmatch(r"SCAN (\w+)( USING .*)?", step)
                if told and told[1] in names and not (told[2] and is_limited):
                    yield step
            return
        cursor.execute("EXPLAIN (FORMAT JSON) " + statement, values)
        told_plan = cursor.fetchone()[0]
        yield from _scans(told_plan if isinstance(told_plan, list) else json.loads(told_plan), is_limited)


def _scans(plans: list[dict[str, Any]], is_limited: bool) -> Iterator[str]:
    for plan in plans:
        node = plan.get("Plan", plan)
        if node.get("Relation Name") in TABLES:
            kind = node["Node Type"]
            whole = kind == "Seq Scan" or ("Index Cond" not in node and kind.startswith("Index") and not is_limited)
            if whole:
                yield f"{kind} on {node['Relation Name']}"
        yield from _scans(node.get("Plans", []), is_limited)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_ALLOWED_HOSTS", "testserver")
    set_up()
    from django.conf import settings
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # pages need no files collected
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        found = list(whole_reads())
    for address, statement, step in found:
        print(f"{step}\n  {address}\n  {statement[:600]}\n")
    sys.exit(1 if found else 0)
