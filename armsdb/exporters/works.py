"""Things to cite: documents as their publishers made them, and what ArmsDB says, with whom to credit for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import SourceKind
from armsdb.models import Dataset, Fact, Record, Source

OURS = "ArmsDB"


@dataclass(frozen=True)
class Work:
    """One thing to cite; `kind` is a type of CSL, `issued` a date as far as it is known."""

    id: str
    kind: str
    title: str
    authors: tuple[str, ...] = ()
    publisher: str = ""
    issued: VagueDate | None = None
    url: str = ""
    archived: str = ""
    language: str = ""
    version: str = ""
    note: str = ""

    @property
    def day(self) -> tuple[int, ...]:
        """Year, month and day of the date, as many as are certain; none where not even the year is."""
        return certain_parts(self.issued)

    @property
    def plain(self) -> str:
        """The work in a line, for people."""
        issued = self.issued.display() if self.issued else _("undated")
        version = _("data version %(version)s") % {"version": self.version} if self.version else ""
        by = ", ".join(self.authors)
        parts = [by, f"“{self.title}”", self.publisher, version, issued, self.url]
        line = ", ".join(filter(None, parts)) + "."
        return f"{line} {self.note}" if self.note else line


def certain_parts(date: VagueDate | None) -> tuple[int, ...]:
    """Year, month and day of a date, as many as are certain; none where not even the year is."""
    first, last = (date.earliest, date.latest) if date else (None, None)
    if first is None or last is None or first.year != last.year:
        return ()
    if first.month != last.month:
        return (first.year,)
    return (first.year, first.month) if first.day != last.day else (first.year, first.month, first.day)


#: What each kind of document is to CSL.
_KINDS = {
    SourceKind.NEWS_ARTICLE: "article-newspaper",
    SourceKind.INTERVIEW: "interview",
    SourceKind.OFFICIAL_REPORT: "report",
    SourceKind.DATASET: "dataset",
    SourceKind.FOOTAGE: "motion_picture",
}


def of_source(source: Source) -> Work:
    """A document, as its publisher made it; one that was not read tells through which one it is known."""
    via = source.via if source.via and source.via.is_published else None
    note = _("Known through: %(title)s.") % {"title": via.name} if via else ""
    return Work(
        id=source.public_id,
        kind=_KINDS.get(SourceKind(source.kind), "document"),
        title=source.name,
        authors=tuple(source.authors),
        publisher=_named(source.publisher),
        issued=source.published,
        url=source.url,
        archived=source.archived_url,
        language=source.language,
        note=note,
    )


def of_dataset(dataset: Dataset) -> Work:
    """A dataset, as its publisher made it, with its licence."""
    told = {"name": dataset.name, "version": dataset.version}
    return Work(
        id=f"dataset-{dataset.public_id}",
        kind="dataset",
        title=_("%(name)s, version %(version)s") % told if dataset.version else dataset.name,
        publisher=_named(dataset.publisher),
        note=_("Licence: %(licence)s.") % {"licence": dataset.licence},
    )


def credit_of(dataset: Dataset) -> str:
    """Whom to credit for rows of a dataset."""
    version = _("version %(version)s") % {"version": dataset.version} if dataset.version else ""
    publisher = dataset.publisher.name if dataset.publisher else ""
    return ", ".join(filter(None, [publisher, dataset.name, version, dataset.licence]))


def _named(publisher: Record | None) -> str:
    return str(publisher) if publisher and publisher.is_published else ""


def of_ours(name: str, title: str, address: str, version: int | str, day: date | None, credit: Iterable[str]) -> Work:
    """What ArmsDB says, at an address, as of a data version and the day of it, with whom to credit for what is told."""
    credited = "; ".join(credit)
    return Work(
        id=f"armsdb-{name}",
        kind="webpage",
        title=title,
        publisher=OURS,
        issued=VagueDate(day.isoformat(), day, day, "day") if day else None,
        url=address,
        version=str(version),
        note=_("Credit also the original sources: %(credit)s.") % {"credit": credited} if credited else "",
    )


def originals(record: Record) -> Sequence[Work]:
    """What a record was drawn from: the documents that tell of a fact, and its dataset; a document is itself."""
    if isinstance(record, Source):
        return [of_source(record)]
    if isinstance(record, Dataset):
        return [of_dataset(record)]
    if not isinstance(record, Fact):
        return []
    fact: Any = record
    # Of a draft all, as they will be seen.
    seen = fact.citations.published() if record.is_published else fact.citations.all()
    documents = seen.select_related("source__publisher", "source__via").order_by("id")
    found = {one.source_id: of_source(one.source) for one in documents}
    return [*found.values(), of_dataset(record.dataset)]


def short(work: Work) -> str:
    """Whom to credit, in a few words: who published what."""
    return ", ".join(filter(None, [work.publisher, work.title]))


def one_line(text: str) -> str:
    """Text in one line."""
    return " ".join(text.split())
