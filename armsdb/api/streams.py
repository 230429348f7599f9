"""Files on their way: how many at once, how long and how slowly, and what is let go when a reader leaves."""

import ctypes
import gc
import socket
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from armsdb.lib import places

#: Seconds that a file may take, and the bytes a second that its reader has to take at least.
LONGEST, SLOWEST = 600, 10_000
#: Bytes that are sent together.
PIECE = 65_536

#: What the C library (that of GNU) keeps of the memory that thousands of rows took for a moment, given back.
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)


class Busy(APIException):
    """As many files as may be are on their way."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    wait = 20.0


@contextmanager
def a_place() -> Iterator[None]:
    """One of the places for dear questions; Busy where none is free."""
    with ExitStack() as held:
        try:
            held.enter_context(places.a_place())
        except places.NoPlace as error:
            told = _("As many downloads as this site can give at once are on their way; please ask again later.")
            raise Busy(told) from error
        yield


class Stream:
    """The pieces of a file, which hold a moment of the database and a place until the last, or until a reader leaves.

    What keeps the file from being whole is raised: the server then breaks the transfer off, instead of ending it.
    """

    def __init__(self, pieces: Iterator[bytes], held: ExitStack, reader: socket.socket | None = None) -> None:
        self._pieces = _in_small(pieces)
        self._held = held
        self._ends = time.monotonic() + LONGEST
        self._reader = reader
        if reader is not None:
            reader.settimeout(PIECE / SLOWEST)  # of each piece: who takes less is not waited for

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            if time.monotonic() > self._ends:
                raise TimeoutError(f"a download took more than {LONGEST} seconds")
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of everything; the second time nothing is left to do."""
        with self._held:
            self._pieces.close()
        if _trim is not None:
            _trim(0)
        if self._reader is not None:
            with suppress(OSError):
                self._reader.settimeout(None)


def _in_small(pieces: Iterator[bytes]) -> Generator[bytes, None, None]:
    """Pieces of which none is large, since each is waited for.

    Nothing that they are made of goes in circles: the collector, which would look at all that the process holds time
    and again, waits while one is made.
    """
    while True:
        gc.disable()
        try:
            piece = next(pieces, None)
        finally:
            gc.enable()
        if piece is None:
            return
        if not piece:
            yield piece  # nothing yet, but who reads may have left meanwhile
        for start in range(0, len(piece), PIECE):
            yield piece[start : start + PIECE]
