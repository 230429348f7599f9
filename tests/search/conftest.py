import pytest

from .builders import small_world


@pytest.fixture
def world(empty):
    """A small world of records, all in the index."""
    return small_world()
