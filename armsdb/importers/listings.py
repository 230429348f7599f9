"""What lists of sanctions share: who is listed, by whom, under which programme, since when, and by which names.

Lists hold birth dates, addresses, passports and telephone numbers of living people. Nothing of those is taken: of a
person only the names, and the public role that the list gives as a reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from armsdb import actions
from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import Basis, OrganisationKind, SanctionKind, SourceKind, Terms
from armsdb.models import Fact, Sanction, SanctionTarget
from armsdb.models.base import fit_to_print

from .bodies import LONGEST_NAME, Body, is_name
from .datasets import About
from .files import File
from .keyed import KeyedTable, entities_before
from .refusals import Record, Refused
from .tables import Header
from .who import Who


@dataclass(frozen=True)
class Listing:
    """One entry of a list; `body` is None for ships, aircraft and other things, which are no organisation."""

    key: str
    name: str
    body: Body | None
    programme: str
    imposed: VagueDate | None = None
    measure: str = ""
    comment: str = ""


def about(slug: str, name: str, publisher: tuple[str, str], licence: str, terms: Terms, summary: str) -> About:
    """The dataset of a list, which is the official document of who imposed what."""
    return About(
        slug=slug,
        name=name,
        publisher=publisher,
        licence=licence,
        terms=terms,
        summary=summary,
        source=name,
        publisher_kind=OrganisationKind.GOVERNMENT_BODY,
        basis=Basis.OFFICIAL_DOCUMENT,
        source_kind=SourceKind.OFFICIAL_REPORT,
    )


class SanctionList(KeyedTable):
    """A list of sanctions; each format says what an entry is."""

    kind: type[Fact] = Sanction
    #: Who imposes, as the tables of names have it, and how a sentence calls the list.
    imposer: str
    list_name: str
    #: What the file has that is not taken, as a sentence.
    left_out: str

    def __init__(self, file: File, header: Header) -> None:
        super().__init__(file, header)
        self.edition = actions.Edition(label=f"file {file.sha256[:8]}")
        self.ended_by = dates.parse(f"../{timezone.localdate().isoformat()}")
        self._said = False

    def listing(self, group: Sequence[Record], warn: Callable[[int, str], None]) -> Listing:
        """The entry that some records of one key make; raise Refused where they make none."""
        raise TypeError("a list says what entry its records make")

    def together(self, group: list[Record]) -> list[list[Record]]:
        """The records of one key as those of one entry each: all of them, or each by itself."""
        return [group]

    def rows(self, group: list[Record], who: Who, warn: Callable[[int, str], None]) -> list[actions.Row]:
        if not self._said:
            self.notes.append((self.header.line, self.left_out))
            self._said = True
        made = []
        for number, records in enumerate(self.together(group)):
            try:
                listing = self.listing(records, warn)
                self._refuse_unnamed(listing)
                before = self._before.get(f"{listing.key}-{number + 1}" if number else listing.key)
                made.append(self._row(listing, who, before))
            except Refused as refused:
                refused.record = refused.record or records[0]
                raise
        return made

    def _refuse_unnamed(self, listing: Listing) -> None:
        if not is_name(listing.name):
            raise Refused(self.titles["name"], listing.name, f"A name has 1 to {LONGEST_NAME} letters.")

    def _row(self, listing: Listing, who: Who, before: Any) -> actions.Row:
        values = {
            "name": fit_to_print(f"{listing.name}, on {self.list_name}"),
            "kind": SanctionKind.SANCTIONS,
            "statement": f"{listing.name} stands on {self.list_name}{listing.measure and f': {listing.measure}'}.",
            "imposed": listing.imposed,
            "ended": None,
            "programme": listing.programme,
            "targets_as_stated": "" if listing.body else listing.name,
            "comment": listing.comment,
        }
        targets = []
        if listing.body is not None:
            entity = who.bodies.find(listing.body, before)
            targets = [{entity.TYPE: entity}]
        imposer = who.party(self.imposer)
        side = "country" if imposer.organisation is None else "organisation"
        parts = {"imposed_by": [{side: getattr(imposer, side)}], "targets": targets}
        return actions.Row(listing.key, f"entry {listing.key}, {self.edition.label}"[:60], values, parts)

    @cached_property
    def _before(self) -> dict[str, Any]:
        """Whom the rows that the dataset has are about, by key."""
        return entities_before(SanctionTarget, "sanction", self.dataset_id)
