"""Who works at the desk."""

import pytest
from django.test import Client

from tests.accounts import editor, reviewer


@pytest.fixture
def desk(db) -> Client:
    """A reviewer at the desk."""
    client = Client()
    client.force_login(reviewer())
    return client


@pytest.fixture
def editing(db) -> Client:
    """An editor at the desk."""
    client = Client()
    client.force_login(editor())
    return client
