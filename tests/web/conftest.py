"""What tests of pages stand on."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .crowds import hub
from .reading import Reading


@pytest.fixture
def middle(empty) -> SimpleNamespace:
    """One entity of each kind, for a crowd to gather around."""
    return hub()


@pytest.fixture
def read(client: Client) -> Callable[..., Reading]:
    """Read the page at an address, whose status is 200 unless told otherwise."""

    def page(address: str, status: int = 200) -> Reading:
        response = client.get(address)
        assert response.status_code == status, f"{address}: {response.status_code}"
        return Reading(response.content.decode())

    return page


@pytest.fixture
def queries(client: Client) -> Callable[[str], int]:
    """How many queries the page at an address needs."""

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200, address
        return len(captured)

    return count
