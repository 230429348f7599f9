"""What every test of the API asks with."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.importers.reading import kept_while, take_in

from .asking import Api


@pytest.fixture(scope="module")
def registers(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Registers beside the seed: unknown parties, organisations as parties, open status, spans of years, no dates."""
    with kept_while(django_db_blocker):
        take_in("sipri_17.csv")
        take_in("sipri_16.csv")
        yield


@pytest.fixture
def api(seeded) -> Api:
    """The API over the seed knowledge base."""
    return Api(Client(raise_request_exception=False))
