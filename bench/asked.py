"""How a question is put to each contestant, and how the count is read from an answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.best import Best

#: What ArmsDB counts as answered.
OK = 200
#: What a browser sends with a question.
BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip"}


def count_of(body: bytes) -> int | None:
    """The count that an answer tells: of ArmsDB and the naive site, or of Datasette."""
    told = json.loads(body)
    found = told.get("count", told.get("filtered_table_rows_count"))
    return None if found is None else int(found)


def lines_of(body: bytes) -> int:
    """The rows of a table, without its head."""
    return body.count(b"\n") - 1


def results_of(body: bytes) -> int:
    told = json.loads(body)
    return len(told["results"] if isinstance(told, dict) else told)


def transfers_of(body: bytes) -> int:
    return sum(row["transfers"] for row in json.loads(body)["results"])


def grouped_of(body: bytes) -> int:
    """How many lines the groups of a query to Datasette have; the third column counts them."""
    return sum(row[2] for row in json.loads(body)["rows"])


def page_of(body: bytes) -> None:
    """Pages tell their counts to people."""
    return


Reader = Callable[[bytes], int | None]


@dataclass(frozen=True)
class Asked:
    """One question to one site: its address, and where in the answer the count is.

    An address with {page} in it is asked for another page each time.
    """

    path: str
    count: Reader = count_of
    #: What is sent with it; browsers take pages packed.
    heads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workload:
    """A question; `sql` is None for pages, `sites` lacks who has no such thing; `kind` names its goals."""

    name: str
    kind: str
    sql: Callable[[Best], int] | None
    sites: Mapping[str, Asked]
