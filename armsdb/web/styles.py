"""The style sheets of the site, a file for each component, as the one file that pages load.

A browser draws nothing until it has every sheet, and asks for six at a time: twenty are four ways there and back.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

#: Where the one file stands among static files.
SITE = "css/site.css"
#: The sheets of which it is made, in their order: what comes later wins.
PARTS = (
    "tokens",
    "base",
    "frame",
    "statements",
    "ledgers",
    "filters",
    "facets",
    "drawings",
    "axis",
    "pictures",
    "figures",
    "card",
    "chain",
    "against",
    "relation",
    "hits",
    "entity",
    "home",
    "preview",
    "forced",
)


class Together(BaseFinder):
    """Finds the one file, which is made anew where a sheet has changed."""

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        if path != SITE:
            return []
        found = str(made() / SITE)
        return [found] if find_all else found

    def list(self, _ignored: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        yield SITE, FileSystemStorage(location=made())


def made() -> Path:
    """Write the one file if it is not there as it should be; gives the folder in which it stands like a static file."""
    folder = Path(settings.VAR_DIR) / "styles"
    there = folder / SITE
    sheets = Path(settings.BASE_DIR) / "static" / "css"
    told = "".join((sheets / f"{name}.css").read_text() for name in PARTS)
    if not there.exists() or there.read_text() != told:
        there.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=there.parent, delete=False) as draft:
            draft.write(told)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(there)
    return folder
