"""How to cite what a page shows: in a line for people, and for programs that manage references."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from armsdb.exporters import CITERS
from armsdb.exporters.styles import STYLES
from armsdb.exporters.works import Work, of_ours, originals, short
from armsdb.filters.passing_on import credits_of
from armsdb.models import Fact, Record
from armsdb.models.memory import Memory, now


@dataclass(frozen=True)
class Cite:
    """What the page says, as a thing to cite, and what it was drawn from."""

    work: Work
    originals: Sequence[Work] = ()

    @property
    def plain(self) -> str:
        return self.work.plain

    @property
    def formats(self) -> list[tuple[Any, str]]:
        """Each style of print, then each format of programs, with the text of it."""
        works = [self.work, *self.originals]
        styles = [(name, "\n".join(map(style, works))) for name, style in STYLES.items()]
        return [*styles, *((citer.label, citer.write(works)) for citer in CITERS.values())]


def of_record(record: Record, address: str) -> Cite:
    """How to cite a record: it takes a query for the documents of a fact."""
    drawn_from = originals(record)
    return Cite(_ours(record.public_id, str(record), address, map(short, drawn_from)), drawn_from)


def of_list(asked: Any, address: str) -> Cite:
    """How to cite what answers a question: the datasets of facts are named."""
    kind = asked._meta.model
    with asked.view.at_hand():
        credit = credits_of(asked.answer.datasets()) if issubclass(kind, Fact) else []
        return Cite(_ours(kind.COLLECTION, str(asked.sentence), address, credit))


def of_page(name: str, title: str, address: str, credit: Iterable[str] = (), memory: Memory | None = None) -> Cite:
    """How to cite a page of another sort."""
    return Cite(_ours(name, title, address, credit, memory))


def of_all(address: str) -> Cite:
    """How to cite ArmsDB as a whole."""
    return of_page("whole", _("ArmsDB, an open knowledge base of the international arms trade"), address)


def _ours(name: str, title: str, address: str, credit: Iterable[str], memory: Memory | None = None) -> Work:
    number, day = (memory or now()).cited
    return of_ours(name, title, address, number, day, credit)
