"""Whatever is asked at any public address: an answer or a sentence, never a fault of ours, and bounded work."""

from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from armsdb.filters import TransferFilterSet
from tests.crawling import patterns
from tests.fuzz.effort import INPUTS, tried
from tests.fuzz.test_values import PIECES

pytestmark = pytest.mark.django_db
#: Thousands of steps that SQLite may take for one answer over the seed; the dearest pages take a tenth of it.
MOST_STEPS = 20_000
ALLOWED = {200, 301, 302, 304, 308, 400, 401, 404, 405, 406, 410, 414, 429}
IDS = ["myanmar", "russia", "articles-t44", "rosoboronexport", "..", "%00", "a" * 300, "ÿ", "x%0d%0aSet-Cookie:a", "'"]
NAMES = [
    *TransferFilterSet.base_filters,
    "page",
    "page_size",
    "cursor",
    "format",
    "fields",
    "type",
    "exact",
    "password",
]
WORDS = [*PIECES, "myanmar", "russia", "1990", "99999999999", "-1", "1e18", "csv", "id", "-date", "transfer", "a" * 600]
HEADERS = {
    "accept": ["image/png", "*/*", "text/csv;q=x", "\x7f"],
    "if-none-match": ["*", '"x"', 'W/"', "garbage,"],
    "if-modified-since": ["yesterday", "Sat, 29 Feb 2025 00:00:00 GMT"],
    "range": ["bytes=0-", "bytes=-1"],
    "accept-language": ["xx-" * 50],
    "cookie": ["sessionid=\x01garbage; csrftoken=x"],
    "authorization": ["Token garbage", "Basic xyz", "Token"],
    "x-forwarded-for": ["1.1.1.1, ::1, garbage"],
    "x-http-method-override": ["DELETE"],
}
ROUTES = sorted(set(patterns()))


def question(number: int) -> tuple[str, str, dict[str, str]]:
    """A method, an address and headers, made of what is there and of what breaks things elsewhere."""
    random = Random(number)
    path = "/" + random.choice(ROUTES)
    while "<" in path:
        before, _mark, rest = path.partition("<")
        path = before + quote(random.choice(IDS), safe="%.") + rest.partition(">")[2]
    asked = [
        f"{quote(random.choice(NAMES))}={quote(random.choice(WORDS), errors='surrogatepass')}"
        for _time in range(random.choice([0, 1, 1, 2, 3, 8]))
    ]
    headers = {name: random.choice(values) for name, values in HEADERS.items() if random.random() < 0.1}
    method = random.choice(["GET"] * 8 + ["HEAD", "OPTIONS", "POST", "TRACE"])
    return method, path + ("?" + "&".join(asked) if asked else ""), headers


@pytest.fixture
def steps() -> Any:
    """Thousands of steps that SQLite took since this was emptied; nothing is counted on PostgreSQL."""
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(count, 1000)
        yield counted
        connection.connection.set_progress_handler(None, 0)
    else:
        yield counted


def test_any_question_is_answered_or_refused_in_bounded_work(client: Client, steps: Any) -> None:
    client.raise_request_exception = False

    @tried(INPUTS // 25 if INPUTS < 10_000 else INPUTS // 10)
    @given(st.integers(0, 2**32))
    def tries(number: int) -> None:
        method, address, headers = question(number)
        steps[0] = 0
        answer = client.generic(method, address, headers=headers)
        if answer.streaming:
            answer.getvalue()
        assert answer.status_code in ALLOWED, (method, address, headers)
        assert steps[0] < MOST_STEPS, (method, address)

    tries()
