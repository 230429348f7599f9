"""Tables in text files: where the header is, which column is which, and what belongs to one record.

Columns are found by their names, never by their place. A publisher that uses no quotes writes a quotation mark as it
is; a spreadsheet that had the file puts quotes around cells, so the header decides which of the two it is.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from armsdb.lib.text import storable

from .files import File, FileRefused
from .refusals import REFUSAL_COLUMNS, Record

#: Lines among which a header is looked for.
_HEAD = 40
#: Lines that one record can be broken over.
_MOST_LINES = 50


@dataclass(frozen=True)
class Layout:
    """What the columns of a form are called; an empty name is the column without a name right of the one before it."""

    form: str
    columns: tuple[str, ...]
    #: How such a column without a name is called here.
    blank: str = ""
    #: Columns that some editions do not have.
    optional: frozenset[str] = frozenset()
    #: Columns that are known, and of which nothing is taken.
    unread: frozenset[str] = frozenset()
    #: Whether the publisher uses no quotes: a quotation mark is a letter, and a record may be broken over lines.
    unquoted: bool = False

    def named(self) -> set[str]:
        return {name for name in self.columns if name}


@dataclass(frozen=True)
class Header:
    """A header that was found: its line, what stands above it, and where each column of the form is."""

    layout: Layout
    line: int
    above: list[str]
    delimiter: str
    quoted: bool
    width: int
    #: None for a column that this edition does not have.
    places: tuple[int | None, ...]
    names: tuple[str, ...]

    @property
    def titles(self) -> list[str]:
        """What the columns of the form are called in the file."""
        told = zip(self.layout.columns, self.places, strict=True)
        return [name if place is None else self.names[place] for name, place in told]


def find_header(file: File, layouts: Sequence[Layout]) -> Header | None:
    """The header of one of these forms; None where no line looks like one. A header that is wrong is refused."""
    above: list[str] = []
    for number, text in file.read():
        for delimiter in (",", ";", "\t"):
            quoted = '"' in text or _folded(text).startswith(REFUSAL_COLUMNS[0])
            bare = text.rstrip("; \t") if delimiter == "," else text
            cells = cells_of(bare, delimiter) if quoted else bare.split(delimiter)
            while cells and not cells[-1].strip():
                cells.pop()
            layout = _nearest(cells, layouts)
            if layout is not None:
                places = _places(cells, layout, number)
                quoted = quoted or not layout.unquoted
                return Header(layout, number, above, delimiter, quoted, len(cells), places, tuple(cells))
        above.append(text)
        if number >= _HEAD:
            break
    return None


def cells_of(text: str, delimiter: str = ",") -> list[str]:
    """The cells of one line; all of it as one cell where it cannot be read as such."""
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return [text]


def header_of(file: File, layout: Layout, otherwise: str) -> Header:
    """The header of a form; FileRefused, with what is to be said of the file, where no line looks like one."""
    header = find_header(file, [layout])
    if header is None:
        raise FileRefused(f"{file.path.name} {otherwise}")
    return header


def _nearest(cells: Sequence[str], layouts: Sequence[Layout]) -> Layout | None:
    """The form with most of whose needed names these cells agree, if that is more than half of them."""
    folded = {_folded(cell) for cell in cells}
    needed = {layout.form: layout.named() - layout.optional for layout in layouts}
    share = {form: len(names & folded) / len(names) for form, names in needed.items()}
    best = max(layouts, key=lambda layout: share[layout.form])
    return best if share[best.form] > 0.5 else None


def _places(cells: Sequence[str], layout: Layout, line: int) -> tuple[int | None, ...]:
    """Where each column of the form stands; FileRefused names what is missing, unknown or there twice."""
    folded = [_folded(cell) for cell in cells]
    known = layout.named() | layout.unread | set(REFUSAL_COLUMNS) | {layout.blank}
    unknown = [cell.strip() for cell, name in zip(cells, folded, strict=True) if name not in known]
    missing = sorted(layout.named() - layout.optional - set(folded))
    twice = sorted({name for name in layout.named() if folded.count(name) > 1})
    faults = [
        f"{what} {', '.join(f'“{name}”' for name in found)}"
        for what, found in (("missing:", missing), ("unknown:", unknown), ("there twice:", twice))
        if found
    ]
    if faults:
        raise FileRefused(f"Line {line}: the columns are not those of {layout.form}; {'; '.join(faults)}.")
    places: list[int | None] = []
    for before, name in pairwise(("", *layout.columns)):
        if name in layout.optional and name not in folded:
            places.append(None)
            continue
        place = folded.index(name) if name else folded.index(before) + 1
        if not name and (place >= len(folded) or folded[place] != layout.blank):
            raise FileRefused(f"Line {line}: the column right of “{before}”, which has no name, is missing.")
        places.append(place)
    return tuple(places)


def _folded(cell: str) -> str:
    return " ".join(cell.split()).casefold()


@dataclass(frozen=True)
class Note:
    """A line that is no record, such as a heading or a total below the table."""

    line: int
    text: str
    why: str = "It has one cell"


class Faulty(ValueError):
    """A record that has not the cells of its table; `record` is what there is of it."""

    def __init__(self, record: Record, reason: str) -> None:
        super().__init__(reason)
        self.record = record
        self.reason = reason


def records(file: File, header: Header) -> Iterator[Record | Faulty | Note]:
    """The records below a header; a record that is broken over several lines is put together again."""
    lines = file.read()
    if header.line:
        next(line for line in lines if line[0] == header.line)
    #: Lines that were looked at and are still to be read.
    ahead: list[tuple[int, str]] = []
    while ahead or (ahead := list(islice(lines, 1))):
        number, text = ahead.pop(0)
        said = text.strip(",; \t\x1a")
        if not said:
            continue
        if header.delimiter not in said and not (header.quoted and said.count('"') % 2):
            yield Note(number, said)
            continue
        cells = _cells(text, header)
        if cells is None or len(cells) < header.width or header.layout.unquoted:
            cells = _whole(text, cells, header, lines, ahead)
        yield _record(number, cells, header)


def _whole(
    text: str, cells: list[str] | None, header: Header, lines: Iterator[tuple[int, str]], ahead: list[tuple[int, str]]
) -> list[str]:
    """The cells of a record with those of the lines over which it is broken; where none make it whole, its own.

    Lines that do not belong to it are left in `ahead`: a quotation mark that is never closed takes no other record.
    """
    first, taken = text, 0
    while taken < _MOST_LINES:
        if len(ahead) == taken:
            ahead.extend(islice(lines, 1))
        if len(ahead) == taken or not _goes_on(cells, ahead[taken][1], header):
            break
        joined = _joined(cells, text, ahead[taken][1], header)
        if joined is None:
            break
        text, cells = joined
        taken += 1
    if cells is None:
        return first.split(header.delimiter)
    del ahead[:taken]
    return cells


def _record(number: int, cells: list[str], header: Header) -> Record | Faulty:
    found = Record(
        number, [cells[place].strip() if place is not None and place < len(cells) else "" for place in header.places]
    )
    if len(cells) != header.width:
        told = f"The row has {len(cells)} cells and not {header.width}"
        return Faulty(found, f"{told}: it was cut." if len(cells) < header.width else f"{told}.")
    bad = next((place for place, cell in enumerate(found.cells) if not storable(cell) or "\ufffd" in cell), None)
    if bad is not None:
        return Faulty(found, f"“{header.layout.columns[bad] or 'the mark'}” holds a character that is no text.")
    return found


def _cells(text: str, header: Header) -> list[str] | None:
    """The cells of a line, as many as the header has where they can be had; None inside of open quotes."""
    bare = text.rstrip("; ") if header.delimiter == "," and text.endswith(";") else text
    cells = bare.split(header.delimiter)
    if '"' in text and (header.quoted or len(cells) != header.width):
        try:
            cells = next(csv.reader([bare], delimiter=header.delimiter, strict=True))
        except csv.Error:
            if header.quoted or _ends_inside_quotes(bare, header):
                return None
    elif header.delimiter == ";" and len(cells) > header.width:
        cells = _outer(cells)
    while len(cells) > header.width and not cells[-1].strip():
        cells.pop()
    return cells


def _ends_inside_quotes(text: str, header: Header) -> bool:
    """Whether the last cell of a line begins with a quotation mark that it does not close."""
    last = text.rpartition(header.delimiter + '"')[2]
    return last != text and last.replace('""', "").count('"') == 0


def _outer(cells: list[str]) -> list[str]:
    """Cells that were cut at semicolons, put together where one stood inside of a text: a space follows it there."""
    found = cells[:1]
    for cell in cells[1:]:
        if cell[:1] == " " and cell.strip():
            found[-1] += ";" + cell
        else:
            found.append(cell)
    return found


def _goes_on(cells: list[str] | None, following: str, header: Header) -> bool:
    """Whether a record may go on in the next line: a quote is open, or it lacks cells in a form without quotes.

    There the next line may also have none where it would begin: a spreadsheet has filled up the first.
    """
    if header.quoted and not header.layout.unquoted:
        return cells is None
    return cells is None or len(cells) < header.width or following.startswith(header.delimiter)


def _joined(cells: list[str] | None, text: str, following: str, header: Header) -> tuple[str, list[str] | None] | None:
    """A record with its next line, where the two make one whole: the text was broken inside of a cell."""
    if cells is None or header.quoted:
        whole = f"{text}\n{following}"
        found = _cells_of_quoted(whole, header)
        return (whole, found) if found is None or len(found) == header.width else None
    first, second = _without_tail(cells), _without_tail(following.split(header.delimiter))
    if len(first) + len(second) - 1 != header.width:
        return None
    middle = " ".join(filter(None, (first[-1].strip(), second[0].strip())))
    found = [*first[:-1], middle, *second[1:]]
    return header.delimiter.join(found), found


def _cells_of_quoted(text: str, header: Header) -> list[str] | None:
    """The cells of a record that is quoted over several lines; None while a quote is open, none for two records."""
    lines = [f"{line}\n" for line in text.split("\n")]
    try:
        rows = list(csv.reader(lines, delimiter=header.delimiter, strict=True))
    except csv.Error:
        return None
    cells: list[str] = rows[0] if len(rows) == 1 else []
    while len(cells) > header.width and not cells[-1].strip():
        cells.pop()
    return cells


def _without_tail(cells: list[str]) -> list[str]:
    found = list(cells)
    while found and not found[-1].strip():
        found.pop()
    return found or [""]
