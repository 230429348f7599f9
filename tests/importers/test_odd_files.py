"""The samples of every format as other hands leave them: read like the plain one, or told; never fewer rows unseen."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from armsdb.importers import IMPORTERS, File, FileRefused, Register
from armsdb.importers.refusals import Record
from armsdb.importers.tables import Faulty, Note

from .reading import SAMPLES, take_in

#: Each sample with its format and its own encoding.
SAMPLED = {
    "sipri_17.csv": ("sipri", "cp1252"),
    "sipri_16.csv": ("sipri", "cp1252"),
    "sipri_12.csv": ("sipri", "cp1252"),
    "sipri.rtf": ("sipri", "ascii"),
    "sipri_tiv_exports.csv": ("sipri-tiv", "utf-8"),
    "sipri_tiv_old.csv": ("sipri-tiv", "utf-8"),
    "eu.csv": ("eu", "utf-8"),
    "uk.csv": ("uk", "utf-8"),
    "ofac_sdn.csv": ("ofac", "utf-8"),
    "un.xml": ("un", "utf-8"),
    "unroca.json": ("unroca", "utf-8"),
    "ftm.jsonl": ("ftm", "utf-8"),
    "ftm_statements.csv": ("ftm", "utf-8"),
    "own.csv": ("armsdb", "utf-8"),
    "own.jsonl": ("armsdb", "utf-8"),
}
#: Those that are tables with a header, and the line of it.
HEADED = {
    "eu.csv": 1,
    "uk.csv": 2,
    "own.csv": 1,
    "ftm_statements.csv": 1,
    "sipri_17.csv": 12,
    "sipri_tiv_exports.csv": 9,
}
#: Those whose publishers quote what holds a comma.
QUOTED = ("eu.csv", "uk.csv", "ofac_sdn.csv", "own.csv", "ftm_statements.csv")


def text_of(name: str) -> str:
    return (SAMPLES / name).read_bytes().decode(SAMPLED[name][1]).replace("\r\n", "\n")


def found(register: Register) -> list[Record | Faulty | Note]:
    """All that the sections of a file have."""
    return [one for section in (register, *register.others) for one in section.records()]


def read(tmp_path: Path, name: str, content: bytes) -> list[Record | Faulty | Note]:
    path = tmp_path / name
    path.write_bytes(content)
    return found(IMPORTERS[SAMPLED[name][0]](File(path)))


def cells(records: list[Record | Faulty | Note]) -> list[list[str]]:
    return [[" ".join(cell.split()) for cell in one.cells] for one in records if isinstance(one, Record)]


def refusal(tmp_path: Path, name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, name, content)
    return str(refused.value)


def separated(text: str, delimiter: str, *, all_quoted: bool) -> bytes:
    """A table with another separator, as a spreadsheet writes it."""
    out = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue().encode()


WAYS: dict[str, Callable[[str], bytes]] = {
    "a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without mark": lambda text: text.encode("utf-16-be"),
    "ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "ends of old Macs": lambda text: text.replace("\n", "\r").encode(),
    "no end": lambda text: text.rstrip("\n").encode(),
    "blank lines": lambda text: text.encode() + b"\n\n  \n\n",
}
#: What cannot be: RTF is ASCII by its own rules, and XML says what encoding it has.
NOT = {
    ("sipri.rtf", "UTF-16"),
    ("sipri.rtf", "UTF-16 without mark"),
    ("un.xml", "UTF-16"),
    ("un.xml", "UTF-16 without mark"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SAMPLED)
def test_other_encodings_and_line_ends_read_the_same(tmp_path: Path, name: str, way: str) -> None:
    content = WAYS[way](text_of(name))
    if (name, way) in NOT:
        assert refusal(tmp_path, name, content)
        return
    plain = cells(found(IMPORTERS[SAMPLED[name][0]](File(SAMPLES / name))))
    assert plain
    assert cells(read(tmp_path, name, content)) == plain


@pytest.mark.parametrize("name", SAMPLED)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n \n", ""),
        (b"PK\x03\x04" + bytes(range(256)) * 9, "is a zip archive or a workbook"),
        (bytes(range(256)) * 40, ""),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", ""),
    ],
    ids=["empty", "blank", "zip", "binary", "a page of the web"],
)
def test_what_is_no_register_is_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    assert said in refusal(tmp_path, name, content)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["eu.csv", "uk.csv", "own.csv", "ftm_statements.csv", "sipri_tiv_exports.csv"])
def test_a_spreadsheet_may_separate_and_quote_otherwise(tmp_path: Path, name: str, delimiter: str) -> None:
    plain = cells(found(IMPORTERS[SAMPLED[name][0]](File(SAMPLES / name))))
    for all_quoted in (False, True):
        content = separated(text_of(name), delimiter, all_quoted=all_quoted)
        assert cells(read(tmp_path, name, content)) == plain


@pytest.mark.parametrize("name", HEADED)
def test_a_header_alone_is_a_register_without_rows(tmp_path: Path, name: str) -> None:
    head = "\n".join(text_of(name).split("\n")[: HEADED[name]])
    assert cells(read(tmp_path, name, head.encode())) == []


@pytest.mark.parametrize("name", HEADED)
def test_a_column_that_nobody_knows_is_named(tmp_path: Path, name: str) -> None:
    lines = text_of(name).split("\n")
    lines[HEADED[name] - 1] += ",Zorg"
    told = refusal(tmp_path, name, "\n".join(lines).encode())
    assert f"Line {HEADED[name]}" in told
    assert "unknown: “Zorg”" in told


@pytest.mark.parametrize("name", HEADED)
def test_no_line_below_the_table_is_lost_unseen(tmp_path: Path, name: str) -> None:
    """Notes, a second header and rows that were cut are told, and the rows before them are read."""
    text = text_of(name).rstrip("\n") + "\n"
    plain = read(tmp_path, name, text.encode())
    header = text.split("\n")[HEADED[name] - 1]
    for more in ("Note: a word", "Note: one, two, and three", header):
        told = read(tmp_path, name, f"{text}{more}\n".encode())
        register = IMPORTERS[SAMPLED[name][0]](File(tmp_path / name))
        assert cells(told)[: len(cells(plain))] == cells(plain)
        assert len(told) + len(register.notes) > len(plain) or name == "ftm_statements.csv"


@pytest.mark.parametrize("name", QUOTED)
@pytest.mark.parametrize("stray", ['"open,', 'a "b,"c" d,', '"a" b,', "a\rb,"])
def test_a_quotation_mark_that_stays_open_takes_no_other_record(tmp_path: Path, name: str, stray: str) -> None:
    """Guards the fifty rows below it, which were read as one with it."""
    lines = text_of(name).rstrip("\n").split("\n")
    begun = HEADED.get(name, 0)
    bad = [*lines[:begun], stray + "x", *lines[begun:]]
    plain = cells(read(tmp_path, name, "\n".join(lines).encode()))
    told = read(tmp_path, name, "\n".join(bad).encode())
    if name == "ftm_statements.csv":
        assert any(isinstance(one, Faulty) for one in told)
    assert cells(told)[-len(plain) :] == plain


@pytest.mark.parametrize("name", ["own.csv", "eu.csv", "ofac_sdn.csv", "sipri_tiv_exports.csv"])
def test_a_row_with_an_empty_first_cell_is_not_joined_to_the_one_before(tmp_path: Path, name: str) -> None:
    """Guards rows that end in empty cells against being taken for the first half of the next one."""
    lines = text_of(name).rstrip("\n").split("\n")
    number = HEADED.get(name, 0) + 1
    before = read(tmp_path, name, "\n".join(lines).encode())
    lines[number] = lines[number][lines[number].index(",") :] if name != "sipri_tiv_exports.csv" else lines[number]
    after = read(tmp_path, name, "\n".join(lines).encode())
    assert len(after) == len(before)


def test_a_cell_may_be_long_and_a_line_may_not_be_endless(tmp_path: Path) -> None:
    plain = text_of("own.csv")
    for length in (200_000, 900_000):
        told = cells(read(tmp_path, "own.csv", plain.replace("Kestrel", "y" * length, 1).encode()))
        assert len(told) == len(cells(found(IMPORTERS["armsdb"](File(SAMPLES / "own.csv")))))
        assert max(len(cell) for cell in told[0]) >= length
    endless = plain.replace("Kestrel", "y" * 2_000_000, 1).encode()
    assert "Line 2 has more than 1,000,000 letters" in refusal(tmp_path, "own.csv", endless)


@pytest.mark.parametrize("name", ["sipri.rtf", "unroca.json"])
def test_a_text_that_ends_too_soon_is_refused(tmp_path: Path, name: str) -> None:
    """Guards the second half of a file whose download broke off."""
    text = text_of(name).rstrip()
    for length in (len(text) // 2, len(text) - 1):
        assert "was cut" in refusal(tmp_path, name, text[:length].encode())


@pytest.mark.parametrize(
    "junk", ["1" * 6000, "[" * 5000, '{"a":' * 5000, "NaN", "null", '"x"', '{"id": 1}', '{"a": {}}']
)
@pytest.mark.parametrize("name", ["own.jsonl", "ftm.jsonl"])
def test_a_line_of_odd_json_is_refused_with_its_number(tmp_path: Path, name: str, junk: str) -> None:
    text = text_of(name).rstrip() + "\n"
    (bad,) = [one for one in read(tmp_path, name, f"{text}{junk}\n".encode()) if isinstance(one, Faulty)]
    assert bad.record.line == text.count("\n") + 1


@pytest.mark.django_db
@pytest.mark.parametrize("letter", ["\\u0000", "\\ud800"])
@pytest.mark.parametrize("place", ["id", "name"])
def test_letters_that_no_database_keeps_are_refused_in_ftm(seeded, tmp_path: Path, place: str, letter: str) -> None:
    """Guards against escapes, which the text of the line does not show."""
    path = tmp_path / "x.jsonl"
    public_id = f"a{letter}" if place == "id" else "a"
    name = f"A{letter}" if place == "name" else "A"
    path.write_text(
        f'{{"id": "{public_id}", "schema": "Company", "properties": {{"name": ["{name}"]}}}}\n'
        '{"id": "s", "schema": "Sanction", "properties": {"entity": ["a"]}}\n'
    )
    report = take_in(path, "ftm")
    assert [one.record.line for one in report.refusals] == [1]
