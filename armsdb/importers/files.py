"""Files from outside as numbered lines of text: what encoding they have, and what is no text at all."""

import codecs
import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

#: Letters of the longest line that is read; a line beyond it is no row of a table.
LONGEST = 1_000_000
csv.field_size_limit(LONGEST)
_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: How files begin that are no text.
_BINARY = {
    b"PK\x03\x04": "a zip archive or a workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"SQLite format 3": "an SQLite database",
    b"\x89PNG": "a picture",
    b"7z\xbc\xaf": "a 7z archive",
}


class FileRefused(ValueError):
    """Why nothing of a file can be taken in: one sentence, with line and column where there is one."""


class File:
    """A file: its hash, and of a text its encoding, the number of its lines, and the line that was read last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 0
        #: What it is where it is no text, in a sentence.
        self.no_text = ""
        self._newline = "\n"
        try:
            self.sha256, self.encoding, self.lines = self._look()
        except OSError as error:
            raise FileRefused(f"{path} cannot be read: {error.strerror or error}.") from error

    def _look(self) -> tuple[str, str, int]:
        """Read the file once for its hash, its encoding and the number of its lines."""
        digest, lines, returns, nulls, size = hashlib.sha256(), 0, 0, 0, 0
        decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        with self.path.open("rb") as stream:
            head = stream.read(64)
            encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "")
            self.no_text = next((self._is(what) for mark, what in _BINARY.items() if head.startswith(mark)), "")
            stream.seek(0)
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                lines += chunk.count(b"\n")
                returns += chunk.count(b"\r")
                nulls += chunk.count(b"\x00")
                decoder = _still(decoder, chunk)
        if not size:
            raise FileRefused(f"{self.path.name} is empty.")
        if returns and not lines:  # the line ends of old Macs
            self._newline, lines = "\r", returns
        if not encoding and nulls > size // 4:
            encoding = "utf-16-le" if head[1:2] == b"\x00" else "utf-16-be"
        elif not encoding and nulls and not _ends(decoder) and not self.no_text:
            self.no_text = f"{self.path.name} is no text: it holds {nulls:,} NUL bytes."
        return digest.hexdigest(), encoding or ("utf-8" if _ends(decoder) else "cp1252"), lines + 1

    def _is(self, what: str) -> str:
        return f"{self.path.name} is {what}, not a text file."

    def read(self) -> Iterator[tuple[int, str]]:
        """Each line with its number, without its end; letters that Windows-1252 does not have are told as �."""
        if self.no_text:
            raise FileRefused(self.no_text)
        with self.path.open(encoding=self.encoding, errors="replace", newline=self._newline) as stream:
            number = 0
            while text := stream.readline(LONGEST):
                number += 1
                if len(text) == LONGEST:
                    raise FileRefused(f"Line {number} has more than {LONGEST:,} letters: it is no row of a register.")
                self.line = number
                yield number, text.rstrip("\r\n")


def _still(decoder: codecs.IncrementalDecoder | None, chunk: bytes) -> codecs.IncrementalDecoder | None:
    """The decoder while all was UTF-8 so far, then nothing."""
    try:
        if decoder is not None:
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return None
    return decoder


def _ends(decoder: codecs.IncrementalDecoder | None) -> bool:
    try:
        return decoder is not None and decoder.decode(b"", final=True) is not None
    except UnicodeDecodeError:
        return False
