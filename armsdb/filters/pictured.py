"""The numbers behind pictures: how many of the transfers that answer a question stand at each time, with each country
or of each category, dataset by dataset. They are counted in memory; records are named by a query a kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from django.http import QueryDict
from django.utils.translation import gettext as _

from armsdb.charts.bars import folded
from armsdb.lib.vocab import Category, State
from armsdb.models import Country, Dataset, Transfer
from armsdb.models.tallied import AtTime, ByTime, Flow, Flows, Share, Shares
from armsdb.models.tallies import Groups, tally

from .fields import UNKNOWN
from .transfers import TransferFilterSet


def asked(query: QueryDict) -> TransferFilterSet:
    """A question about transfers."""
    return TransferFilterSet(query, queryset=Transfer.objects.published())


def narrowed(question: TransferFilterSet, **values: str | None) -> QueryDict:
    """The query of a question in which each of these parameters has one value alone; None takes it out."""
    query = QueryDict(question.query_string, mutable=True)
    for name, value in values.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return query


#: The sides of a transfer.
SIDES = ("supplier", "recipient")


def with_most(question: TransferFilterSet, number: int, *sides: str) -> list[Country]:
    """The countries with most of the transfers that answer, on these sides or on either; one query."""
    counts: dict[int, int] = {}
    for side in sides or SIDES:
        for pk, found in question.columns.counts(side, question.kept.all).items():
            if pk is not None:
                counts[pk] = counts.get(pk, 0) + found
    first = sorted(counts, key=lambda pk: (-counts[pk], pk))[:number]
    countries = Country.objects.published().filter(pk__in=first)
    return sorted(countries, key=lambda country: first.index(country.pk))


def by_time(question: TransferFilterSet) -> list[ByTime]:
    """The transfers that answer by the year of their delivery, else of their order, else of talks; by dataset."""
    found: dict[int, dict[Any, AtTime]] = {}
    for (dataset, time, kind, grade), number in _tally(question, "dataset", "time", "kind", "evidence").items():
        row = found.setdefault(dataset, {}).setdefault(time, AtTime(time=time))
        row.add("" if time == (None, None) else kind, grade, number)
    return [ByTime(dataset, sorted(found[dataset.pk].values(), key=_when)) for dataset in _datasets(found)]


def _when(row: AtTime) -> tuple[bool, int, str]:
    """By year, then what has several by its words, as no two orders of codes in memory change a picture."""
    year, span = row.time
    return year is None, year or 0, span or ""


def shares(question: TransferFilterSet, name: str) -> list[Shares]:
    """The transfers that answer by one column, a side or the category; by dataset."""
    counted = list(_tally(question, "dataset", name, "evidence").items())
    known = _shares(name, {value for (_dataset, value, _grade), _number in counted})
    found: dict[int, dict[Any, Share]] = {}
    for (dataset, value, grade), number in counted:
        told = known[value]
        row = found.setdefault(dataset, {}).setdefault(value, replace(told, cells={}))
        row.add("", grade, number)
    return [Shares(dataset, sorted(found[dataset.pk].values(), key=_rank), name) for dataset in _datasets(found)]


def flows(question: TransferFilterSet, most: int, first: int) -> list[Flows]:
    """The transfers that answer by the countries on both sides; by dataset.

    Of each side so many countries with most transfers, the others as one; and so many of the first pairs.
    """
    counted = _tally(question, "dataset", "supplier", "recipient", "evidence")
    known = _shares("supplier", {*counted.values["supplier"], *counted.values["recipient"]})
    datasets = {dataset for (dataset,), _number in counted.by("dataset").items()}
    return [_flows(counted.having("dataset", one.pk), one, known, most, first) for one in _datasets(datasets)]


def _flows(counted: Groups, dataset: Any, known: Mapping[Any, Share], most: int, first: int) -> Flows:
    drawn, sides = counted, {}
    for side in ("supplier", "recipient"):
        sides[side], places = _side(counted, side, known, most)
        drawn = drawn.mapped(side, places, sides[side])
    pairs = counted.by("supplier", "recipient")
    most_first = np.argsort(-pairs.numbers, kind="stable")[:first]
    among = np.isin(counted.joined("supplier", "recipient"), pairs.joined("supplier", "recipient")[most_first])
    told: dict[Any, Flow] = {}
    for (supplier, recipient, grade), number in counted.where(among).by("supplier", "recipient", "evidence").items():
        flow = told.setdefault((supplier, recipient), Flow(supplier=known[supplier], recipient=known[recipient]))
        flow.add("", grade, number)
    return Flows(
        dataset,
        suppliers=sides["supplier"],
        recipients=sides["recipient"],
        rows=_between(drawn),
        first=sorted(told.values(), key=lambda flow: (-flow.number, flow.supplier.label, flow.recipient.label)),
        pairs=len(pairs.numbers),
    )


def _side(counted: Groups, side: str, known: Mapping[Any, Share], most: int) -> tuple[list[Share], Any]:
    """The countries of a side as they are drawn, and the place among them of each code."""
    rows: dict[Any, Share] = {}
    for (value, grade), number in counted.by(side, "evidence").items():
        rows.setdefault(value, replace(known[value], cells={})).add("", grade, number)
    ranked = sorted(rows.items(), key=lambda item: _rank(item[1]))
    shown, others, unknown = folded([row for _value, row in ranked], most)
    nodes = [*shown, *([others] if others else []), *unknown]
    place = {id(node): at for at, node in enumerate(nodes)}
    rest = len(shown)
    places = np.array([place.get(id(rows.get(value)), rest) for value in counted.values[side]], dtype=np.int64)
    return nodes, places


def _between(drawn: Groups) -> list[Flow]:
    """The flows between countries as they are drawn."""
    found: dict[tuple[int, int], Flow] = {}
    for (supplier, recipient, grade), number in drawn.by("supplier", "recipient", "evidence").items():
        flow = found.setdefault((id(supplier), id(recipient)), Flow(supplier=supplier, recipient=recipient))
        flow.add("", grade, number)
    return list(found.values())


def pairs(question: TransferFilterSet) -> Iterator[tuple[Any, str, str, str, int]]:
    """Every pair of countries by grade: the dataset, both ids, the grade, how many."""
    counted = _tally(question, "dataset", "supplier", "recipient", "evidence")
    known = _shares("supplier", {*counted.values["supplier"], *counted.values["recipient"]})
    datasets = {one.pk: one for one in _datasets(counted.values["dataset"])}
    for (dataset, supplier, recipient, grade), number in counted.items():
        yield datasets[dataset], known[supplier].value, known[recipient].value, grade, number


def _tally(question: TransferFilterSet, *names: str) -> Groups:
    return tally(question.columns, question.kept.all, *names)


def _datasets(keys: Iterable[int]) -> list[Any]:
    """The datasets with these keys, by name."""
    return list(Dataset.objects.filter(pk__in=keys).select_related("publisher").order_by("name", "pk"))


def _shares(name: str, values: set[Any]) -> Mapping[Any, Share]:
    """The values of a column as addresses have them and as readers call them."""
    unknown = Share(value=UNKNOWN, label=_("no country told"), is_known=False)
    if name == "category":
        unknown = Share(value=UNKNOWN, label=_("category not known"), is_known=False)
        return {value: Share(value=value, label=str(Category(value).label)) if value else unknown for value in values}
    countries = Country.objects.filter(state=State.PUBLISHED, pk__in=values - {None})
    named = {
        pk: Share(value=value, label=label) for pk, value, label in countries.values_list("pk", "public_id", "name")
    }
    return {value: named.get(value, unknown) for value in values}


def _rank(row: Share) -> tuple[bool, int, str]:
    return not row.is_known, -row.number, row.label
