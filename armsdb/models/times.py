"""When each published transfer was, in memory: in one year, over a span, open on a side, or not told.

It says the same as totals by year (`summaries`): a line whose deliveries a register tells apart stands in each of their
years, and one of a set of years in each of these; what is not told for one year stands under its span. Every process
keeps one set beside the columns of transfers; when these are renewed, what moved is read anew, else all of it.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import Any
from weakref import ref

import numpy as np
from django.db import connection
from django.db.models import QuerySet, Value

from armsdb.lib import dates

from .column_rows import Column, narrow, with_room
from .columns import Columns
from .connections import FILLING, allowed
from .data_versions import moved_since
from .ledgers import DATES, by_main_date
from .memory import now as memory_now
from .summaries import Time, stands_under, without, year_or_date
from .transfer_queries import TransferQuerySet
from .transfer_rows import Delivery
from .transfers import Transfer

#: Rows that are read at once.
_CHUNK = 5_000


class Times:
    """One entry for each time at which a transfer stands: the key of the transfer, the time, and the kind of its date.

    `times` are all that occur, and `time` is a place among them, as `kind` is among DATES.
    """

    def __init__(self, times: list[Time], pk: Column, time: Column, kind: Column) -> None:
        self.times = times
        self.pk, self.time, self.kind = pk, time, kind

    @classmethod
    def read(cls) -> "Times":
        """The times of all of them."""
        nothing = (np.empty(0, dtype=kind) for kind in (np.int32, np.int32, np.int8))
        return cls([], *nothing)._with(Transfer.objects.published())

    def renewed(self, keys: Collection[int]) -> "Times":
        """The times after the transfers with these keys changed, came or went."""
        left = ~np.isin(self.pk, np.fromiter(keys, dtype=np.int64))
        rest = Times(list(self.times), self.pk[left], self.time[left], self.kind[left])
        return rest._with(Transfer.objects.published().filter(pk__in=keys))

    def _with(self, lines: TransferQuerySet) -> "Times":
        """These and the times of some transfers more."""
        apart = Delivery.objects.filter(transfer__in=lines.order_by()).exclude(date_edtf="").order_by()
        whole = by_main_date(without(lines.order_by(), Delivery.objects.exclude(date_edtf="")))
        parts = apart.annotate(time=year_or_date(), kind=Value(DATES[0])).values_list("transfer", "time", "kind")
        places = {time: place for place, time in enumerate(self.times)}
        columns, number = [self.pk, self.time.astype(np.int32), self.kind], len(self.pk)
        for rows in (parts.distinct(), whole.values_list("pk", "main", "main_kind")):
            for piece in _entries(rows, places):
                after = number + len(piece[0])
                for place, told in enumerate(piece):
                    columns[place] = with_room(columns[place], after)
                    columns[place][number:after] = told
                number = after
        pk, time, kind = (column[:number] for column in columns)
        return Times(list(places), pk.copy(), narrow(time), kind.copy())  # without the room behind them


def _entries(rows: QuerySet, places: dict[Time, int]) -> Iterator[tuple[Column, Column, Column]]:
    """Keys, times and kinds of dates as pieces of three columns, from keys, EDTF and kinds; new times get places."""
    kinds = {name: place for place, name in enumerate(DATES)}
    told = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(told, _CHUNK)):
        pks, edtfs, dated = zip(*chunk, strict=True)
        stands = [[places.setdefault(time, len(places)) for time in _times_of(edtf)] for edtf in edtfs]
        numbers = [len(times) for times in stands]
        yield (
            np.repeat(np.array(pks, dtype=np.int32), numbers),
            np.array([place for times in stands for place in times], dtype=np.int32),
            np.repeat(np.array([kinds[kind] for kind in dated], dtype=np.int8), numbers),
        )


@lru_cache(maxsize=4_096)
def _times_of(edtf: str) -> list[Time]:
    return stands_under(edtf, dates.parse(edtf).years() if edtf else [])


def times_of(columns: Columns) -> Times:
    """The times of the transfers in these columns; some may be of transfers that are not there any more.

    No query where they are at hand, else one for the version and those for what moved.
    """
    with _lock:
        if "columns" not in _kept or _kept["columns"]() is not columns:
            key = (connection.settings_dict["NAME"], memory_now().versions.get(Transfer.TYPE))
            moved = moved_since(Transfer.TYPE, _kept.get("key", (None, None)), key)
            with allowed(FILLING):
                times = Times.read() if moved is None else _kept["times"].renewed(moved)
            _kept.update(columns=ref(columns), key=key, times=times)
        found: Times = _kept["times"]
        return found


def forget(**_signal: Any) -> None:
    """Read the times anew when they are next asked for."""
    with _lock:
        _kept.clear()


_kept: dict[str, Any] = {}
_lock = Lock()
