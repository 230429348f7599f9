"""What the passages cited for a fact say of its values: the notes beside each value, and the wordings that differ."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from armsdb.lib.vocab import Stance
from armsdb.models import Citation, Fact, Source
from armsdb.models.field_words import NAMES, ROWS, essence, in_words

from .readings import Readings

#: Fields that a page shows in one place: what speaks of one of them speaks of that place.
TOGETHER: dict[str, tuple[str, ...]] = {
    "supplier": ("supplier", "supplier_organisation", "supplier_as_stated"),
    "recipient": ("recipient", "recipient_organisation", "recipient_as_stated"),
    "number": ("number", "unit"),
    "imposed_by": ("imposed_by", "imposed_by_as_stated"),
    "targets": ("targets", "targets_as_stated"),
    "place": ("place", "place_country"),
}
#: Those of them that stand in the place of another and have no notes of their own.
SHOWN_WITH_ANOTHER = {field for first, fields in TOGETHER.items() for field in fields if field != first}


@dataclass(frozen=True)
class Notes:
    """What stands beside one value: the passages that speak of it, and the field that some of them tell differently.

    `again`: a value above it has the same passages, and none of them tells this one differently.
    """

    citations: list[Citation]
    field: str
    again: bool = False


@dataclass(frozen=True)
class Wordings:
    """The passages of a fact side by side, in the fields that not all of them tell as the record does.

    Each row is a citation with its cells, each cell the field and the words; what a passage does not tell is empty.
    """

    fields: list[str]
    rows: list[tuple[Citation, list[tuple[str, str]]]]
    recorded: list[tuple[str, str]]


class Passages:
    """The published citations of one fact, fetched `with_citations()`, as its page tells them.

    In a preview those that are drafts come after, where they were fetched `with_draft_citations()`.

    Costs one query for each kind of record that only a passage names.
    """

    def __init__(self, fact: Fact) -> None:
        self.fact = fact
        drafts: list[Citation] = getattr(fact, "draft_citations", [])
        self.citations: list[Citation] = [*fact.citations.all(), *drafts]
        self._readings = Readings(type(fact), [citation.reported for citation in self.citations])
        for citation in self.citations:
            # The components that write citations look for this.
            citation.reported_rows = list(self._differing(citation))  # type: ignore[attr-defined]

    @property
    def supports(self) -> list[Citation]:
        return [citation for citation in self.citations if citation.stance == Stance.SUPPORTS]

    @property
    def denials(self) -> list[Citation]:
        """What denies or questions the fact."""
        return [citation for citation in self.citations if citation.stance != Stance.SUPPORTS]

    @property
    def sources(self) -> list[Source]:
        """The documents that were read, each once."""
        return list({citation.source_id: citation.source for citation in self.citations}.values())

    @cached_property
    def notes(self) -> dict[str, Notes]:
        """For each value of the fact, the passages that speak of it."""
        found: dict[str, Notes] = {}
        seen: set[frozenset[str]] = set()
        for field in NAMES:
            notes = self._notes(TOGETHER.get(field, (field,)))
            passages = frozenset(citation.public_id for citation in notes.citations)
            found[field] = replace(notes, again=not notes.field and passages in seen)
            if passages and field not in SHOWN_WITH_ANOTHER:
                seen.add(passages)
        return found

    def _notes(self, fields: tuple[str, ...]) -> Notes:
        told = [field for field in fields if in_words(self.fact, field)]
        citations = [one for one in self.citations if any(one.speaks_of(field) for field in told)]
        differing = [str(NAMES[field]) for one in citations for field in fields if self._differs(one, field)]
        return Notes(citations, differing[0] if differing else "")

    @cached_property
    def wordings(self) -> Wordings | None:
        """What the passages say differently or leave out; None where each of them says what the record does."""
        told = {field for citation in self.citations for field in citation.reported}
        fields = [field for field in NAMES if field in told]
        if not fields:
            return None
        names = [str(NAMES[field]).capitalize() for field in fields]
        rows = [
            (one, list(zip(names, (self._words(one, field) for field in fields), strict=True)))
            for one in self.citations
        ]
        recorded = [in_words(self.fact, field) for field in fields]
        return Wordings(names, rows, list(zip(names, recorded, strict=True)))

    def _differing(self, citation: Citation) -> Iterator[tuple[str, str]]:
        for field in NAMES:
            if self._differs(citation, field):
                yield str(NAMES[field]), self._words(citation, field)

    def _differs(self, citation: Citation, field: str) -> bool:
        """Whether a passage tells another value than the record has."""
        if field not in citation.reported or not citation.speaks_of(field):
            return False
        if field in ROWS:
            return True
        return bool(essence(self._readings.value(citation.reported, field)) != essence(getattr(self.fact, field)))

    def _words(self, citation: Citation, field: str) -> str:
        """What a passage tells of a field: its own words for it, else what the record has if it supports that."""
        if field not in citation.reported:
            return in_words(self.fact, field) if citation.stance == Stance.SUPPORTS else ""
        return self._readings.words(citation.reported, field)
