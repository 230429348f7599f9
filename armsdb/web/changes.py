"""The history of a record in the words of a page: what changed, from what to what, when and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import Money
from armsdb.lib.vocab import Verdict
from armsdb.lib.word_differences import Piece, pieces_of
from armsdb.models import Alias, Citation, Delivery, Fact, Record, Succession, TransferOverlap
from armsdb.models.changes import Change, Did, Step, changes_of
from armsdb.models.field_words import NAMES, in_words

from .readings import Readings

#: The most changes that the page of a record tells; its history has all of them.
MOST = 10
#: More changes than these stand behind their number.
FEW = 3

#: What columns and parts are called where the pages of facts have no word for them.
_MORE_NAMES: dict[str, Any] = {
    "public_id": gettext_lazy("id"),
    "name": gettext_lazy("name"),
    "summary": gettext_lazy("summary"),
    "comment": gettext_lazy("what else is told"),
    "evidence": gettext_lazy("evidence"),
    "dataset": gettext_lazy("dataset"),
    "supplier_known": gettext_lazy("what is known of the supplier"),
    "recipient_known": gettext_lazy("what is known of the recipient"),
    "returns": gettext_lazy("what it returns"),
    "deal": gettext_lazy("deal"),
    "tiv_unit": gettext_lazy("TIV of one piece, in millions"),
    "tiv_ordered": gettext_lazy("TIV ordered, in millions"),
    "tiv_delivered": gettext_lazy("TIV delivered, in millions"),
    "deliveries": gettext_lazy("deliveries"),
    "may_overlap": gettext_lazy("may be the same as"),
    "person": gettext_lazy("person"),
    "title": gettext_lazy("post"),
    "of_organisation": gettext_lazy("organisation"),
    "of_country": gettext_lazy("country"),
    "parent": gettext_lazy("owner"),
    "child": gettext_lazy("what is owned"),
    "share": gettext_lazy("share, per cent"),
    "aliases": gettext_lazy("other names"),
    "identifiers": gettext_lazy("identifiers"),
    "successors": gettext_lazy("states that came after"),
    "alpha_2": gettext_lazy("ISO 3166 code of two letters"),
    "alpha_3": gettext_lazy("ISO 3166 code of three letters"),
    "alpha_4": gettext_lazy("ISO 3166-3 code"),
    "existed_from": gettext_lazy("beginning"),
    "existed_until": gettext_lazy("end"),
    "country": gettext_lazy("country"),
    "description": gettext_lazy("description"),
    "type_given": gettext_lazy("type given"),
    "family": gettext_lazy("family"),
    "category": gettext_lazy("category"),
    "sipri_category": gettext_lazy("SIPRI category"),
    "publisher": gettext_lazy("publisher"),
    "authors": gettext_lazy("authors"),
    "published": gettext_lazy("date of publication"),
    "url": gettext_lazy("address"),
    "archived_url": gettext_lazy("address of the archived copy"),
    "language": gettext_lazy("language"),
    "reliability": gettext_lazy("reliability"),
    "via": gettext_lazy("known through"),
    "locator_prefix": gettext_lazy("what places begin with"),
    "locator_count": gettext_lazy("number of places"),
    "sections": gettext_lazy("parts"),
    "version": gettext_lazy("version"),
    "versions": gettext_lazy("editions"),
    "licence": gettext_lazy("licence"),
    "terms": gettext_lazy("terms"),
    "citations": gettext_lazy("passage"),
    "source": gettext_lazy("document"),
    "locator": gettext_lazy("place"),
    "quotes": gettext_lazy("draws on"),
    "attributed_to": gettext_lazy("who says it, in words"),
    "attributed_to_person": gettext_lazy("who says it"),
    "attributed_to_organisation": gettext_lazy("who says it"),
    "stance": gettext_lazy("stance"),
    "basis": gettext_lazy("rests on"),
    "interested": gettext_lazy("an interested party alone says it"),
    "reported": gettext_lazy("what this place says"),
    "note": gettext_lazy("note"),
}
#: Fields whose words are sentences: they stand in quotation marks.
_SENTENCES = {"statement", "summary", "comment", "reliability", "note"}


@dataclass(frozen=True)
class Line:
    """One thing that changed: what it is called, its words before and after; empty where there was or is nothing."""

    label: str
    before: str = ""
    after: str = ""

    @property
    def pieces(self) -> list[Piece]:
        """The words of a long text that were taken away and put in, among those that stayed."""
        return pieces_of(self.before, self.after)


@dataclass(frozen=True)
class Entry:
    """One change: what happened to the record as a whole, if anything did, and what changed of it."""

    when: datetime
    why: str
    did: str
    lines: list[Line]


class History:
    """What readers are told of the changes of a record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        changes = changes_of(record)
        #: When the record was first shown.
        self.entered: datetime = changes[-1].when if changes else record.created
        told = (self._entry(change) for change in changes[:-1])
        #: Every change since, the newest first.
        self.entries = [entry for entry in told if entry.did or entry.lines]

    @property
    def newest(self) -> list[Entry]:
        return self.entries[:MOST]

    @property
    def is_cut(self) -> bool:
        """Whether there are more changes than a page tells."""
        return len(self.entries) > MOST

    @property
    def is_long(self) -> bool:
        return len(self.entries) > FEW

    @property
    def url(self) -> str:
        """Where all changes are told."""
        return history_url(self.record)

    def _entry(self, change: Change) -> Entry:
        whole = {Did.REMOVED: _("Withdrawn."), Did.RETURNED: _("Shown again.")}
        did = [whole[step.did] for step in change.steps if self._is_own(step) and step.did in whole]
        lines = [line for step in change.steps for line in self._lines(step) if line.before != line.after]
        return Entry(change.when, change.why, " ".join(did), lines)

    def _is_own(self, step: Step) -> bool:
        return not step.part and type(step.owner) is type(self.record)

    def _lines(self, step: Step) -> Iterator[Line]:
        """What a step changed; facts that live on the page of another record are named."""
        own = type(step.owner) is type(self.record)
        kind = str(step.owner._meta.verbose_name)
        of = "" if own else _("%(kind)s “%(name)s”") % {"kind": kind, "name": step.owner.name} + ", "
        if step.part == "citations":
            yield from _citation(step, of)
        elif step.part:
            before, after = (_part(row, step.owner) if row is not None else "" for row in (step.before, step.after))
            yield Line(capfirst(f"{of}{word_for(step.part)}"), before, after)
        elif step.did is Did.CHANGED:
            for field in step.fields:
                label = capfirst(f"{of}{word_for(field)}")
                yield Line(label, _value(step.before, field), _value(step.after, field))
        elif not own:
            gone = step.did is Did.REMOVED
            yield Line(capfirst(kind), step.owner.name if gone else "", "" if gone else step.owner.name)


def history_url(record: Record) -> str:
    return f"{record.get_absolute_url()}history/"


def word_for(field: str) -> str:
    """What a column, a group of columns or a part is called."""
    return str(NAMES.get(field) or _MORE_NAMES[field])


def _citation(step: Step, of: str) -> Iterator[Line]:
    """What changed of a passage: all of it, or what it is said to tell."""
    passage = capfirst(f"{of}{word_for('citations')}")
    if step.did is not Did.CHANGED:
        before, after = (_passage(row) if row is not None else "" for row in (step.before, step.after))
        yield Line(passage, before, after)
        return
    name = f"{passage} {_place(step.after)}"
    for field in step.fields:
        if field == "reported":
            for told, before, after in _reported(type(step.owner), step.before, step.after):
                yield Line(f"{name}, {told}", before, after)
        else:
            yield Line(f"{name}, {word_for(field)}", _value(step.before, field), _value(step.after, field))


def _place(citation: Citation) -> str:
    return f"{citation.source.name}, {citation.locator}"


def _passage(citation: Citation) -> str:
    return f"{_place(citation)} ({citation.get_stance_display()})"


def _reported(kind: type[Fact], before: Citation, after: Citation) -> Iterator[tuple[str, str, str]]:
    """The fields of which a passage is said to tell something else than before, each with its words."""
    both = (before.reported, after.reported)
    readings = Readings(kind, both)
    for field in NAMES:
        if any(field in told for told in both) and before.reported.get(field, ...) != after.reported.get(field, ...):
            words = (
                readings.words(told, field) or _("nothing") if field in told else _("what the record says")
                for told in both
            )
            yield (word_for(field), *words)  # type: ignore[misc]


def _value(row: Any, field: str) -> str:
    """The value of a field as the pages write it, with what they set small beside it."""
    value = getattr(row, field)
    if isinstance(value, VagueDate):
        return f"{value.display()} ({value.reading()})" if value.reading() else value.display()
    if isinstance(value, Money) and value.basis:
        return f"{value.display()} ({row.get_value_basis_display()})"
    if field == "sections":
        return "; ".join(f"{part['from']} {part['title']}" for part in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    words = in_words(row, field)
    return f"“{words}”" if words and field in _SENTENCES else words


def _part(row: Any, owner: Record) -> str:
    """A row of a part, written out."""
    if isinstance(row, TransferOverlap):
        other = str(row.second if row.first_id == owner.pk else row.first)
        return _("%(line)s, found to be one delivery") % {"line": other} if row.verdict == Verdict.SAME else other
    if isinstance(row, Succession):
        return str(row.successor)
    if isinstance(row, Delivery):
        told = filter(None, (row.date, row.quantity))
        return ", ".join(value.display() for value in told)
    if isinstance(row, Alias):
        years = "–".join(str(year or "") for year in (row.from_year, row.until_year)) if _has_years(row) else ""
        words = ", ".join(filter(None, (str(row.get_kind_display()), row.language, years)))
        return f"{row.name} ({words})"
    return str(getattr(row, "label", row))


def _has_years(alias: Alias) -> bool:
    return alias.from_year is not None or alias.until_year is not None
