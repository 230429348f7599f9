"""The folder of all releases: which there are, and what is in each."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from .deltas import Earlier

PACKAGE, SUMS = "datapackage.json", "SHA256SUMS"
#: The day of the data version; a second release of one day has a number.
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.([1-9]\d*))?")


@dataclass(frozen=True)
class Release:
    """A release that is there, by its name."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def package(self) -> dict[str, Any]:
        """What it tells of itself; its files never change, so it is read once."""
        return _package(self.folder)

    @property
    def sums(self) -> dict[str, str]:
        """The SHA-256 of each of its files, by name."""
        return _sums(self.folder)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.package["created"])

    @property
    def as_earlier(self) -> Earlier:
        return Earlier(self.folder, self.name, str(self.package["version"]), self.moment)

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {one["name"]: one["rows"] for one in self.package["resources"]}

    def path(self, name: str) -> Path | None:
        """Where one of its files is; None for a name that is none."""
        return self.folder / name if name in self.sums or name == SUMS else None


@lru_cache(64)
def _package(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = orjson.loads((folder / PACKAGE).read_bytes())
    return told


@lru_cache(64)
def _sums(folder: Path) -> dict[str, str]:
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def releases_in(folder: Path) -> list[Release]:
    """Every release in a folder, the newest first."""
    paths = [path for path in folder.iterdir() if (path / SUMS).is_file()] if folder.is_dir() else []
    found = [path for path in paths if _order(path.name)[0]]
    return [Release(path) for path in sorted(found, key=lambda path: _order(path.name), reverse=True)]


def _order(name: str) -> tuple[str, int]:
    match = _NAME.fullmatch(name)
    return (match[1], int(match[2] or 1)) if match else ("", 0)


def free_name(folder: Path, day: str) -> str:
    """What a release of a day is called that is not there yet."""
    taken = [order for order in (_order(one.name) for one in releases_in(folder)) if order[0] == day]
    return f"{day}.{max(taken)[1] + 1}" if taken else day
