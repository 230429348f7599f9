"""The lists of the Office of Foreign Assets Control, as CSV: SDN and consolidated, with the file of other names.

Neither file has a header. Of the remarks only other names, numbers of organisations and the dates of listing are
taken.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import AliasKind, Terms

from .base import Register
from .bodies import Body, Name, is_name
from .files import File, FileRefused
from .listings import Listing, SanctionList, about
from .refusals import Record, Refused
from .tables import Header, Layout, cells_of, find_header
from .who import Who

#: How OFAC writes that there is nothing.
_NOTHING = "-0-"
_COLUMNS = (
    "entity number",
    "name",
    "type",
    "programs",
    "title",
    "call sign",
    "vessel type",
    "tonnage",
    "gross registered tonnage",
    "vessel flag",
    "vessel owner",
    "remarks",
)
_UNREAD = _COLUMNS[5:11]
#: The programmes of lists beside that of specially designated nationals.
_CONSOLIDATED = re.compile(r"NS-|UKRAINE-EO13662|CMIC-|561|FSE-|CAPTA|MBS|13599|ISA")
_KINDS = {"aka": AliasKind.OTHER, "fka": AliasKind.FORMER, "nka": AliasKind.OTHER}
_IN_REMARKS = re.compile(r"\b(?P<kind>[afn])\.k\.a\. '(?P<name>[^']+)'")
_NUMBERS = (
    ("inn", re.compile(r"Tax ID No\. ([0-9]{10}|[0-9]{12}) \(Russia\)")),
    ("ogrn", re.compile(r"Registration ID ([0-9]{13}) \(Russia\)")),
)
_LISTED = re.compile(r"Listing Date[^;:]*: ([0-9]{2} [A-Z][a-z]{2} [0-9]{4})")
_LIST = {
    "ofac-sdn": about(
        "ofac-sdn",
        "OFAC list of specially designated nationals",
        ("ofac", "Office of Foreign Assets Control"),
        "A work of the United States government, free of copyright",
        Terms.OPEN,
        "Whom the United States has on its list of specially designated nationals and blocked persons.",
    ),
    "ofac-consolidated": about(
        "ofac-consolidated",
        "OFAC consolidated list beside the specially designated nationals",
        ("ofac", "Office of Foreign Assets Control"),
        "A work of the United States government, free of copyright",
        Terms.OPEN,
        "Whom the United States has on its lists of sanctions beside that of specially designated nationals.",
    ),
}


def recognise(file: File) -> Register:
    """The list that a file holds; FileRefused says what is wrong with one that is none."""
    layout = Layout("ofac-sdn", tuple(name for name in _COLUMNS if name not in _UNREAD), unread=frozenset(_UNREAD))
    header = find_header(file, [layout])
    if header is not None:
        return OfacList(file, header)
    first, second = _first_rows(file)
    begun = 0 if first and first[0].isdigit() else 1
    sample = second if begun else first
    if len(sample) != len(_COLUMNS) or not sample[0].isdigit():
        raise FileRefused(
            f"{file.path.name} is no list of OFAC: its rows have twelve cells, of which the first is a number."
        )
    places = tuple(place for place, name in enumerate(_COLUMNS) if name not in _UNREAD)
    return OfacList(file, Header(layout, begun, [], ",", True, len(_COLUMNS), places, _COLUMNS))


def _first_rows(file: File) -> tuple[list[str], list[str]]:
    """The cells of the first two lines: somebody may have put a header on the first, and called the columns wrongly."""
    found: list[list[str]] = []
    for _number, text in file.read():
        found.append(cells_of(text))
        if len(found) == 2:
            break
    return (found[0], found[1]) if len(found) == 2 else (found[0] if found else [], [])


class OfacList(SanctionList):
    """An entry a row; the numbers of the entries are OFAC's own."""

    imposer = "United States"
    left_out = (
        "Titles of people and other names are taken; birth dates, places, passports, addresses, web sites, links to "
        "others and the data of ships and aircraft are not."
    )
    fields = ("number", "name", "type", "programs", "title", "remarks")

    def __init__(self, file: File, header: Header) -> None:
        super().__init__(file, header)
        self.form = self._form()
        self.about = _LIST[self.form]
        sdn = self.form == "ofac-sdn"
        self.list_name = f"OFAC's {'list of specially designated nationals' if sdn else 'consolidated list'}"
        self._others: dict[str, list[Name]] = {}

    def _form(self) -> str:
        """Which list it is: most programmes of the consolidated one are on no other."""
        beside = total = 0
        for record in self.records():
            if isinstance(record, Record):
                total += 1
                beside += bool(_CONSOLIDATED.match(record.cells[3]))
        return "ofac-consolidated" if beside * 2 > total else "ofac-sdn"

    def take_beside(self, file: File) -> None:
        """Take the file of other names: entity, number of the name, its kind, the name, remarks."""
        for number, text in file.read():
            cells = [cell.strip() for cell in cells_of(text)]
            if not any(cell.strip("\x1a") for cell in cells) or (number == 1 and not cells[0].isdigit()):
                continue
            if len(cells) != 5 or not cells[0].isdigit() or cells[2] not in _KINDS:
                raise FileRefused(f"{file.path.name}, line {number}: it is no row of OFAC's other names.")
            self._others.setdefault(cells[0], []).append(Name(cells[3], _KINDS[cells[2]]))

    def told(self, record: Record) -> dict[str, str]:
        return {name: "" if cell == _NOTHING else cell for name, cell in super().told(record).items()}

    def key(self, record: Record, who: Who) -> str:
        """The number of the entry."""
        return self._number(record)

    def _number(self, record: Record) -> str:
        number = record.cells[0]
        if not (number.isascii() and number.isdigit() and len(number) <= 10):
            raise Refused(self.titles["number"], number, "An entry has a number.")
        return number

    def listing(self, group: Sequence[Record], warn: Callable[[int, str], None]) -> Listing:
        if len(group) > 1:
            raise Refused(self.titles["number"], group[0].cells[0], "There is more than one entry of this number.")
        told = self.told(group[0])
        key = self._number(group[0])
        programme = told["programs"].replace("] [", "; ")
        if not programme or len(programme) > 200:
            raise Refused(self.titles["programs"], told["programs"], "Programmes have 1 to 200 letters together.")
        person = told["type"] == "individual"
        if told["type"] not in ("", "individual", "vessel", "aircraft"):
            raise Refused(self.titles["type"], told["type"], "A type is individual, vessel, aircraft or empty.")
        name = _in_order(told["name"]) if person else told["name"]
        comment = f"Described there as: {told['title']}." if person and told["title"] else ""
        body = None
        if told["type"] in ("", "individual"):
            others = self._names(key, told, person, group[0].line, warn)
            numbers = (("ofac", key), *_numbers(told["remarks"], person))
            body = Body(name, person, others=others, numbers=numbers)
        return Listing(key, name, body, programme, _listed(told["remarks"]), comment=comment)

    def _names(
        self, key: str, told: dict[str, str], person: bool, line: int, warn: Callable[[int, str], None]
    ) -> tuple[Name, ...]:
        """The other names: those of the other file, and those in the remarks, which OFAC holds to be weak."""
        found = list(self._others.get(key, ()))
        for match in _IN_REMARKS.finditer(told["remarks"]):
            found.append(Name(match["name"], AliasKind.FORMER if match["kind"] == "f" else AliasKind.WEAK))
        named = [Name(_in_order(name.text) if person else name.text, name.kind) for name in found]
        for name in named:
            if not is_name(name.text):
                warn(line, f"“{name.text[:60]}” is too long for a name, and is left out.")
        return tuple(named)


def _in_order(name: str) -> str:
    """A person's name in the order in which it is said."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def _numbers(remarks: str, person: bool) -> tuple[tuple[str, str], ...]:
    """The numbers of an organisation; those of a person are private."""
    if person:
        return ()
    return tuple((scheme, value) for scheme, pattern in _NUMBERS for value in pattern.findall(remarks))


def _listed(remarks: str) -> VagueDate | None:
    """The first day of listing that the remarks name."""
    days: list[date] = []
    for text in _LISTED.findall(remarks):
        try:
            days.append(datetime.strptime(text, "%d %b %Y").date())
        except ValueError:
            continue
    return dates.parse(min(days).isoformat()) if days else None
