"""SIPRI's trade register as the text of a page (RTF, in the Mac's letters): paragraphs with tabs, suppliers in bold.

Brackets stand for doubt, a recipient that is left out is the one above, and physical lines mean nothing.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator

from .files import File, FileRefused
from .refusals import Record
from .sipri_deals import OlderDealTable
from .sipri_tables import Extent, about, edition
from .tables import Faulty
from .who import Kinds

FORM = "sipri-rtf"
#: Letters of the largest text that is read; a page has some hundred thousand.
_LARGEST = 50_000_000
_TOKEN = re.compile(
    r"\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<word>[a-z]+)(?P<number>-?[0-9]+)? ?|\\(?P<sign>[^a-z])|[{}]|\r?\n"
)
#: The columns of the older table, whose names a file of refusals has.
_COLUMNS = [
    "Recipient",
    "Supplier",
    "Year of order",
    "uncertain",
    "No. ordered",
    "uncertain",
    "Weapon designation",
    "Weapon description",
    "No. delivered",
    "uncertain",
    "Year of delivery",
    "Comments",
]
#: Cells of a paragraph: recipient, ordered, designation, description, year of order, years, delivered, comments.
_CELLS = 8


def is_rtf(file: File) -> bool:
    """Whether a file begins as RTF does."""
    with file.path.open("rb") as stream:
        return stream.read(8).removeprefix(BOM_UTF8).startswith(b"{\\rtf")


class _Reader:
    """Reads RTF token by token: letters, tabs and whether all letters of a paragraph are bold."""

    def __init__(self) -> None:
        self.line = self.begun = 1
        self.text: list[str] = []
        self.all_bold = True
        self._bold = False
        self._groups: list[bool] = []

    def add(self, text: str) -> None:
        """Take letters into the paragraph."""
        self.text.append(text)
        if text.strip() and not self._bold:
            self.all_bold = False

    def take(self, token: re.Match[str]) -> None:
        """Take a brace, a line end or a word of RTF."""
        if token[0] == "{":
            self._groups.append(self._bold)
        elif token[0] == "}":
            self._bold = self._groups.pop() if self._groups else False
        elif token[0].endswith("\n"):
            self.line += 1
        elif token["code"]:
            self.add(bytes.fromhex(token["code"]).decode("mac-roman"))
        elif token["word"] == "b":
            self._bold = token["number"] != "0"
        elif token["word"] == "plain":
            self._bold = False
        elif token["word"] == "tab":
            self.text.append("\t")

    @property
    def is_open(self) -> bool:
        """Whether a group is not closed yet: the whole of a text is one."""
        return bool(self._groups)

    def end(self) -> tuple[int, str, bool]:
        """The paragraph: the line in which it begins, its text, and whether all of it is bold."""
        found = (self.begun, "".join(self.text), self.all_bold)
        self.text, self.all_bold, self.begun = [], True, self.line
        return found


def paragraphs(source: str) -> Iterator[tuple[int, str, bool]]:
    """The paragraphs of an RTF text: the line in which each begins, its text, and whether all of it is bold."""
    reader, at = _Reader(), 0
    for token in _TOKEN.finditer(source):
        if token.start() > at:
            reader.add(source[at : token.start()])
        at = token.end()
        reader.take(token)
        if token["word"] == "par":
            yield reader.end()
    if reader.is_open:
        raise FileRefused(f"Line {reader.line}: the text ends inside of a group, so the file was cut.")
    reader.add(source[at:])
    yield reader.end()


class DealText(OlderDealTable):
    """One transfer a paragraph."""

    about = about(FORM, "deals (RTF)")
    sides = ("supplier", "recipient")

    def __init__(self, file: File) -> None:
        self.file = file
        self.form = FORM
        if file.path.stat().st_size > _LARGEST:
            raise FileRefused(f"{file.path.name} is larger than any page of the register: {_LARGEST:,} bytes at most.")
        with file.path.open(encoding="mac-roman", newline="") as stream:
            self._paragraphs = list(paragraphs(stream.read()))
        head = [text for _line, text, _bold in self._paragraphs[:20]]
        if not any("recipient (R)" in text for text in head):
            raise FileRefused(
                f"{file.path.name} is an RTF without the heading “Supplier/ recipient (R)” of the register."
            )
        self.columns = _COLUMNS
        self.titles = dict(zip(self.fields, self.columns, strict=True))
        self.covers = None  # a page holds one kind of arms and does not say which
        told = next((text.strip() for text in head if "Deals with" in text), "")
        self.edition = edition(file, head, told)
        self.kinds = Kinds()
        self.notes = []
        self.has = Extent()

    def records(self) -> Iterator[Record | Faulty]:
        supplier = recipient = ""
        begun = False
        for line, text, bold in self._paragraphs:
            self.file.line = line
            if not begun:
                begun = "recipient (R)" in text
                continue
            cells = [cell.strip() for cell in text.split("\t")]
            if len(cells) == 1:
                if bold and cells[0]:
                    supplier, recipient = cells[0], ""
                continue
            if not any(cells):
                continue
            if cells[:2] == ["", ""] and len(cells) > _CELLS:
                del cells[0]
            mark, _colon, name = cells[0].rpartition(":")
            recipient = name.strip() or recipient
            yield self._record(line, supplier, recipient, mark.strip(), cells)

    @staticmethod
    def _record(line: int, supplier: str, recipient: str, mark: str, cells: list[str]) -> Record | Faulty:
        told = [*cells, *[""] * (_CELLS - len(cells))]
        _name, ordered, designation, description, year, years, delivered, comments = told[:_CELLS]
        record = Record(
            line,
            [recipient, supplier, year, "", ordered, "", designation, description, delivered, "", years, comments],
        )
        if mark == "L":
            return Faulty(record, "Licences (L:) are not read.")
        if len(cells) > _CELLS or len(cells) < _CELLS - 1:
            return Faulty(record, f"The paragraph has {len(cells)} cells and not {_CELLS}.")
        return record
