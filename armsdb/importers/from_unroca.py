"""The United Nations Register of Conventional Arms, as JSON: what states report of their exports and imports.

The state that reports is written as its slug ("sri-lanka"), the other by its name. One transfer may be reported by
both; where each has exactly one line for the year, the parties and the category, the two stand side by side in one
transfer. Elsewhere nobody can tell which line is which: they stay apart, and each says that it may be the other. So do
reports that come in different files.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q

from armsdb import actions
from armsdb.lib import dates, names
from armsdb.lib.numbers import VagueNumber
from armsdb.lib.vocab import Basis, Category, OrganisationKind, Status, Terms
from armsdb.models import Citation, Equipment, Fact, Source, Transfer

from .base import Register
from .datasets import About
from .files import File
from .keyed import KeyedTable, key_of
from .refusals import Record, Refused
from .tables import Faulty, Header, Layout, Note, header_of
from .unroca_json import begins, objects, read_line, refuse_other_objects
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
#: Tables of what states report beside their transfers.
_NO_TRANSFERS = ("military_holdings", "national_production")
_MAJOR = re.compile(r"major_(export|import)")
#: What a state writes where it does not tell a number.
_UNTOLD = ("classified", "n/a", "na", "not available", "-")


def recognise(file: File) -> Register:
    """The register that a file holds; FileRefused says what is wrong with one that is none."""
    if not file.no_text and begins(file):
        refuse_other_objects(file)
        places = tuple(range(len(_COLUMNS)))
        return UnrocaTable(file, Header(_LAYOUT, 1, [], ",", True, len(places), places, _COLUMNS), is_json=True)
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
        self._alone: set[str] = set()
        #: What each state reported, by year: who reports and when.
        self._reports: set[tuple[str, str]] = set()

    def records(self) -> Iterator[Record | Faulty | Note]:
        if not self._is_json:
            yield from super().records()
            return
        for line, told in objects(self.file):
            yield read_line(line, told, _COLUMNS)

    def key(self, record: Record, who: Who) -> str:
        """Year, parties and category: what both reports have in common."""
        told = self.told(record)
        parties = [self._party(told, side, who).normal for side in ("exporter", "importer")]
        found = _CATEGORY.fullmatch(told["category"])
        category = f"{found['numeral']} {found['letter'] or ''}" if found else names.key(told["category"])
        return key_of(told["year"], *parties, category)

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
        # Rows that the importer reports have a key of their own; those of one key stand together.
        own = [self._row(record, key, who, "exporter") for record in exports]
        return own + [self._row(record, f"{key}-i", who, "importer") for record in imports]

    def _row(self, record: Record, key: str, who: Who, reporter: str) -> actions.Row:
        told = self._in_order(record)
        exporter, importer = (self._party(told, side, who) for side in ("exporter", "importer"))
        self._reports.add(((exporter if reporter == "exporter" else importer).normal, told["year"]))
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
        if told["table"] in _NO_TRANSFERS:
            refused = Refused(self.titles["table"], told["table"], "It tells of what a state has, and of no transfer.")
            refused.record = record
            raise refused
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

    def scope(self, who: Who) -> Q | None:
        """Lines of importers that stand beside the exporter's now, and stood apart before; else nothing goes."""
        there = Transfer.objects.filter(dataset__public_id=self.dataset_id, key__contains="-i").values_list("pk", "key")
        return Q(pk__in=[pk for pk, key in there.iterator() if key.partition("-")[0] in self._beside])

    def finish(self, *, source: Source, reason: str) -> None:
        """Put the importer's reports beside the exporter's, and say which lines may be one transfer."""
        by: dict[str, Any] = {"reason": reason}
        published = Transfer.objects.published().filter(dataset__public_id=self.dataset_id)
        transfers = {transfer.key: transfer for transfer in published.select_related("recipient")}
        for key, passage in self._beside.items():
            if key in transfers:
                actions.cite_all(fact=transfers[key], rows={2: passage | {"source": source}}, **by)
        second = Citation.objects.published().filter(transfer__in=published, source=source, public_id__endswith="-c2")
        for citation in second.select_related("transfer__recipient"):
            if citation.transfer.key in self._alone and self._has_report_of(citation.transfer):
                actions.withdraw(record=citation, **by)
        ours, theirs = self._sides(transfers.values())
        pairs = [(mine, its) for key in ours.keys() & theirs.keys() for mine in ours[key] for its in theirs[key]]
        among = {transfer for by_key in (ours, theirs) for of_key in by_key.values() for transfer in of_key}
        actions.keep_overlaps(among=among, pairs=pairs, **by)

    def _has_report_of(self, transfer: Transfer) -> bool:
        """Whether the file has what the importer reported in the year: what it does not tell there is gone."""
        importer = transfer.recipient.public_id if transfer.recipient else ""
        return (importer, transfer.delivered.edtf if transfer.delivered else "") in self._reports

    def _sides(self, transfers: Iterable[Transfer]) -> tuple[dict[str, list[Transfer]], dict[str, list[Transfer]]]:
        """The lines of exporters and those of importers that the dataset has of the keys of the file."""
        ours: dict[str, list[Transfer]] = {}
        theirs: dict[str, list[Transfer]] = {}
        for transfer in transfers:
            key, *rest = transfer.key.split("-")
            if key in self._alone or key in self._beside:
                (theirs if "i" in rest else ours).setdefault(key, []).append(transfer)
        return ours, theirs
