"""Samples of registers, and importing them; every sample is of our own making, in the shape of the real ones."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from armsdb.importers import IMPORTERS, Options, Report, import_register
from armsdb.models import Transfer

SAMPLES = Path(__file__).parent / "samples"


@contextmanager
def kept_while(blocker: Any) -> Iterator[None]:
    """A database that several tests read, and that is as before when they are done."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def take_in(name: str | Path, format: str = "sipri", **options: Any) -> Report:  # noqa: A002
    """Import a sample, or a file of a path."""
    path = SAMPLES / name if isinstance(name, str) else name
    return import_register(IMPORTERS[format], path, Options(**options))


def changed_copy(tmp_path: Path, name: str, *changes: tuple[str, str], encoding: str = "cp1252") -> Path:
    """A copy of a sample in which each of these texts, which has to be there, is another."""
    text = (SAMPLES / name).read_bytes().decode(encoding)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    copy = tmp_path / name
    copy.write_bytes(text.encode(encoding))
    return copy


def line(dataset: str, designation: str, **more: Any) -> Any:
    """The one line of a dataset of this designation."""
    return Transfer.objects.get(dataset__public_id=dataset, equipment__name=designation, **more)


def refused_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of refusals."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
