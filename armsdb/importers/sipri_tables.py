"""What the forms of SIPRI's trade register share: their columns, what stands above them, and what a file covers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from armsdb import actions
from armsdb.lib import names
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import Condition, Known, Terms
from armsdb.models import Equipment, Fact, Transfer

from .datasets import About
from .files import File, FileRefused
from .keyed import KeyedTable
from .refusals import Record, Refused
from .tables import Header
from .who import Kinds, Party, UnknownName, Who

_SCOPE = re.compile(
    r"from (?P<suppliers>.+?) +to (?P<recipients>.+?) ?\. Deals with deliveries (?P<orders>or orders )?"
    r"made for (?:the )?year range '(?P<first>[^']*)' to '(?P<last>[^']*)'",
    re.IGNORECASE,
)
_GENERATED = re.compile(
    r"(?:(?:Data|Information) )?generated: *(?P<day>[0-9]{1,2} [A-Z][a-z]+ [0-9]{4})", re.IGNORECASE
)
_EVERY = "all countries"
CONDITIONS = {
    "": "",
    "new": Condition.NEW,
    "second hand": Condition.SECOND_HAND,
    "second hand but modernized": Condition.SECOND_HAND_MODERNISED,
    "second hand but modernised": Condition.SECOND_HAND_MODERNISED,
}


def about(form: str, what: str) -> About:
    """The dataset of one form of the register: what the forms tell differs, so each is a dataset of its own."""
    return About(
        slug=form,
        name=f"SIPRI trade register, {what}",
        publisher=("sipri", "Stockholm International Peace Research Institute"),
        licence="SIPRI's terms of use: up to a tenth may be quoted, without commerce, naming the source",
        terms=Terms.QUOTE,
        summary="Transfers of major conventional arms, as the publisher's register of deals tells them.",
        source=f"SIPRI Arms Transfers Database: trade register, {what}",
    )


@dataclass(frozen=True)
class Scope:
    """What a file says that it covers; an empty list of names is every party, no year an open side."""

    text: str
    suppliers: tuple[str, ...]
    recipients: tuple[str, ...]
    first: int | None
    last: int | None
    orders: bool

    @property
    def is_limited(self) -> bool:
        """Whether deliveries of other years can be told elsewhere."""
        return self.first is not None or self.last is not None

    def has(self, year: int) -> bool:
        """Whether the file tells of deliveries in a year."""
        return (self.first or year) <= year <= (self.last or year)


def read_scope(above: Sequence[str]) -> Scope | None:
    """The scope that the lines above the header name."""
    found = next((match for line in above if (match := _SCOPE.search(line))), None)
    if found is None:
        return None
    line = next(line for line in above if _SCOPE.search(line)).strip("; ")
    first, last = (int(text) if text.isdigit() else None for text in (found["first"], found["last"]))
    return Scope(line, _listed(found["suppliers"]), _listed(found["recipients"]), first, last, bool(found["orders"]))


def _listed(text: str) -> tuple[str, ...]:
    text = " ".join(text.split())
    return () if text.casefold() == _EVERY else tuple(part.strip() for part in re.split(r"[;,] ?", text))


def edition(file: File, above: Sequence[str], scope: str) -> actions.Edition:
    """The edition of a file: the day on which it was made, else a piece of its hash."""
    for line in above:
        if found := _GENERATED.search(line):
            for form in ("%d %b %Y", "%d %B %Y"):
                try:
                    day = datetime.strptime(found["day"], form).date().isoformat()
                except ValueError:
                    continue
                return actions.Edition(label=day, released=day, scope=scope)
    return actions.Edition(label=f"file {file.sha256[:8]}", scope=scope)


#: Years from the first to the last in a file of one decade.
_DECADE = 10


class Extent:
    """What the rows of a file have: whoever cuts a file to one state or one decade leaves its first line as it was."""

    def __init__(self) -> None:
        self.categories: set[str] = set()
        self._parties: dict[str, dict[str, Party]] = {}
        self._years: dict[str, tuple[int, int]] = {}

    def note_party(self, side: str, party: Party) -> None:
        """Take down who stands on a side."""
        of_side = self._parties.setdefault(side, {})
        if len(of_side) < 2:
            of_side[party.normal] = party

    def note_date(self, name: str, date: VagueDate | None) -> None:
        """Take down from when to when a row was ordered or delivered."""
        if date is not None and date.earliest and date.latest:
            first, last = self._years.get(name, (date.earliest.year, date.latest.year))
            self._years[name] = min(first, date.earliest.year), max(last, date.latest.year)

    def scope(self) -> Q:
        """The rows that such a file can be missing: of its categories, its one party, its one decade."""
        inside = Q(equipment__sipri_category__in=self.categories)
        for side, parties in self._parties.items():
            if len(parties) == 1:
                inside &= _is(side, *parties.values())
        for name, (first, last) in self._years.items():
            if last - first < _DECADE:
                inside &= Q(**{f"{name}_edtf": ""}) | _within(name, first, last)
        return inside


class SipriTable(KeyedTable):
    """A file of the register in one of its forms; each form says what makes a key, and what rows records make."""

    kind: type[Fact] = Transfer
    #: The columns that name the parties, and that of the designation.
    sides: tuple[str, str] = ("supplier", "recipient")

    def __init__(self, file: File, header: Header) -> None:
        super().__init__(file, header)
        self.covers = read_scope(header.above)
        self.edition = edition(file, header.above, self.covers.text if self.covers else "")
        self.kinds = Kinds()
        self.has = Extent()

    # --- values that all forms have

    def parties(self, told: dict[str, str], who: Who) -> dict[str, Any]:
        """The fields of both sides."""
        values: dict[str, Any] = {}
        for side in self.sides:
            party = self.party(told, side, who)
            self.has.note_party(side, party)
            values |= party.values(side)
        return values

    def party(self, told: dict[str, str], side: str, who: Who) -> Party:
        """Whom a cell means; Refused names the nearest known name."""
        try:
            return who.party(told[side])
        except UnknownName as error:
            reason = "No state, organisation or group goes by this name." if error.name else "The cell is empty."
            raise Refused(self.titles[side], told[side], reason, error.nearest) from error

    def foresee(self, groups: Sequence[list[Record]], who: Who) -> None:
        """Fetch the equipment that the records name."""
        told = (self.told(group[0]) for group in groups)
        who.foresee({(designation_of(one), self._kinds_of(one)[0]) for one in told})

    def equipment(self, told: dict[str, str], who: Who) -> Equipment:
        """What was transferred; what stands after a hanging dash is empty."""
        designation = designation_of(told)
        if not names.key(designation) or len(designation) > 150:
            raise Refused(self.titles["designation"], told["designation"], "A designation has 1 to 150 letters.")
        category, sipri = self._kinds_of(told)
        self.has.categories.add(sipri)
        return who.equipment(designation, told["description"], category, sipri)

    def _kinds_of(self, told: dict[str, str]) -> tuple[str, str]:
        return self.kinds.of(told["description"], told.get("category", ""))

    def condition(self, told: dict[str, str]) -> str:
        """New, second hand, or second hand but modernised."""
        found = CONDITIONS.get(told["status"].casefold())
        if found is None:
            raise Refused(self.titles["status"], told["status"], "A status is New or Second hand.")
        return found

    # --- scope

    def scope(self, who: Who) -> Q | None:
        """The rows of which all deliveries are in the years, parties and kinds of arms that the file covers."""
        covers = self.covers
        if covers is None:
            return None
        inside = self.has.scope()
        for side, listed in zip(self.sides, (covers.suppliers, covers.recipients), strict=True):
            if listed:
                try:
                    parties = [who.party(name) for name in listed]
                except UnknownName as error:
                    raise FileRefused(f"The first line names “{error.name}”, whom nobody knows.") from error
                of_side = Q(pk__in=[])
                for party in parties:
                    of_side |= _is(side, party)
                inside &= of_side
        if covers.is_limited:
            years = covers.first, covers.last
            inside &= _within("delivered", *years) | (
                _within("ordered", *years) & Q(delivered_edtf="") if covers.orders else Q(pk__in=[])
            )
        return inside


def designated(text: str) -> str:
    """A designation without the dash and the spaces that some editions leave at its end."""
    return " ".join(text.split()).removesuffix(" -").strip()


def designation_of(told: dict[str, str]) -> str:
    """The designation of a record; where it has none, what it describes."""
    return designated(told["designation"]) or told["description"]


def _is(side: str, party: Party) -> Q:
    if party.known == Known.UNKNOWN:
        return Q(**{f"{side}_known": Known.UNKNOWN})
    if party.country is not None:
        return Q(**{side: party.country, f"{side}_known": Known.COUNTRY})
    return Q(**{f"{side}_organisation": party.organisation})


def _within(name: str, first: int | None, last: int | None) -> Q:
    condition = ~Q(**{f"{name}_edtf": ""})
    if first is not None:
        condition &= Q(**{f"{name}_earliest__gte": date(first, 1, 1)})
    if last is not None:
        condition &= Q(**{f"{name}_latest__lte": date(last, 12, 31)})
    return condition
