"""Which backups are kept: the last of each of seven days, four weeks and twelve months."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"armsdb-(\d{8}T\d{6}Z)\.tar(?:\.age)?")
_FORM = "%Y%m%dT%H%M%SZ"

#: How many of which spans: the last backup of each is kept.
KEPT: tuple[tuple[int, Callable[[datetime], str]], ...] = (
    (7, lambda when: f"{when:%Y-%m-%d}"),
    (4, lambda when: f"{when:%G-W%V}"),
    (12, lambda when: f"{when:%Y-%m}"),
)


def name_of(when: datetime) -> str:
    """What the backup of a moment is called."""
    return f"armsdb-{when.astimezone(UTC).strftime(_FORM)}.tar"


def moment_of(path: Path) -> datetime | None:
    """When a backup was made, by its name; None for a file that is none."""
    found = _NAME.fullmatch(path.name)
    return datetime.strptime(found[1], _FORM).replace(tzinfo=UTC) if found else None


def wanted(moments: Iterable[datetime]) -> set[datetime]:
    """Those of some moments whose backups are kept; the last one always is."""
    last_first = sorted(moments, reverse=True)
    kept: set[datetime] = set(last_first[:1])
    for most, span in KEPT:
        lasts: dict[str, datetime] = {}
        for when in last_first:
            lasts.setdefault(span(when), when)
        kept.update(list(lasts.values())[:most])
    return kept


def spare(folder: Path) -> list[Path]:
    """Delete the backups of a folder that are not kept, with what stands beside them; no other file is touched."""
    moments = {path: when for path in folder.iterdir() if (when := moment_of(path))}
    kept = wanted(moments.values())
    gone = sorted(path for path, when in moments.items() if when not in kept)
    for path in gone:
        path.unlink()
        path.with_name(f"{path.name}.json").unlink(missing_ok=True)
    return gone
