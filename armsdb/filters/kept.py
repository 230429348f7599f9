"""The transfers that answer a question, found in the columns in memory: counted, paged and counted by dataset at once.

A condition that the columns do not have is put to the database, which gives the keys that meet it.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import DateField, DecimalField, QuerySet
from django.utils.functional import cached_property

from armsdb.lib.vocab import Terms
from armsdb.models import Dataset
from armsdb.models.column_rows import OPEN_END, OPEN_START, RECORDS, Column
from armsdb.models.columns import Columns
from armsdb.models.memory import Memory

from .answers import Answer
from .facts import FIRST_YEAR, LAST_YEAR

#: The conditions that are read off the columns, by parameter; all others are put to the database.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: (name,) for name in (*RECORDS, "category", "nature", "status", "evidence") if name != "equipment"
} | {"country": ("supplier", "recipient"), "arms": ("counts_as_arms",), "government": ("to_government",)}
#: What says how words are taken, or in whose network to look, and keeps all rows by itself.
_NO_CONDITION = {"exact", "around"}
#: The least value of columns that may have none: constraints allow nothing below zero.
_LEAST: Mapping[type, Any] = {DateField: date.min, DecimalField: Decimal(0)}
#: Keys that are made numbers of Python together: they take ten times as much as in a column.
_TOGETHER = 50_000
#: To pass a row on a walk costs so many times what it costs to put one in order.
_AS_DEAR = 3
#: A walk is given up past so many times the rows that answer: where they stand together, far from its beginning.
_AS_LONG = 4
#: So many rows are named by their keys.
_FEW = 10_000
#: What is read together, and so stands or falls together: a decade sets all of it.
YEARS = ("year_from", "year_to", "undated")
_VALUE = ("value_min", "value_max", "currency")


class Kept:
    """The transfers that meet the conditions of an understood question."""

    def __init__(self, question: Any) -> None:
        self.question = question
        self.columns: Columns = question.columns
        asked = question.form.cleaned_data.items()
        self.asked = {name: value for name, value in asked if value not in (None, "", []) and name not in _NO_CONDITION}
        self._conditions = {name: self._asked_of(name) for name in self._groups()}

    @property
    def conditions(self) -> frozenset[tuple[Any, ...]]:
        """What tells the whole question from all others, but for its order."""
        return frozenset(self._conditions.values())

    @cached_property
    def all(self) -> Column | None:
        """The places of the transfers that meet every condition; None for all of them."""
        return self.all_but("")

    @cached_property
    def undated(self) -> int:
        """How many without a date meet all of its conditions but those of time."""
        return self.columns.count_undated(self.all_but("decade"))

    @cached_property
    def reaching_beyond(self) -> int:
        """How many that answer may lie outside of the years asked for: each of their dates reaches beyond them."""
        first, last = self.asked.get("year_from"), self.asked.get("year_to")
        if (first is None and last is None) or self.asked.get("undated") == "only":
            return 0
        within = self.columns.within_years(OPEN_START if first is None else first, OPEN_END if last is None else last)
        beyond = ~(within | self.columns.undated)
        return int(np.count_nonzero(beyond if self.all is None else beyond[self.all]))

    @cached_property
    def in_other_currencies(self) -> int:
        """How many without a value in the currency asked for meet all conditions but that of the value."""
        counts = self.columns.counts("value_currency", self.all_but("value"))
        return sum(counts.values()) - counts.get(self.asked["currency"], 0)

    def all_but(self, name: str) -> Column | None:
        """The places of the transfers that meet every condition but that of one facet; None for all of them."""
        others = {other: asked for other, asked in self._conditions.items() if other != name}
        if not others:
            return None
        found: Column = self.columns.remembered(
            frozenset(others.values()), lambda: self.columns.places([self._meeting(other) for other in others])
        )
        return found

    def _groups(self) -> list[str]:
        """The conditions of the question; those that are read together count as one, by the name of the facet."""
        grouped = {**dict.fromkeys(YEARS, "decade"), **dict.fromkeys(_VALUE, "value")}
        return list(dict.fromkeys(grouped.get(name, name) for name in self.asked))

    def _meeting(self, name: str) -> Column:
        if name == "decade":
            return self._in_years()
        if name == "value" and not {"value_min", "value_max"} & self.asked.keys():
            return self.columns.having("value_currency", [self.asked["currency"]])
        if name in COLUMNS:
            stored = [choice.stored for choice in self.asked[name]]
            empty = "" if name == "category" else None
            wanted = [empty if value is None else value for value in stored]
            return np.logical_or.reduce([self.columns.having(column, wanted) for column in COLUMNS[name]])
        found: Column = self.columns.remembered(
            self._asked_of(name), lambda: self.columns.with_keys(self.question.meeting(name))
        )
        return found

    def _asked_of(self, name: str) -> tuple[Any, ...]:
        """What tells one condition from all others."""
        if name == "q":
            return name, self.question.words
        parts = {"decade": YEARS, "value": _VALUE}.get(name, (name,))
        asked = [self.asked.get(part) for part in parts]
        return name, *(tuple(part) if isinstance(part, list) else part for part in asked)

    def _in_years(self) -> Column:
        first, last = self.asked.get("year_from"), self.asked.get("year_to")
        undated = self.asked.get("undated")
        if undated == "only":
            return self.columns.undated
        if first is None and last is None:
            return ~self.columns.undated if undated == "exclude" else np.ones(len(self.columns), dtype=bool)
        found = self.columns.in_years(first or FIRST_YEAR, last or LAST_YEAR)
        return found | self.columns.undated if undated == "include" else found


def _open_datasets(memory: Memory) -> frozenset[int]:
    """The datasets whose rows may be passed on as a whole."""
    found: frozenset[int] = memory.found(
        "open datasets", None, lambda: frozenset(Dataset.objects.filter(terms=Terms.OPEN).values_list("pk", flat=True))
    )
    return found


class KeptAnswer(Answer):
    """The transfers that answer: by the main date from the columns, in other orders from the database.

    Where many answer, the page of another order is soon met on the index of that order; the database, which cannot know
    how many answer, would rather put all of them in order. Few are put in order by the database.
    """

    def __init__(self, question: Any, *, passed_on: bool = False) -> None:
        super().__init__(question, passed_on=passed_on)
        self._in_memory = question.kept.columns
        self._kept: Column | None = question.kept.all
        if passed_on:
            self._open = _open_datasets(question.memory)
            self._kept = self._in_memory.of_datasets(self._kept, self._open)
        self._is_by_date = question.ordering.removeprefix("-") == "date"
        self._descending = question.ordering.startswith("-")

    @cached_property
    def rows(self) -> QuerySet:
        """Where few answer, they are named by their keys: no index of the database need know the conditions."""
        if self.count() > _FEW:
            rows: QuerySet = self.question.rows
            return rows if self._kept is self.question.kept.all else rows.filter(dataset__in=self._open)
        keys = self._in_memory.keys(self._kept, slice(None), descending=False)
        return self.question.in_order(self.question.queryset.filter(pk__in=keys))

    def count(self) -> int:
        return len(self._in_memory if self._kept is None else self._kept)

    def datasets(self) -> list[int]:
        return list(self.by_dataset())

    def by_dataset(self) -> Mapping[int, int]:
        found: Mapping[int, int] = self._in_memory.remembered(
            ("by dataset", self.passed_on, self.question.kept.conditions),
            lambda: self._in_memory.counts("dataset", self._kept),
        )
        return found

    def all(self) -> Sequence[int]:
        if not self._is_by_date:
            return super().all()
        found = array("q")
        for start in range(0, self.count(), _TOGETHER):
            found.extend(self[start : start + _TOGETHER])
        return found

    def __getitem__(self, bounds: slice) -> list[int]:
        if self._is_by_date:
            return self._in_memory.keys(self._kept, bounds, descending=self._descending)
        number = self.count()
        expected = -(-bounds.stop * len(self._in_memory) // number) if number else 0
        if self.question.ordering == "relevance" or _AS_DEAR * expected >= number:
            return super().__getitem__(bounds)
        met = self._walked(bounds, expected, most=_AS_LONG * number)
        return super().__getitem__(bounds) if met is None else self._keys(met)

    def _walked(self, bounds: slice, expected: int, most: int) -> list[tuple[Any, ...]] | None:
        """A part of them, met on a walk along the index of the order past so many rows as are expected; None where they
        are not met among the `most` rows that one would walk past."""
        met: list[tuple[Any, ...]] = []
        for rows in self._parts(self.question.queryset, [*self._columns, "id"]):
            limit, told = 0, list[tuple[Any, ...]]()
            while len(told) == limit and len(met) < bounds.stop:
                limit = 4 * limit or 2 * expected
                if limit > most:
                    return None
                told = list(rows.values_list("pk", *self._columns)[:limit])
                kept = self._in_memory.are_kept(self._kept, [row[0] for row in told])
                found = [row for row, is_kept in zip(told, kept, strict=True) if is_kept]
                if len(met) + len(found) >= bounds.stop or len(told) < limit:
                    met += found
        return met[bounds]

    def _parts(self, rows: QuerySet, columns: Sequence[str]) -> Iterator[QuerySet]:
        """All rows in the order asked for, in parts that an index has in their order: what has no value comes last."""
        first, *others = columns
        sign = "-" if self._descending else ""
        if not rows.model._meta.get_field(first).null:
            yield rows.order_by(*(sign + column for column in columns))
            return
        rest = [self.question.ordered(column, self._descending) for column in others]
        # Not “has a value”: of that alone SQLite does not see that it may go along the index.
        yield rows.filter(**{f"{first}__gte": _LEAST[type(rows.model._meta.get_field(first))]}).order_by(
            sign + first, *rest
        )
        yield from self._parts(rows.filter(**{f"{first}__isnull": True}), others)

    def after(self, last: Sequence[Any], number: int) -> list[int]:
        if not self._is_by_date:
            return super().after(last, number)
        start = self._in_memory.number_before(self._kept, *last, descending=self._descending)
        return self[start : start + number]

    def ordered_by(self, key: int) -> Sequence[Any]:
        return self._in_memory.main_date(key) if self._is_by_date else super().ordered_by(key)

    def held_back(self) -> int:
        passed_on: Answer = self.question.answer_to_pass_on
        return self.count() - passed_on.count()
