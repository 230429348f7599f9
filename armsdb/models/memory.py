"""What a process remembers of what it read, while nothing that readers see has changed.

Every published change moves the data version. A question reads the versions first, in one query; what was found since
they last moved is still so, and is not looked up again: which record a name means, the licences of datasets, rows as
they are shown, whole pages. When any version has moved, all of it is forgotten.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, Self

from django.db import connection
from django.utils.functional import cached_property

from armsdb.lib.meters import FOUND, LOOKED_UP

from .data_versions import OF_ALL, newest_of, parsed, stamps

#: Things that are remembered of one sort, unless who asks says otherwise.
MOST = 1_000


class Memory:
    """What was found since the data versions were these; of each sort the things that were asked for last.

    `key` is what tells whether they still are: a database and the stamps of its versions.
    """

    def __init__(self, key: tuple[Any, Any]) -> None:
        self.key = key
        #: The version of each kind and when it came, by TYPE.
        self.versions: Mapping[str, tuple[int, Any]] = parsed(key[1])
        self._sorts: dict[Hashable, dict[Hashable, Any]] = {}
        self._lock = Lock()

    @property
    def version(self) -> object:
        """The version of all kinds together; None where nothing was ever published."""
        return self.versions.get(OF_ALL)

    @property
    def cited(self) -> tuple[int, Any]:
        """The version of all kinds together and its day, as whoever cites tells them; 0 and None before any."""
        number, when = self.versions.get(OF_ALL, (0, None))
        return number, when and when.date()

    def newest(self, types: Iterable[str]) -> int:
        """The newest version among these kinds; 0 where none was ever published."""
        return newest_of(self.versions, types)

    def remembered(self, sort: Hashable, what: Hashable) -> Any:
        """What is remembered of one thing; None where nothing is."""
        with self._lock:
            remembered = self._sorts.get(sort, {})
            value = remembered.pop(what, None)
            if value is not None:
                remembered[what] = value  # behind those that were asked for before
        if value is not None:
            FOUND.inc()
        return value

    def found(self, sort: Hashable, what: Hashable, find: Callable[[], Any], most: int = MOST) -> Any:
        """What is found for one thing; looked up where it is not remembered."""
        return self.all_found(sort, [what], lambda _missing: {what: find()}, most)[what]

    def all_found(
        self,
        sort: Hashable,
        wanted: Collection[Any],
        find: Callable[[list[Any]], Mapping[Any, Any]],
        most: int = MOST,
    ) -> dict[Any, Any]:
        """What is found for several things: those that are not remembered are looked up together."""
        with self._lock:
            remembered = self._sorts.setdefault(sort, {})
            told = {what: remembered[what] for what in wanted if what in remembered}
        missing = [what for what in wanted if what not in told]
        if told:
            FOUND.inc(len(told))
        if missing:
            LOOKED_UP.inc(len(missing))
            told |= find(missing)
        with self._lock:
            for what, value in told.items():
                remembered.pop(what, None)
                remembered[what] = value
            for _ in range(len(remembered) - most):
                remembered.pop(next(iter(remembered)))
        return told


class View:
    """What an answer is told from: one memory, taken up when it is first needed; one query."""

    @cached_property
    def memory(self) -> Memory:
        key = (connection.settings_dict["NAME"], stamps())
        with _lock:
            memory = _kept.get("memory")
            if memory is None or memory.key != key:
                memory = _kept["memory"] = Memory(key)
        return memory

    @contextmanager
    def at_hand(self) -> Iterator[Self]:
        """Let `now` give this memory to whoever asks meanwhile: an answer is as of one version."""
        token = _at_hand.set(self)
        try:
            yield self
        finally:
            _at_hand.reset(token)


def view() -> View:
    """That of the answer at hand, else a new one."""
    return _at_hand.get() or View()


def now() -> Memory:
    """The memory of the answer at hand, else of what readers see now."""
    return view().memory


def forget(**_signal: Any) -> None:
    """Look everything up anew."""
    with _lock:
        _kept.clear()


_at_hand: ContextVar[View | None] = ContextVar("what the answer at hand is told from", default=None)
_kept: dict[str, Memory] = {}
_lock = Lock()
