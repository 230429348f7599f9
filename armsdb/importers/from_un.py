"""The consolidated list of the Security Council of the United Nations, as XML, read piece by piece.

A document that declares entities of its own is refused: they can be made to unfold without end.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from xml.parsers import expat

from armsdb import actions
from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.text import storable
from armsdb.lib.vocab import AliasKind, Terms

from .base import Register
from .bodies import Body, Name, is_name, script
from .files import LONGEST, File, FileRefused
from .listings import Listing, SanctionList, about
from .refusals import Record, Refused
from .tables import Faulty, Header, Layout, Note, header_of
from .who import Who

_COLUMNS = ("kind", "reference", "name", "original script", "list", "listed on", "designations", "names", "weak names")
_LAYOUT = Layout("un", (*_COLUMNS, "former names"))
_ENTRIES = ("INDIVIDUAL", "ENTITY")
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_WEAK = ("low", "weak")
_FORMER = ("f.k.a.", "fka")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T+Z-].*)?")
_CHUNK = 1 << 16


def recognise(file: File) -> Register:
    """The list that a file holds, or the rows of it that were refused before; FileRefused where it is neither."""
    if not file.no_text:
        for _line, text in file.read():
            if text.lstrip("\ufeff ").startswith("<"):
                return UnList(file, Header(_LAYOUT, 1, [], ",", True, len(_LAYOUT.columns), (), ()), is_xml=True)
            if text.strip():
                break
    header = header_of(file, _LAYOUT, "is no XML document with the list of the United Nations.")
    return UnList(file, header, is_xml=False)


class _Reader:
    """Reads the entries of a document: each as the texts of its elements, by the path inside it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.generated = ""
        self.found: list[tuple[int, str, dict[str, list[str]]]] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._letters = 0
        self._entry: dict[str, list[str]] = {}
        self._begun = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add

    def _refuse(self, *_told: object) -> None:
        line = self.parser.CurrentLineNumber
        raise FileRefused(
            f"{self.name}, line {line}: a document type is declared; the list of the United Nations has none."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path:
            if name != "CONSOLIDATED_LIST":
                raise FileRefused(f"{self.name}: its first element is {name[:40]} and not CONSOLIDATED_LIST.")
            self.generated = attributes.get("dateGenerated", "")
        if name in _ENTRIES and len(self._path) == 2:
            self._entry, self._begun = {}, self.parser.CurrentLineNumber
        self._path.append(name)
        self._text, self._letters = [], 0

    def _add(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > LONGEST:
            raise FileRefused(f"{self.name}, line {self.parser.CurrentLineNumber}: a text is longer than any entry.")
        self._text.append(text)

    def _end(self, name: str) -> None:
        if len(self._path) > 3:
            inside = "/".join(self._path[3:])
            self._entry.setdefault(inside, []).append(" ".join("".join(self._text).split()))
        elif len(self._path) == 3 and name in _ENTRIES:
            self.found.append((self._begun, name, self._entry))
        self._path.pop()
        self._text = []

    def entries(self, file: File) -> Iterator[tuple[int, str, dict[str, list[str]]]]:
        """The entries of a file, each with the line in which it begins."""
        with file.path.open("rb") as stream:
            while True:
                chunk = stream.read(_CHUNK)
                try:
                    self.parser.Parse(chunk, not chunk)
                except expat.ExpatError as error:
                    raise FileRefused(f"{self.name}: it is no sound XML: {error}.") from error
                file.line = self.parser.CurrentLineNumber
                yield from self.found
                self.found = []
                if not chunk:
                    return


class UnList(SanctionList):
    """An entry an individual or an entity; the references are the United Nations' own."""

    layout = _LAYOUT
    about = about(
        "un-sanctions",
        "Consolidated list of the United Nations Security Council",
        ("united-nations", "United Nations"),
        "Terms of use of the United Nations: for use without commerce, naming the source",
        Terms.QUOTE,
        "Whom the Security Council of the United Nations has on its lists of sanctions.",
    )
    imposer = "United Nations"
    list_name = "the consolidated list of the United Nations Security Council"
    left_out = (
        "Designations, references and names are taken; titles, nationalities, birth dates and places, documents, "
        "addresses and comments are not."
    )
    fields = ("kind", "reference", "name", "native", "list", "listed", "designations", "names", "weak", "former")

    def __init__(self, file: File, header: Header, *, is_xml: bool) -> None:
        self._is_xml = is_xml
        if is_xml:
            places = tuple(range(len(_LAYOUT.columns)))
            header = Header(_LAYOUT, 1, [], ",", True, len(places), places, _LAYOUT.columns)
        super().__init__(file, header)
        if is_xml:
            reader = _Reader(file.path.name)
            next(reader.entries(file), None)
            self._take_edition(reader.generated)

    def _take_edition(self, generated: str) -> None:
        if day := _DAY.fullmatch(generated):
            self.edition = actions.Edition(label=day[1], released=day[1])
            self.ended_by = dates.parse(f"../{day[1]}")

    def records(self) -> Iterator[Record | Faulty | Note]:
        if not self._is_xml:
            yield from super().records()
            return
        for line, kind, entry in _Reader(self.file.path.name).entries(self.file):
            record = Record(line, _cells(kind, entry))
            bad = next((cell for cell in record.cells if not storable(cell)), None)
            yield record if bad is None else Faulty(record, "It holds a character that is no text.")

    def key(self, record: Record, who: Who) -> str:
        """The reference, such as QDe.004."""
        return self._reference(record)

    def _reference(self, record: Record) -> str:
        reference = record.cells[1]
        if not re.fullmatch(r"[A-Za-z]{2,4}\.[0-9]{1,5}", reference):
            raise Refused(self.titles["reference"], reference, "A reference is letters and a number, such as QDe.004.")
        return reference

    def listing(self, group: Sequence[Record], warn: Callable[[int, str], None]) -> Listing:
        if len(group) > 1:
            raise Refused(
                self.titles["reference"], group[0].cells[1], "There is more than one entry of this reference."
            )
        told, reference = self.told(group[0]), self._reference(group[0])
        if told["kind"] not in _ENTRIES:
            raise Refused(self.titles["kind"], told["kind"], "A kind is INDIVIDUAL or ENTITY.")
        person = told["kind"] == "INDIVIDUAL"
        body = Body(told["name"], person, others=self._names(told, group[0].line, warn), numbers=(("un", reference),))
        comment = f"Described there as: {told['designations']}." if person and told["designations"] else ""
        return Listing(reference, told["name"], body, told["list"], self._date(told), comment=comment)

    def _names(self, told: dict[str, str], line: int, warn: Callable[[int, str], None]) -> tuple[Name, ...]:
        found = []
        kinds = (("native", None), ("names", None), ("weak", AliasKind.WEAK), ("former", AliasKind.FORMER))
        for column, kind in kinds:
            for text in filter(None, told[column].split("; ")):
                if is_name(text):
                    found.append(Name(text, kind or script(text)))
                else:
                    warn(line, f"“{text[:60]}” cannot be kept as a name, and is left out.")
        return tuple(found)

    def _date(self, told: dict[str, str]) -> VagueDate | None:
        if not told["listed"]:
            return None
        day = _DAY.fullmatch(told["listed"])
        try:
            return dates.parse(day[1] if day else told["listed"])
        except dates.DateError as error:
            raise Refused(self.titles["listed"], told["listed"], "It is no day such as 2012-04-13.") from error


def _cells(kind: str, entry: dict[str, list[str]]) -> list[str]:
    """The cells of an entry; several names and designations stand in one cell."""

    def text(path: str) -> str:
        return next(filter(None, entry.get(path, ())), "")

    names: dict[str, list[str]] = {"names": [], "weak": [], "former": []}
    qualities, aliases = (entry.get(f"{kind}_ALIAS/{part}", []) for part in ("QUALITY", "ALIAS_NAME"))
    for quality, alias in zip(qualities, aliases, strict=False):
        folded = quality.casefold()
        names["weak" if folded in _WEAK else "former" if folded in _FORMER else "names"].append(alias)
    return [
        kind,
        text("REFERENCE_NUMBER"),
        " ".join(filter(None, (text(part) for part in _PARTS))),
        text("NAME_ORIGINAL_SCRIPT"),
        text("UN_LIST_TYPE"),
        text("LISTED_ON"),
        "; ".join(dict.fromkeys(filter(None, entry.get("DESIGNATION/VALUE", ())))),
        *("; ".join(dict.fromkeys(filter(None, told))) for told in names.values()),
    ]
