"""What answers a question: how many rows, and the keys of a part of them; the rows are read by who shows them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q


class Answer:
    """The rows that answer a question, counted and sliced without being read."""

    def __init__(self, question: Any, *, passed_on: bool = False) -> None:
        self.question = question
        #: The rows; with `passed_on` those that may be passed on as a whole.
        self.rows = question.rows.to_pass_on() if passed_on else question.rows
        self._columns = question.ORDERINGS.get(question.ordering.removeprefix("-"), [])
        self._told: dict[int, list[Any]] = {}

    def count(self) -> int:
        """How many rows answer."""
        return int(self.rows.count())

    def datasets(self) -> Iterable[int]:
        """The keys of the datasets that they, being facts, are of, for a question about datasets."""
        keys: Iterable[int] = self.rows.order_by().values("dataset")
        return keys

    def __getitem__(self, bounds: slice) -> list[int]:
        """The keys of some of them, in the order asked for."""
        return self._keys(self.rows.values_list("pk", *self._columns)[bounds])

    def after(self, last: Sequence[Any], number: int) -> list[int]:
        """The keys of so many rows at most that come after one, of which this is what the rows are ordered by."""
        rows = self.rows.filter(self._after([*self._columns, "id"], last))
        return self._keys(rows.values_list("pk", *self._columns)[:number])

    def _keys(self, rows: Any) -> list[int]:
        self._told = {key: values for key, *values in rows}
        return list(self._told)

    def ordered_by(self, key: int) -> Sequence[Any]:
        """What a row of the part that was read last was ordered by, but for its key."""
        return self._told[key]

    def _after(self, columns: Sequence[str], values: Sequence[Any]) -> Q:
        """The rows behind one with these values, column by column; what has no value stands last in both directions."""
        column, value = columns[0], values[0]
        if value is None:
            return Q(**{f"{column}__isnull": True}) & self._after(columns[1:], values[1:])
        behind = Q(**{f"{column}__{'lt' if self.question.ordering.startswith('-') else 'gt'}": value})
        if len(columns) == 1:
            return behind
        behind |= Q(**{f"{column}__isnull": True})
        return behind | (Q(**{column: value}) & self._after(columns[1:], values[1:]))

    def held_back(self) -> int:
        """How many rows may not be passed on as a whole."""
        return int(self.question.rows.not_to_pass_on().count())
