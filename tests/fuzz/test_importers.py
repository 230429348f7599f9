"""Whatever is in a file: it is taken in, or refused in a sentence, with the same memory and no fault of ours."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsdb.importers import FileRefused
from tests.fuzz.effort import INPUTS, tried
from tests.importers.reading import SAMPLES, take_in

pytestmark = pytest.mark.django_db
#: Samples of every form that is text, by the form; that of workbooks has tests of its own.
FILES = {
    "armsdb": "own.csv", "eu": "eu.csv", "ftm": "ftm.jsonl", "ofac": "ofac_sdn.csv", "sipri": "sipri_16.csv",
    "sipri-tiv": "sipri_tiv_exports.csv", "uk": "uk.csv", "un": "un.xml", "unroca": "unroca.json",
}  # fmt: skip
PIECES = [
    b"\x00", b"\xff\xfe", b'"', b";", b",", b"\t", b"\r\n", b"\n\n", b"-1", b"1e400", b"99999999999999999999",
    b"<!DOCTYPE a>", b"&x;", b"</", b"{", b"}", b"[[", b"null", b"\\ud800", b"\xf0\x9f\x9a\x80", b"=1+1", b"0000", b"?",
]  # fmt: skip


def spoilt(data: bytes, number: int) -> bytes:
    """The file with some of its bytes, pieces or rows changed, doubled, moved or gone."""
    random = Random(number)
    for _time in range(random.randint(1, 6)):
        at, to = sorted(random.randrange(len(data) + 1) for _end in range(2))
        how = random.randrange(6)
        if how == 0:
            data = data[:at] + random.choice(PIECES) + data[at:]
        elif how == 1:
            data = data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
        elif how == 2:
            data = data[:at] + data[at + random.randint(1, 40) :]
        elif how == 3:
            rows = data.split(b"\n")
            rows.insert(random.randrange(len(rows)), random.choice(rows))
            data = b"\n".join(rows)
        elif how == 4:
            rows = data.split(b"\n")
            random.shuffle(rows)
            data = b"\n".join(rows)
        elif random.random() < 0.2:
            data = data[:at] + data[to:]
    return data


@pytest.mark.parametrize("form", FILES)
def test_any_file_is_taken_in_or_refused_in_a_sentence(form: str, tmp_path: Path) -> None:
    whole = (SAMPLES / FILES[form]).read_bytes()
    path = tmp_path / FILES[form]

    @tried(INPUTS // 500)
    @given(st.integers(0, 2**32))
    def tries(number: int) -> None:
        path.write_bytes(spoilt(whole, number))
        try:
            report = take_in(path, form, dataset="fuzzed", dry_run=True, allow_refusals=True)
        except FileRefused as error:
            told = [str(error)]
        else:
            told = [one.reason for one in report.refusals]
        assert all(told)

    tries()
