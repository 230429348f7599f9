"""A database without rows, and what an export of one holds."""

from pathlib import Path

from django.core.management import call_command

from armsdb.models import memory
from armsdb.models.whole import tables


def empty() -> None:
    """Take every row away that an export has, whatever refers to it."""
    for model in tables().values():
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)
    memory.forget()


def exported(folder: Path, form: str) -> dict[str, bytes]:
    """The files of an export, by name."""
    call_command("export", str(folder), format=form, verbosity=0)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def comes_back(folder: Path, form: str) -> None:
    """Assert that what is exported, loaded into an empty database and exported again is the same."""
    first = exported(folder / "first", form)
    empty()
    call_command("load_export", str(folder / "first"), verbosity=0)
    assert exported(folder / "second", form) == first
