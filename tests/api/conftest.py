"""What every test of the API asks with."""

import pytest
from django.test import Client

from .asking import Api


@pytest.fixture
def api(seeded) -> Api:
    """The API over the seed knowledge base."""
    return Api(Client(raise_request_exception=False))
