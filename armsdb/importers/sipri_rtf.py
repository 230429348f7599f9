"""SIPRI's trade register as the text of a page (RTF, in the Mac's letters): paragraphs with tabs, suppliers in bold.

Brackets stand for doubt, a recipient that is left out is the one above, and physical lines mean nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .base import Record
from .files import File, FileRefused
from .sipri_deals import OlderDealTable
from .sipri_tables import about, edition
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
        return stream.read(5) == b"{\\rtf"


@dataclass
class _Paragraph:
    line: int
    text: list[str] = field(default_factory=list)
    #: Whether all letters were bold.
    bold: bool = True


def paragraphs(source: str) -> Iterator[tuple[int, str, bool]]:
    """The paragraphs of an RTF text: the line in which each begins, its text, and whether all of it is bold."""
    line, at, bold, scopes = 1, 0, False, [False]
    found = _Paragraph(1)

    def add(text: str) -> None:
        found.text.append(text)
        if text.strip() and not bold:
            found.bold = False

    for token in _TOKEN.finditer(source):
        if token.start() > at:
            add(source[at : token.start()])
        at = token.end()
        match token[0]:
            case "{":
                scopes.append(bold)
            case "}":
                bold = scopes.pop() if scopes else False
            case "\n" | "\r\n":
                line += 1
        word = token["word"]
        if token["code"]:
            add(bytes.fromhex(token["code"]).decode("mac-roman"))
        elif word == "b":
            bold = token["number"] != "0"
        elif word == "plain":
            bold = False
        elif word == "tab":
            found.text.append("\t")
        elif word == "par":
            yield found.line, "".join(found.text), found.bold
            found = _Paragraph(line)
    if at < len(source):
        add(source[at:])
    yield found.line, "".join(found.text), found.bold


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
        self._met = set()

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
