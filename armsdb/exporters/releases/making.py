"""Making a release: written beside the others, checked, and only then given its name."""

import fcntl
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from armsdb.exporters.tables import Table, tables
from armsdb.lib.vocab import OWN_LICENCE
from armsdb.models import DataVersion
from armsdb.models.data_versions import OF_ALL
from armsdb.models.snapshots import one_moment

from . import deltas, telling, writing
from .checking import doubts, faults
from .databases import NAME, Database
from .folders import SUMS, Release, free_name, releases_in
from .rows import number_of

Say = Callable[[str], None]
#: What the folder of a release is called while it is made.
_DRAFT = ".making-"


class Refused(Exception):
    """Why no release was made: one sentence for each reason."""

    def __init__(self, *reasons: str, may_be_allowed: bool = False) -> None:
        super().__init__("\n".join(reasons))
        self.may_be_allowed = may_be_allowed


@dataclass(frozen=True)
class Made:
    """A release, whether it is new, and how many rows changed since the one before, by change and cause."""

    release: Release
    is_new: bool
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)


def make(folder: Path, *, site: str, say: Say = lambda _line: None, allow: bool = False) -> Made:
    """Write everything that may be passed on into a new folder among the releases; `allow` takes doubts for answered.

    Where the newest release has the same files, nothing is made.
    """
    if find_spec("pyarrow") is None:
        raise Refused("A release has Parquet in it, which is read again by pyarrow: install it first.")
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), _beside(folder) as draft, one_moment():
        before = next(iter(releases_in(folder)), None)
        told = _write_tables(draft, site, say)
        if not allow:
            _refuse(doubts(told.rows, before.rows() if before else {}), may_be_allowed=True)
        day = told.moment.date().isoformat()
        if before and (told.moment < before.moment):
            _refuse([f"The database is of {day}, older than the release {before.name}."])
        telling.write(draft, told)
        sums = _sums(draft)
        if before and sums.items() <= before.sums.items():
            return Made(before, False)
        changes = deltas.write(draft, told.tables, before.as_earlier) if before else Counter()
        written = "".join(f"{digest}  {name}\n" for name, digest in _sums(draft).items())
        (draft / SUMS).write_text(written, encoding="utf-8")
        draft.chmod(0o755)
        release = draft.rename(folder / free_name(folder, day))
    return Made(Release(release), True, changes)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else make a release there meanwhile; the lock goes with the process, however that ends."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("Another release is being made.") from error
        yield
    finally:
        os.close(opened)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder to write in, which is gone afterwards unless it got another name, and so are those of killed ones."""
    for left in folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_tables(draft: Path, site: str, say: Say) -> telling.Told:
    """Write the tables in every form, and hold them against the database."""
    version = DataVersion.objects.filter(type=OF_ALL).first()
    if version is None:
        raise Refused("Nothing was published yet.")
    all_tables: Sequence[Table] = list(tables().values())
    about = {"title": telling.TITLE, "data_version": str(version.number), "licence": OWN_LICENCE}
    rows: dict[str, int] = {}
    with Database(draft / NAME) as database:
        for table in all_tables:
            kind = table.model.COLLECTION
            rows[kind] = writing.write(table, draft, database, site=site, about=about)
            say(f"{rows[kind]:>10,} {kind}")
    _refuse(faults(draft, all_tables, {one.model.COLLECTION: number_of(one.model) for one in all_tables}))
    shares = telling.shares_of(all_tables)
    return telling.Told(all_tables, rows, shares, version.number, version.changed, site)


def _refuse(reasons: Any, *, may_be_allowed: bool = False) -> None:
    told = list(reasons)
    if told:
        raise Refused(*told, may_be_allowed=may_be_allowed)


def _sums(draft: Path) -> dict[str, str]:
    return {name: writing.measured(draft, name).sha256 for name in writing.names_in(draft)}
