"""What all questions of a kind share: their fields and their form are made once, and their filters copied lightly."""

from collections import OrderedDict
from functools import cache
from typing import Any

from .forms import StrictForm


class Filters(OrderedDict[str, Any]):
    """The filters of a FilterSet, copied for each question as they are: a deep copy takes longer than the answer."""

    def __deepcopy__(self, memo: Any) -> "Filters":
        return Filters((name, _copied(one)) for name, one in self.items())


class _Fields(dict[str, Any]):
    """The fields of a form, which all questions of a kind share: nothing about one question is kept in them."""

    def __deepcopy__(self, memo: Any) -> dict[str, Any]:
        return dict(self)


def _copied(one: Any) -> Any:
    kind: Any = type(one)
    made = kind.__new__(kind)
    made.__dict__.update(one.__dict__)
    return made


@cache
def form_class(filterset: Any) -> type[StrictForm]:
    """The form of all questions of a kind, by its FilterSet."""
    fields = {name: one.field for name, one in filterset.base_filters.items()}
    form: Any = type(f"{filterset.__name__}Form", (filterset._meta.form,), fields)
    form.base_fields = _Fields(form.base_fields)
    made: type[StrictForm] = form
    return made
