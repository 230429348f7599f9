"""The United Kingdom's consolidated list of financial sanctions: a row for each name and address of a group.

The first line says when the list was last changed. An organisation's name stands in the sixth column of names; a
person's family name does, with the others before it.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from armsdb import actions
from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import AliasKind, Terms

from .base import Register
from .bodies import Body, Name, is_name, script
from .files import File
from .listings import Listing, SanctionList, about
from .refusals import Record, Refused
from .tables import Header, Layout, header_of
from .who import Who

_READ = (
    "name 6",
    "name 1",
    "name 2",
    "name 3",
    "name 4",
    "name 5",
    "name non-latin script",
    "non-latin script language",
    "position",
    "other information",
    "group type",
    "alias type",
    "alias quality",
    "regime",
    "listed on",
    "uk sanctions list date designated",
    "group id",
)
_UNREAD = (
    "title",
    "non-latin script type",
    "dob",
    "town of birth",
    "country of birth",
    "nationality",
    "passport number",
    "passport details",
    "national identification number",
    "national identification details",
    *(f"address {number}" for number in range(1, 7)),
    "post/zip code",
    "country",
    "last updated",
)
_LAYOUT = Layout(
    "uk",
    _READ,
    optional=frozenset({"position", "alias quality", "uk sanctions list date designated", "non-latin script language"}),
    unread=frozenset(_UNREAD),
)
_UPDATED = re.compile(r"Last Updated\W+([0-9]{2}/[0-9]{2}/[0-9]{4})", re.IGNORECASE)
_REFERENCE = re.compile(r"\(UK Sanctions List Ref\): ?([A-Z]{2,5}[0-9]{4})")
_THINGS = ("Ship",)
_LANGUAGES = {
    "Arabic": "ar",
    "Belarusian": "be",
    "Burmese": "my",
    "Chinese": "zh",
    "Hebrew": "he",
    "Korean": "ko",
    "Persian": "fa",
    "Russian": "ru",
    "Ukrainian": "uk",
}
_FORMER = ("FKA", "Formerly Known As")


def recognise(file: File) -> Register:
    """The list that a file holds; FileRefused says what is wrong with one that is none."""
    header = header_of(
        file,
        _LAYOUT,
        "has no line with the columns of the United Kingdom's list, such as Name 6, Group Type, "
        "Regime and Group ID, among its first 40.",
    )
    return UkList(file, header)


class UkList(SanctionList):
    """An entry a group, whose rows are its names."""

    layout = _LAYOUT
    about = about(
        "uk-sanctions",
        "Consolidated list of financial sanctions of the United Kingdom",
        ("ofsi", "Office of Financial Sanctions Implementation"),
        "Open Government Licence v3.0",
        Terms.OPEN,
        "Whom the United Kingdom has on its consolidated list of targets of financial sanctions.",
    )
    imposer = "United Kingdom"
    list_name = "the United Kingdom's consolidated list of financial sanctions"
    left_out = (
        "Positions of people, the list's own references and all names are taken; titles, birth dates and places, "
        "nationalities, passports, identity numbers, addresses and the statements of reasons are not."
    )
    fields = (
        "name",
        *(f"name_{number}" for number in range(1, 6)),
        "native",
        "language",
        "position",
        "information",
        "group_type",
        "alias_type",
        "quality",
        "regime",
        "listed",
        "designated",
        "group",
    )

    def __init__(self, file: File, header: Header) -> None:
        super().__init__(file, header)
        found = next((match for line in header.above if (match := _UPDATED.search(line))), None)
        if found:
            day = _iso(found[1])
            self.edition = actions.Edition(label=day, released=day)
            self.ended_by = dates.parse(f"../{day}")

    def key(self, record: Record, who: Who) -> str:
        """The number of the group."""
        return self._number(record)

    def _number(self, record: Record) -> str:
        group = record.cells[-1]
        if not (group.isascii() and group.isdigit() and len(group) <= 10):
            raise Refused(self.titles["group"], group, "A group has a number.")
        return group

    def listing(self, group: Sequence[Record], warn: Callable[[int, str], None]) -> Listing:
        key = self._number(group[0])
        told = [self.told(record) for record in group]
        primary = next((row for row in told if row["alias_type"] == "Primary name"), None)
        if primary is None:
            primary = told[0]
            warn(group[0].line, f"Group {key} has no primary name; its first one is taken.")
        kind = primary["group_type"]
        if kind not in ("Entity", "Individual", *_THINGS):
            raise Refused(self.titles["group_type"], kind, "A group type is Entity, Individual or Ship.")
        name, person = _name(primary), kind == "Individual"
        body = None
        if kind not in _THINGS:
            body = Body(name, person, others=self._names(group, told, warn), numbers=self._numbers(told))
        positions = dict.fromkeys(row["position"] for row in told if row["position"]) if person else ()
        regimes = "; ".join(dict.fromkeys(row["regime"] for row in told))
        comment = [f"Described there as: {'; '.join(positions)}."] if positions else []
        listed, designated = (self._earliest(group, told, column) for column in ("listed", "designated"))
        if designated and designated != listed:
            comment.append(f"Designated on the UK Sanctions List on {designated.edtf}.")
        return Listing(key, name, body, regimes, listed, comment=" ".join(comment))

    def _names(
        self, group: Sequence[Record], told: Sequence[dict[str, str]], warn: Callable[[int, str], None]
    ) -> tuple[Name, ...]:
        found: dict[Name, None] = {}
        for record, row in zip(group, told, strict=True):
            weak = row["quality"].casefold().startswith("low")
            kind = AliasKind.WEAK if weak else AliasKind.FORMER if row["alias_type"] in _FORMER else AliasKind.OTHER
            named = [Name(_name(row), kind)]
            if row["native"]:
                named.append(Name(row["native"], script(row["native"]), _LANGUAGES.get(row["language"], "")))
            for name in named:
                if is_name(name.text):
                    found[name] = None
                else:
                    warn(record.line, f"“{name.text[:60]}” cannot be kept as a name, and is left out.")
        return tuple(found)

    def _numbers(self, told: Sequence[dict[str, str]]) -> tuple[tuple[str, str], ...]:
        references = [number for row in told for number in _REFERENCE.findall(row["information"])]
        found = [("ofsi-group", told[0]["group"]), *(("uk-sanctions-list", number) for number in references)]
        return tuple(dict.fromkeys(found))

    def _earliest(self, group: Sequence[Record], told: Sequence[dict[str, str]], column: str) -> VagueDate | None:
        days = []
        for record, row in zip(group, told, strict=True):
            try:
                days += [_iso(row[column])] if row[column] else []
            except ValueError as error:
                refused = Refused(self.titles[column], row[column], "It is no day such as 31/07/2014.")
                refused.record = record
                raise refused from error
        return dates.parse(min(days)) if days else None


def _iso(day: str) -> str:
    return datetime.strptime(day, "%d/%m/%Y").date().isoformat()


def _name(row: dict[str, str]) -> str:
    """A name in the order in which it is said: the sixth part is the last."""
    return " ".join(filter(None, (*(row[f"name_{number}"] for number in range(1, 6)), row["name"])))
