"""Places for dear questions: search, pictures, files and feeds hold at most half of the threads of a process.

The other half stays for pages of records. Who finds no place is told so at once, and when to ask again.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .meters import REFUSED

#: So many at once in a process; gunicorn.conf.py starts four threads each.
AT_ONCE = 2
#: Seconds after which somebody who found no place may ask again.
RETRY_AFTER = 5

_places = threading.BoundedSemaphore(AT_ONCE)


class NoPlace(Exception):
    """As many dear questions as may be are being answered."""


def take() -> None:
    """Take a place, which has to be given back; NoPlace where none is free."""
    if not _places.acquire(blocking=False):
        REFUSED.labels("dear").inc()
        raise NoPlace


def give_back() -> None:
    """Give a place back."""
    _places.release()


@contextmanager
def a_place() -> Iterator[None]:
    """Hold a place meanwhile; NoPlace where none is free."""
    take()
    try:
        yield
    finally:
        give_back()
