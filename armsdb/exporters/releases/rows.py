"""What a release holds: the rows of each kind that may be passed on, by id, and how many are withheld."""

from array import array
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Count
from django.db.models.functions import Collate

from armsdb.lib.vocab import Terms
from armsdb.models import CITABLE, Citation, Dataset, Fact

#: How both engines order ids by their bytes.
_BYTES = {"sqlite": "BINARY", "postgresql": "C"}


def _shown(model: Any) -> Any:
    return Citation.objects.of_published_facts() if model is Citation else model.objects.published()


def number_of(model: Any) -> int:
    """How many rows a table has to have."""
    return int(_shown(model).to_pass_on().count())


def keys_of(model: Any) -> Sequence[int]:
    """The keys of the rows of a table, eight bytes each."""
    rows = _shown(model).to_pass_on().order_by(Collate("public_id", _BYTES[connection.vendor]))
    return array("q", rows.values_list("pk", flat=True).iterator(chunk_size=10_000))


def by_dataset(model: Any) -> dict[Dataset, int]:
    """How many published rows each dataset has in a table; empty for tables that are our own."""
    if issubclass(model, Fact):
        counted = _counted(_shown(model), "dataset")
    elif model is Citation:
        counted = {}
        for kind in CITABLE:
            for key, number in _counted(_shown(model).exclude(**{kind: None}), f"{kind}__dataset").items():
                counted[key] = counted.get(key, 0) + number
    else:
        return {}
    datasets = Dataset.objects.filter(pk__in=counted).select_related("publisher").order_by("public_id")
    return {one: counted[one.pk] for one in datasets}


def _counted(rows: Any, path: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(path).annotate(number=Count("pk")))


def may_be_passed_on(dataset: Dataset) -> bool:
    """Whether a dataset's rows are in a release."""
    return dataset.terms == Terms.OPEN
