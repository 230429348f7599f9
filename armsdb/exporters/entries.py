"""Documents as entries, one behind the other: what the forms for programs that manage references share."""

from collections.abc import Iterable, Iterator

from .base import Export
from .works import Work, of_source


class Entries:
    """A form in which each work is an entry of its own, and a file is one after the other."""

    is_text = True
    is_flat = False

    def check(self, rows: int) -> None:
        """Any number will do."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        for records in export.records:
            yield self.write(map(of_source, records)).encode()

    def write(self, works: Iterable[Work]) -> str:
        return "".join(map(self.entry, works))

    def entry(self, work: Work) -> str:
        """One work; each form has its own."""
        raise NotImplementedError
