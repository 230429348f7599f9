"""A running site for the tests of this folder."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.serving import Site, serving


@pytest.fixture(scope="session")
def site(tmp_path_factory: Any) -> Iterator[Site]:
    """The seeded site, with no limit."""
    with serving(tmp_path_factory.mktemp("site"), static=False, ARMSDB_LIMIT="0") as running:
        yield running
