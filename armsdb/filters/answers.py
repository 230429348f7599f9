"""What answers a question: how many rows, and the keys of a part of them; the rows are read by who shows them."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property

from armsdb.models import Fact

#: Keys that are read from the database together.
_CHUNK = 20_000


class Answer:
    """The rows that answer a question, counted and sliced without being read."""

    def __init__(self, question: Any, *, passed_on: bool = False) -> None:
        self.question = question
        self.passed_on = passed_on
        self._columns = question.ORDERINGS.get(question.ordering.removeprefix("-"), [])
        self._told: dict[int, list[Any]] = {}

    @cached_property
    def rows(self) -> QuerySet:
        """The rows; with `passed_on` those that may be passed on as a whole."""
        rows: Any = self.question.rows
        return rows.to_pass_on() if self.passed_on else rows

    def count(self) -> int:
        """How many rows answer."""
        return int(self.rows.count())

    def datasets(self) -> list[int]:
        """The keys of the datasets that they, being facts, are of."""
        return list(self.rows.order_by().values_list("dataset", flat=True).distinct())

    def __getitem__(self, bounds: slice) -> list[int]:
        """The keys of some of them, in the order asked for."""
        return self._keys(self.rows.values_list("pk", *self._columns)[bounds])

    def all(self) -> Sequence[int]:
        """The keys of all of them, in the order asked for; they take eight bytes each."""
        return array("q", self.rows.values_list("pk", flat=True).iterator(chunk_size=_CHUNK))

    def by_dataset(self) -> Mapping[int, int]:
        """How many there are of each dataset, by its key, of a question about facts; empty for other kinds."""
        if not issubclass(self.rows.model, Fact):
            return {}
        counted = self.rows.order_by().values_list("dataset").annotate(number=Count("pk", distinct=True))
        return dict(counted)

    def after(self, last: Sequence[Any], number: int) -> list[int]:
        """The keys of so many rows at most that come after one, of which this is what the rows are ordered by."""
        found: list[tuple[Any, ...]] = []
        for part, order in self._behind([*self._columns, "id"], last):
            if len(found) < number:
                rows = self.rows.filter(part).order_by(*order)
                found += rows.values_list("pk", *self._columns)[: number - len(found)]
        return self._keys(found)

    def _keys(self, rows: Any) -> list[int]:
        self._told = {key: values for key, *values in rows}
        return list(self._told)

    def ordered_by(self, key: int) -> Sequence[Any]:
        """What a row of the part that was read last was ordered by, but for its key."""
        return self._told[key]

    def _behind(self, columns: Sequence[str], values: Sequence[Any]) -> Iterator[tuple[Q, list[Any]]]:
        """The rows behind one with these values, in parts that follow each other, each of which an index has in order.

        What has no value stands last in both directions.
        """
        (column, *others), (value, *rest) = columns, values
        descending = self.question.ordering.startswith("-")
        none = Q(**{f"{column}__isnull": True})
        if others:
            same = none if value is None else Q(**{column: value})
            yield from ((same & part, order) for part, order in self._behind(others, rest))
        if value is not None:
            order = [self.question.ordered(other, descending) for other in others]
            yield (
                Q(**{f"{column}__{'lt' if descending else 'gt'}": value}),
                [("-" if descending else "") + column, *order],
            )
            if self.rows.model._meta.get_field(column).null:
                yield none, order

    def held_back(self) -> int:
        """How many rows may not be passed on as a whole."""
        return int(self.question.rows.not_to_pass_on().count())
