"""Facets: how many of the transfers that answer a question have each value, under the question's other conditions.

The count of a value is that of the list to which it leads: the same question with this value alone in its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from armsdb.lib.vocab import State
from armsdb.models import Country, Dataset, Record
from armsdb.models.columns import Column, Columns, columns

from .facts import FIRST_YEAR, LAST_YEAR
from .fields import UNKNOWN
from .transfers import TransferFilterSet

#: What can be counted, in the order in which it is shown.
FACETS = ("decade", "supplier", "recipient", "category", "nature", "status", "evidence", "dataset")
_RECORDS: Mapping[str, type[Record]] = {"supplier": Country, "recipient": Country, "dataset": Dataset}
#: The conditions that are read off the columns, by parameter; all others are put to the database.
_COLUMNS: dict[str, tuple[str, ...]] = {
    name: (name,) for name in (*_RECORDS, "category", "nature", "status", "evidence")
}
_COLUMNS |= {"country": ("supplier", "recipient"), "arms": ("counts_as_arms",), "government": ("to_government",)}
#: What is read together, and so stands or falls together: a decade sets all of it.
_YEARS = ("year_from", "year_to", "undated")
_VALUE = ("value_min", "value_max", "currency")


@dataclass(frozen=True)
class FacetValue:
    """One value: as it stands in addresses, as readers call it, how many have it, and the question with it alone."""

    value: str
    label: str
    count: int
    query: str
    chosen: bool


class Facets:
    """The facets of an understood question: how many transfers answer it, and the values of each facet."""

    def __init__(self, question: TransferFilterSet) -> None:
        self.question = question
        self.columns: Columns = columns()
        self._asked = {name: value for name, value in question.form.cleaned_data.items() if value not in (None, "", [])}
        #: Which transfers meet each condition of the question.
        self._kept = {name: self._meeting(name) for name in self._groups()}

    @cached_property
    def count(self) -> int:
        """How many transfers answer the question."""
        return int(np.count_nonzero(self._all_but("")))

    @cached_property
    def undated(self) -> int:
        """How many without a date meet all of its conditions but those of time."""
        return int(np.count_nonzero(self._all_but("decade") & self.columns.undated()))

    def values(self) -> dict[str, list[FacetValue]]:
        """The values of every facet, the most frequent first, decades in their order; what is not known comes last."""
        return {name: self._decades() if name == "decade" else self._of(name) for name in FACETS}

    # --- conditions

    def _groups(self) -> list[str]:
        """The conditions of the question; those that are read together count as one, by the name of the facet."""
        grouped = {**dict.fromkeys(_YEARS, "decade"), **dict.fromkeys(_VALUE, "value")}
        return list(dict.fromkeys(grouped.get(name, name) for name in self._asked))

    def _meeting(self, name: str) -> Column:
        if name == "decade":
            return self._in_years()
        if name in _COLUMNS:
            stored = [choice.stored for choice in self._asked[name]]
            empty = "" if name == "category" else None
            wanted = [empty if value is None else value for value in stored]
            return np.logical_or.reduce([self.columns.having(column, wanted) for column in _COLUMNS[name]])
        return self.columns.with_keys(self.question.meeting(name).values_list("pk", flat=True).iterator())

    def _in_years(self) -> Column:
        first, last = self._asked.get("year_from"), self._asked.get("year_to")
        undated = self._asked.get("undated")
        if undated == "only":
            return self.columns.undated()
        if first is None and last is None:
            return ~self.columns.undated() if undated == "exclude" else np.ones(len(self.columns), dtype=bool)
        found = self.columns.in_years(first or FIRST_YEAR, last or LAST_YEAR)
        return found | self.columns.undated() if undated == "include" else found

    def _all_but(self, name: str) -> Column:
        """Which transfers meet every condition but that of one facet."""
        others = [kept for other, kept in self._kept.items() if other != name]
        return np.logical_and.reduce(others) if others else np.ones(len(self.columns), dtype=bool)

    # --- values

    def _of(self, name: str) -> list[FacetValue]:
        """The values of a column; one query for the names of records."""
        counts = self.columns.counts(name, self._all_but(name))
        none = counts.pop(None, 0) + counts.pop("", 0)
        asked = {choice.value for choice in self._asked.get(name, ())}
        found = [
            FacetValue(value, label, counts[stored], self._with({name: value}), value in asked)
            for stored, value, label in self._named(name, counts)
        ]
        found.sort(key=lambda one: (-one.count, one.label))
        if none:
            found.append(FacetValue(UNKNOWN, _("not known"), none, self._with({name: UNKNOWN}), UNKNOWN in asked))
        return found

    def _named(self, name: str, counts: Mapping[Any, int]) -> Iterator[tuple[Any, str, str]]:
        """What is counted, as it is stored, as it stands in addresses, and as readers call it."""
        if name in _RECORDS:
            records: Any = _RECORDS[name]._default_manager
            published = records.filter(state=State.PUBLISHED, pk__in=counts)
            yield from published.values_list("pk", "public_id", "name")
        else:
            labels = self.question.filters[name].labels
            yield from ((word, word, labels[word]) for word in counts)

    def _decades(self) -> list[FacetValue]:
        kept, ends = self._all_but("decade"), self.columns.years()
        asked = [self._asked.get(name) for name in _YEARS]
        found = []
        for first in range(ends[0] // 10 * 10, ends[1] + 1, 10) if ends else ():
            count = int(np.count_nonzero(kept & self.columns.in_years(first, first + 9)))
            query = self._with({"year_from": str(first), "year_to": str(first + 9)})
            label = _("%(decade)ss") % {"decade": first}
            found.append(FacetValue(str(first), label, count, query, asked[:2] == [first, first + 9]))
        if self.undated:
            query = self._with({"undated": "only"})
            found.append(FacetValue(UNKNOWN, _("without a date"), self.undated, query, asked[2] == "only"))
        return [value for value in found if value.count]

    def _with(self, values: Mapping[str, str]) -> str:
        """The question with these values alone in the place of what their facet asks for now, as a query string."""
        query = QueryDict(self.question.query_string, mutable=True)
        for name in _YEARS if set(values) & set(_YEARS) else values:
            query.pop(name, None)
        query.update(values)
        return query.urlencode()
