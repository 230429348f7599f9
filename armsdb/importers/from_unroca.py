"""The United Nations Register of Conventional Arms, as JSON: what states report of their exports and imports.

The state that reports is written as its slug ("sri-lanka"), the other by its name. One transfer may be reported by
both; where each has exactly one line for the year, the parties and the category, the two stand side by side in one
transfer. Elsewhere nobody can tell which line is which: they stay apart, and each says that it may be the other.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from armsdb import actions
from armsdb.lib import dates, names
from armsdb.lib.numbers import VagueNumber
from armsdb.lib.text import storable
from armsdb.lib.vocab import Basis, Category, OrganisationKind, Status, Terms
from armsdb.models import Citation, Equipment, Fact, Source, Transfer

from .base import Register
from .datasets import About
from .files import File, FileRefused
from .keyed import KeyedTable, key_of
from .refusals import Record, Refused
from .tables import Faulty, Header, Layout, Note, header_of
from .who import Party, UnknownName, Who

_COLUMNS = (
    "year",
    "exporter",
    "importer",
    "category",
    "num_items",
    "state_of_origin",
    "intermediate_locations",
    "comments",
    "table",
    "description",
)
_OPTIONAL = frozenset(_COLUMNS[5:])
_LAYOUT = Layout("unroca", _COLUMNS, optional=_OPTIONAL)
#: Bytes of the largest file that is read: a file of JSON is held as a whole.
_LARGEST = 200_000_000
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")
_CATEGORY = re.compile(r"(?P<numeral>[IVX]+)\. *(?:\((?P<letter>[a-z])\))? *(?P<name>.+)")
_CATEGORIES = {
    "I": Category.BATTLE_TANKS,
    "II": Category.ARMOURED_COMBAT_VEHICLES,
    "III": Category.LARGE_CALIBRE_ARTILLERY,
    "IV": Category.COMBAT_AIRCRAFT,
    "V": Category.ATTACK_HELICOPTERS,
    "VI": Category.WARSHIPS,
    "VII": Category.MISSILES_AND_LAUNCHERS,
}
_SMALL = re.compile(r"(small_arms|light_weapons)_(export|import)")
_MAJOR = re.compile(r"major_(export|import)")
#: What a state writes where it does not tell a number.
_UNTOLD = ("classified", "n/a", "na", "not available", "-")


def recognise(file: File) -> Register:
    """The register that a file holds; FileRefused says what is wrong with one that is none."""
    if not file.no_text:
        for _line, text in file.read():
            if text.lstrip("\ufeff ").startswith(("[", "{")):
                places = tuple(range(len(_COLUMNS)))
                header = Header(_LAYOUT, 1, [], ",", True, len(places), places, _COLUMNS)
                return UnrocaTable(file, header, is_json=True)
            if text.strip():
                break
    header_found = header_of(file, _LAYOUT, "is no JSON list of lines with year, exporter, importer and category.")
    return UnrocaTable(file, header_found, is_json=False)


class UnrocaTable(KeyedTable):
    """A line of a report, or the two lines of both reports, a transfer."""

    kind: type[Fact] = Transfer
    layout = _LAYOUT
    about = About(
        slug="unroca",
        name="United Nations Register of Conventional Arms",
        publisher=("united-nations", "United Nations"),
        licence="Terms of use of the United Nations: for use without commerce, naming the source",
        terms=Terms.QUOTE,
        summary="What states report to the United Nations of their exports and imports of arms, by year and category.",
        source="United Nations Register of Conventional Arms",
        publisher_kind=OrganisationKind.INTERGOVERNMENTAL_BODY,
    )
    fields = ("year", "exporter", "importer", "category", "number", "origin", "through", "comments", "table", "told_as")

    def __init__(self, file: File, header: Header, *, is_json: bool) -> None:
        self._is_json = is_json
        super().__init__(file, header)
        self.edition = actions.Edition(label=f"file {file.sha256[:8]}")
        #: Keys under which both reports stand: those of one line each with the importer's, and those of more.
        self._beside: dict[str, dict[str, Any]] = {}
        self._apart: list[tuple[str, str]] = []
        self._alone: set[str] = set()

    def records(self) -> Iterator[Record | Faulty | Note]:
        if not self._is_json:
            yield from super().records()
            return
        for line, told in _objects(self.file):
            unknown = sorted(set(told) - set(_COLUMNS)) if isinstance(told, dict) else []
            if not isinstance(told, dict) or unknown:
                what = f"has the unknown keys {', '.join(unknown)}" if unknown else "is no object"
                yield Faulty(Record(line, [""] * len(_COLUMNS)), f"The line {what}.")
                continue
            values = [told.get(name) for name in _COLUMNS]
            record = Record(line, ["" if value is None else " ".join(str(value).split()) for value in values])
            sound = all(map(storable, record.cells))
            yield record if sound else Faulty(record, "It holds a character that is no text.")

    def key(self, record: Record, who: Who) -> str:
        """Year, parties and category: what both reports have in common."""
        told = self.told(record)
        parties = [self._party(told, side, who).normal for side in ("exporter", "importer")]
        return key_of(told["year"], *parties, names.key(told["category"]))

    def rows(self, group: list[Record], who: Who, warn: Callable[[int, str], None]) -> list[actions.Row]:
        by_side: dict[str, list[Record]] = {"exporter": [], "importer": []}
        for record in group:
            by_side[self._reporter(record)].append(record)
        key = self.key(group[0], who)
        exports, imports = by_side["exporter"], by_side["importer"]
        if len(exports) == len(imports) == 1:
            row = self._row(exports[0], key, who, "exporter")
            self._beside[key] = self._second(imports[0], row, who)
            return [row]
        self._alone.add(key)
        if exports and imports:
            self._apart.append((key, f"{key}-i"))
        # Rows that the importer reports have a key of their own; those of one key stand together.
        own = [self._row(record, key, who, "exporter") for record in exports]
        return own + [self._row(record, f"{key}-i", who, "importer") for record in imports]

    def _row(self, record: Record, key: str, who: Who, reporter: str) -> actions.Row:
        told = self._in_order(record)
        exporter, importer = (self._party(told, side, who) for side in ("exporter", "importer"))
        if not re.fullmatch(r"(?:19|20)[0-9]{2}", told["year"]):
            raise Refused(self.titles["year"], told["year"], "It is no year: a year has four digits.")
        values = {
            **exporter.values("supplier"),
            **importer.values("recipient"),
            "equipment": self._equipment(told, who),
            "delivered": dates.parse(told["year"]),
            "quantity_delivered": self._number(told),
            "status": Status.DELIVERED,
            "comment": self._comment(told, reporter),
        }
        where = f"{told['year']}, {told[reporter]} as {reporter}, line {record.line}"
        return actions.Row(key, where[:60], values)

    def _in_order(self, record: Record) -> dict[str, str]:
        told = self.told(record)
        for side in ("exporter", "importer"):
            if not told[side]:
                raise Refused(self.titles[side], "", "The cell is empty.")
        return told

    def _reporter(self, record: Record) -> str:
        """Which side a line is from: the one that is written as a slug, else what its table says."""
        told = self.told(record)
        if found := _MAJOR.fullmatch(told["table"]) or _SMALL.fullmatch(told["table"]):
            return "exporter" if found[found.re.groups] == "export" else "importer"
        slugs = [side for side in ("exporter", "importer") if _SLUG.fullmatch(told[side])]
        if len(slugs) != 1:
            refused = Refused(
                self.titles["exporter"], told["exporter"], "It cannot be told which side reports: that one is a slug."
            )
            refused.record = record
            raise refused
        return slugs[0]

    def _party(self, told: dict[str, str], side: str, who: Who) -> Party:
        try:
            return who.party(told[side].replace("-", " ") if _SLUG.fullmatch(told[side]) else told[side])
        except UnknownName as error:
            reason = "No state goes by this name." if error.name else "The cell is empty."
            raise Refused(self.titles[side], told[side], reason, error.nearest) from error

    def _equipment(self, told: dict[str, str], who: Who) -> Equipment:
        """What the category is: the Register tells no type, and what a state remarks is kept as its words."""
        found = _CATEGORY.fullmatch(told["category"])
        if found is not None and found["numeral"] in _CATEGORIES:
            return who.equipment(found["name"], found["name"], _CATEGORIES[found["numeral"]], "")
        if _SMALL.fullmatch(told["table"]) and names.key(told["category"]):
            return who.equipment(told["category"], told["category"], Category.SMALL_ARMS, "")
        raise Refused(
            self.titles["category"],
            told["category"],
            "A category begins with its numeral, such as IV. (a) Combat aircraft.",
        )

    def _number(self, told: dict[str, str]) -> VagueNumber | None:
        text = told["number"]
        if not text:
            return None
        if text.casefold() in _UNTOLD:
            return VagueNumber(text=text)
        if not re.fullmatch(r"[0-9]{1,12}", text):
            raise Refused(self.titles["number"], text, "It is no number: a number is written in digits.")
        return VagueNumber.exact(int(text))

    def _comment(self, told: dict[str, str], reporter: str) -> str:
        parts = [f"Reported by the {reporter}."]
        if told["origin"]:
            parts.append(f"State of origin: {told['origin']}.")
        if told["through"]:
            parts.append(f"Intermediate location: {told['through']}.")
        if told["told_as"]:
            parts.append(f"Described as: {told['told_as']}.")
        if told["comments"]:
            parts.append(f"Remark: {told['comments']}")
        return " ".join(parts)

    def _second(self, record: Record, row: actions.Row, who: Who) -> dict[str, Any]:
        """The passage of the importer's report beside the exporter's line, with what it tells otherwise."""
        other = self._row(record, row.key, who, "importer")
        number = other.values["quantity_delivered"]
        differs = number != row.values["quantity_delivered"]
        return {
            "locator": other.locator,
            "basis": Basis.REGISTER,
            "attributed_to": f"{self.told(record)['importer']}, as importer",
            "reported": {"quantity_delivered": number and number.as_api()} if differs else {},
            "note": other.values["comment"],
        }

    def finish(self, *, source: Source, user: Any, reason: str) -> None:
        """Put the importer's reports beside the exporter's, and say which lines may be one transfer."""
        by: dict[str, Any] = {"user": user, "reason": reason}
        published = Transfer.objects.published().filter(dataset__public_id=self.dataset_id)
        transfers = {transfer.key: transfer for transfer in published}
        for key, passage in self._beside.items():
            if key in transfers:
                actions.cite_all(fact=transfers[key], rows={2: passage | {"source": source}}, **by)
        second = Citation.objects.published().filter(transfer__in=published, source=source, public_id__endswith="-c2")
        for citation in second.select_related("transfer"):
            if citation.transfer.key in self._alone:
                actions.withdraw(record=citation, **by)
        pairs = []
        for one, other in self._apart:
            ours, theirs = (_numbered(transfers, key) for key in (one, other))
            pairs += [(mine, its) for mine in ours for its in theirs]
        among = {transfer for pair in pairs for transfer in pair}
        actions.keep_overlaps(among=among, pairs=pairs, **by)


def _numbered(transfers: dict[str, Transfer], key: str) -> list[Transfer]:
    """The transfers of a key, which have a number each where there are several."""
    found, number = [], 1
    while (transfer := transfers.get(key if number == 1 else f"{key}-{number}")) is not None:
        found.append(transfer)
        number += 1
    return found


def _objects(file: File) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON list with the line in which each begins, or one object a line."""
    if file.path.stat().st_size > _LARGEST:
        raise FileRefused(f"{file.path.name} is larger than any such file: {_LARGEST:,} bytes at most.")
    text = "\n".join(line for _number, line in file.read()).lstrip("\ufeff")
    decoder, at, line = json.JSONDecoder(), 0, 1
    while True:
        begun = re.compile(r"[\s,\[\]]*").match(text, at)
        assert begun is not None
        line += text.count("\n", at, begun.end())
        at = begun.end()
        if at >= len(text):
            return
        try:
            told, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            raise FileRefused(f"{file.path.name}, line {line}: it is no sound JSON.") from error
        yield line, told
        line += text.count("\n", at, end)
        at = end
