"""What tests in a browser stand on: one site and one Chromium for all of them, and pages that are watched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from .serving import Site, chromium, serving
from .watching import Watched

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder runs with `make browser`, and not with `make test`."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The seeded site, as readers meet it."""
    with serving(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def context_of(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of one reader, with the options of playwright's `new_context`; closed when the test ends."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(browser.new_context(base_url=site.url, reduced_motion="reduce", **options))
        made[-1].set_default_timeout(10_000)
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def visit(context_of: Callable[..., BrowserContext]) -> Callable[..., Watched]:
    """Open an address in a browser of its own: `visit("/transfers/", width=360, status=200, color_scheme="dark")`."""

    def opened(path: str, *, width: int = 1440, status: int = 200, **options: Any) -> Watched:
        context = context_of(viewport={"width": width, "height": 900}, **options)
        return Watched(context.new_page(), path, status=status)

    return opened
