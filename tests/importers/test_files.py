"""Bad files: read rightly where they can be, else refused in one sentence that says where."""

from pathlib import Path

import pytest

from armsdb.importers import IMPORTERS, File, FileRefused
from armsdb.importers.tables import Faulty
from armsdb.models import Transfer

from .reading import SAMPLES, take_in

HEADER_17 = (SAMPLES / "sipri_17.csv").read_text().splitlines()[11]
ROW = "900001,Brazil,Afghanistan,Falcon-1,trainer aircraft,Aircraft,2017,No,6,Yes,2018,No,New,4.5,4.5,27,No"


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "file.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    """The sentence in which a file is refused."""
    with pytest.raises(FileRefused) as refused:
        IMPORTERS["sipri"](File(path))
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "a zip archive or a workbook"),
        (b"%PDF-1.7", "a PDF"),
        (bytes(range(256)) * 40, "no text"),
        (b"a,b,c\n1,2,3\n", "no line with the columns"),
        (
            HEADER_17.replace(",Designation", "").encode(),
            "Line 1: the columns are not those of sipri-17; missing: “designation”",
        ),
        (HEADER_17.replace("Status", "State").encode(), "missing: “status”; unknown: “State”"),
        ((HEADER_17 + ",Supplier").encode(), "there twice: “supplier”"),
        (b"{\\rtf1\\mac Something else\\par}", "an RTF without the heading"),
    ],
    ids=["empty", "zip", "pdf", "binary", "other table", "missing", "renamed", "twice", "other text"],
)
def test_a_file_that_is_no_register_is_refused_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert sentence in refusal(written(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "nothing.csv")


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER_17 + "\n" + "x" * 1_100_000)
    with pytest.raises(FileRefused, match="Line 2 has more than"):
        list(IMPORTERS["sipri"](File(path)).records())


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER_17}\n{ROW}\n".encode(),
        f"{HEADER_17}\r\n{ROW}\r\n".encode(),
        f"{HEADER_17}\n{ROW}\n".encode("utf-8-sig"),
        f"{HEADER_17}\n{ROW}\n".encode("utf-16"),
        f"{HEADER_17}\n{ROW}\n".encode("utf-16-le"),
        f"{HEADER_17};;;\n{ROW};;;\n".encode(),
        f"{HEADER_17},,\n{ROW},,\n".encode(),
        "\n".join(line.replace(",", "\t") for line in (HEADER_17, ROW)).encode(),
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in (HEADER_17, ROW)).encode(),
    ],
    ids=["plain", "crlf", "mark", "utf-16", "utf-16 without mark", "tails", "padding", "tabs", "quotes"],
)
def test_a_file_that_went_through_other_hands_reads_the_same(tmp_path: Path, content: bytes) -> None:
    [record] = IMPORTERS["sipri"](File(written(tmp_path, content))).records()
    assert list(record.cells) == ROW.split(",")


def test_columns_are_found_by_name_in_any_order(tmp_path: Path) -> None:
    turned = "\n".join(",".join(reversed(line.split(","))) for line in (HEADER_17, ROW))
    [record] = IMPORTERS["sipri"](File(written(tmp_path, turned))).records()
    assert list(record.cells) == ROW.split(",")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW[:60], "it was cut"),
        (ROW + ",1,2", "has 19 cells and not 17"),
        (ROW.replace("Falcon-1", "Fal\x00con"), "a character that is no text"),
        (ROW.replace("Falcon-1", "Fal\x81con"), "a character that is no text"),
    ],
    ids=["cut", "long", "nul", "no letter of Windows"],
)
def test_a_broken_row_is_told_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    path = written(tmp_path, f"{HEADER_17}\n{ROW}\n{row}\n".encode("latin-1"))
    _good, bad = IMPORTERS["sipri"](File(path)).records()
    assert isinstance(bad, Faulty)
    assert reason in bad.reason
    assert bad.record.line == 3


@pytest.mark.django_db
def test_one_deal_told_in_two_ways_is_refused(seeded, tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join([HEADER_17, ROW, ROW.replace("27,No", "28,No")]))
    report = take_in(path)
    assert [(one.record.line, one.column) for one in report.refusals] == [(2, ""), (3, "Delivery year")]
    assert not Transfer.objects.filter(dataset__public_id="sipri-17").exists()
