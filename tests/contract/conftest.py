"""A running site for the tests of this folder."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.serving import Site, serving
from tests.clusters import a_cluster


@pytest.fixture(scope="session")
def site(tmp_path_factory: Any) -> Iterator[Site]:
    """The seeded site, with no limit."""
    with serving(tmp_path_factory.mktemp("site"), ARMSDB_LIMIT="0") as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def of_each_engine(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Site]:
    """The seeded site with no limit, once on each engine; left out where PostgreSQL is not installed."""
    if request.param == "sqlite":
        yield request.getfixturevalue("site")
        return
    with (
        a_cluster() as cluster,
        serving(tmp_path, ARMSDB_LIMIT="0", DATABASE_URL=cluster.url()) as running,
    ):
        yield running
