"""Clients above the limit are refused under load, and nobody else notices: two workers of the real server."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.browser.serving import serving

pytestmark = pytest.mark.contract
ALLOWED, CLIENTS, ASKED = 40, 8, 120


def test_eight_clients_above_the_limit_are_refused_while_a_ninth_sees_no_error(tmp_path: Path):
    """Each is allowed so many answers a minute, counted together by both workers; a minute may end meanwhile."""
    over = Event()
    with serving(tmp_path, static=False, ARMSDB_LIMIT=str(ALLOWED), ARMSDB_PROXIES="1") as site:
        address = f"{site.url}/api/v1/transfers/articles-t44/"

        def greedy(number: int) -> list[httpx.Response]:
            with httpx.Client(headers={"X-Forwarded-For": f"192.0.2.{number}"}, timeout=60) as client:
                return [client.get(address) for _ in range(ASKED)]

        def modest() -> list[httpx.Response]:
            found: list[httpx.Response] = []
            with httpx.Client(headers={"X-Forwarded-For": "192.0.2.200"}, timeout=60) as client:
                while len(found) < ALLOWED - 5 and not (over.is_set() and found):
                    found.append(client.get(address))
                    over.wait(0.1)
            return found

        with ThreadPoolExecutor(CLIENTS + 1) as clients:
            ninth = clients.submit(modest)
            answers = [one for answered in clients.map(greedy, range(CLIENTS)) for one in answered]
            over.set()
    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) == {200, 429}
    assert CLIENTS * ALLOWED <= statuses[200] <= 3 * CLIENTS * ALLOWED
    for refused in (answer for answer in answers if answer.status_code == 429):
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert refused.headers["RateLimit-Policy"] == f'"default";q={ALLOWED};w=60'
        assert refused.headers["RateLimit"].startswith('"default";r=0;t=')
    assert {answer.status_code for answer in ninth.result()} == {200}
