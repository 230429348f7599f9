"""What is counted of answers, for whoever watches over the site; all workers count together where gunicorn starts them.

The names are those that Prometheus reads at /metrics.
"""

from functools import lru_cache

from prometheus_client import Counter, Histogram

REQUESTS = Counter("armsdb_requests", "Answers, by route, method and status.", ["route", "method", "status"])
SECONDS = Histogram(
    "armsdb_request_seconds",
    "How long answers took, by route.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
QUERIES = Counter("armsdb_queries", "Questions to the database, by route.", ["route"])
REMEMBERED = Counter("armsdb_remembered", "Things found in the memory of a process, or looked up.", ["found"])
#: Prepared, since it is counted up with each thing.
FOUND, LOOKED_UP = REMEMBERED.labels("remembered"), REMEMBERED.labels("looked up")
REFUSED = Counter("armsdb_refused", "Answers that were refused to keep the rest quick, by why.", ["why"])
REPORTED = Counter("armsdb_policy_reports", "Reports of browsers on the Content-Security-Policy.", ["directive"])


@lru_cache(maxsize=1_000)
def of_answers(route: str, method: str, status: int) -> tuple[Counter, Histogram, Counter]:
    """What counts the answers of one sort, their seconds, and their questions to the database."""
    return REQUESTS.labels(route, method, str(status)), SECONDS.labels(route), QUERIES.labels(route)
