"""Facets: how many of the transfers that answer a question have each value, under the question's other conditions.

The count of a value is that of the list to which it leads: the same question with this value alone in its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from armsdb.lib.vocab import State
from armsdb.models import Country, Dataset, Record

from .fields import UNKNOWN
from .kept import YEARS, Kept
from .transfers import TransferFilterSet

#: What can be counted, in the order in which it is shown.
FACETS = ("decade", "supplier", "recipient", "category", "nature", "status", "evidence", "dataset")
_RECORDS: Mapping[str, type[Record]] = {"supplier": Country, "recipient": Country, "dataset": Dataset}


@dataclass(frozen=True)
class FacetValue:
    """One value: as it stands in addresses, as readers call it, how many have it, and the question with it alone."""

    value: str
    label: str
    count: int
    query: str
    chosen: bool


class Facets:
    """The facets of an understood question: the values of each, and how many transfers have them."""

    def __init__(self, question: TransferFilterSet) -> None:
        self.question = question
        self._kept: Kept = question.kept
        self._columns = self._kept.columns
        self._others: dict[tuple[str, ...], str] = {}

    def values(self) -> dict[str, list[FacetValue]]:
        """The values of every facet, the most frequent first, decades in their order; what is not known comes last."""
        return {name: self._decades() if name == "decade" else self._of(name) for name in FACETS}

    def _of(self, name: str) -> list[FacetValue]:
        """The values of a column; one query for the names of records."""
        counts = self._columns.counts(name, self._kept.all_but(name))
        none = counts.pop(None, 0) + counts.pop("", 0)
        asked = {choice.value for choice in self._kept.asked.get(name, ())}
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
        asked = [self._kept.asked.get(name) for name in YEARS]
        found = []
        for first, count in self._columns.decades(self._kept.all_but("decade")).items():
            query = self._with({"year_from": str(first), "year_to": str(first + 9)})
            label = _("%(decade)ss") % {"decade": first}
            found.append(FacetValue(str(first), label, count, query, asked[:2] == [first, first + 9]))
        if self._kept.undated:
            query = self._with({"undated": "only"})
            found.append(FacetValue(UNKNOWN, _("without a date"), self._kept.undated, query, asked[2] == "only"))
        return [value for value in found if value.count]

    def _with(self, values: Mapping[str, str]) -> str:
        """The question with these values alone in the place of what their facet asks for now, as a query string."""
        others = self._without(YEARS if set(values) & set(YEARS) else tuple(values))
        return f"{others}&{urlencode(values)}" if others else urlencode(values)

    def _without(self, names: tuple[str, ...]) -> str:
        """The question without some parameters, as a query string; hundreds of values ask for the same."""
        if names not in self._others:
            query = QueryDict(self.question.query_string, mutable=True)
            for name in names:
                query.pop(name, None)
            self._others[names] = query.urlencode()
        return self._others[names]
