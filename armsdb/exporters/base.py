"""What every format is given, and what it gives: the rows of one question, as pieces of a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .columns import Column
from .works import Work


class ExportRefused(Exception):
    """A file that cannot be had in a format, with a sentence that says why and what would work."""


@dataclass(frozen=True)
class Export:
    """What is exported: told by whom it is asked of, so that formats know nothing of questions."""

    #: The question in words, and the address of the file.
    title: str
    address: str
    rows: int
    #: The kind of record that a row is, and its columns.
    model: Any
    columns: Sequence[Column]
    #: Cells column by column, some rows at a time; and the same rows as the objects of the API, and as records. One of
    #: them is read.
    parts: Iterable[list[Sequence[str]]]
    objects: Iterable[list[Any]]
    records: Iterable[list[Any]] = ()
    #: When the newest of the data changed; what a file tells about itself, as name and value.
    changed: Any = None
    about: Sequence[tuple[str, str]] = field(default_factory=tuple)


class Exporter(Protocol):
    """A format: what keeps a file from being whole is raised."""

    extension: str
    media_type: str
    #: The format in a word for readers, and what is to be known of it.
    label: Any
    description: Any
    #: Whether it is text, and whether it is made of the columns of a table or of the objects of the API.
    is_text: bool
    is_flat: bool

    def check(self, rows: int) -> None:
        """Raise ExportRefused where so many rows cannot be had in this format here."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        """The file, piece by piece."""
        ...


class Citer(Exporter, Protocol):
    """A format of things to cite."""

    def write(self, works: Iterable[Work]) -> str:
        """Some things to cite."""
        ...
