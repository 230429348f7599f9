"""How many published facts have to do with an entity, and where they are listed."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.filters import (
    EventFilterSet,
    FigureFilterSet,
    OwnershipFilterSet,
    RoleFilterSet,
    SanctionFilterSet,
    StrictFilterSet,
    TransferFilterSet,
)
from armsdb.models import Fact, Transfer
from armsdb.models.column_rows import RECORDS
from armsdb.models.columns import columns
from armsdb.models.parties import seen_by

from .records import RecordShape
from .references import collection_path
from .shapes import Shape

FACTS: tuple[type[StrictFilterSet], ...] = (
    TransferFilterSet,
    FigureFilterSet,
    SanctionFilterSet,
    EventFilterSet,
    OwnershipFilterSet,
    RoleFilterSet,
)
#: What can be counted beside all facts of a kind: key, FilterSet, its parameter.
SIDES = (("supplied", TransferFilterSet, "supplier"), ("received", TransferFilterSet, "recipient"))


class FactCountShape(Shape):
    """How many facts, and the address that lists them."""

    count = serializers.IntegerField(help_text=_("How many there are."))
    url = serializers.URLField(help_text=_("The address in this API that lists them."))


class CountedShape(RecordShape):
    """A record with the counts of its facts."""

    #: The parameter by which lists of facts are asked for this kind, and whether as supplier and recipient too.
    parameter: ClassVar[str]
    sides: ClassVar[bool] = False

    facts = serializers.DictField(
        child=FactCountShape(), help_text=_("How many published facts there are on it, by kind, and where they are.")
    )

    @classmethod
    def gathered(cls, records: list[Any]) -> dict[str, Any]:
        return {"facts": fact_counts(records, cls.parameter, sides=cls.sides)}

    def read_facts(self, record: Any) -> dict[str, Any]:
        counts = self.context["facts"][record.pk]
        return {key: {"count": count, "url": self.site + path} for key, (count, path) in counts.items()}


def fact_counts(records: Collection[Any], parameter: str, *, sides: bool = False) -> dict[int, dict[str, Any]]:
    """For each record the counts of its facts by kind, each with the path of its list.

    A list counts what its FilterSet answers to `parameter`; kinds that cannot be asked by it are left out.
    The number of queries is the same for every number of records.
    """
    asked = [(kind.COLLECTION, filterset, parameter) for filterset in FACTS for kind in [filterset._meta.model]]
    asked = asked[:1] + (list(SIDES) if sides else []) + asked[1:]
    found: dict[int, dict[str, Any]] = {record.pk: {} for record in records}
    for key, filterset, name in asked:
        if name not in filterset.base_filters:
            continue
        kind = filterset._meta.model
        counts = _counts(kind, filterset.base_filters[name].paths, list(found))
        for record in records:
            path = f"{collection_path(kind.COLLECTION)}?{name}={record.public_id}"
            found[record.pk][key] = (counts.get(record.pk, 0), path)
    return found


def _counts(kind: type[Fact], paths: Collection[str], keys: Collection[int]) -> Mapping[int, int]:
    """How many published facts reach each of these records by any of these paths, each fact once."""
    if kind is Transfer and set(paths) <= set(RECORDS):
        return columns().counts_of_either(list(paths))
    facts = kind.objects.published().order_by()
    if len(paths) == 1 or (len(paths) == 2 and not any("__" in path for path in paths)):
        return _column_counts(facts, list(paths), keys)
    pairs = [facts.filter(Q(**{f"{path}__in": keys}) & seen_by(path)).values_list(path, "pk") for path in paths]
    return Counter(record for record, _ in pairs[0].union(*pairs[1:]))


def _column_counts(facts: Any, paths: list[str], keys: Collection[int]) -> Counter[int]:
    """The same where one or two columns tell: counted by the database, what stands in both taken off once."""
    counts: Counter[int] = Counter()
    for path in paths:
        reached = facts.filter(Q(**{f"{path}__in": keys}) & seen_by(path))
        grouped = reached.values_list(path).annotate(facts=Count("pk", distinct=True))
        counts.update(dict(grouped))
    if len(paths) == 2:
        first, second = paths
        both = facts.filter(**{f"{first}__in": keys, first: F(second)})
        counts.subtract(dict(both.values_list(first).annotate(facts=Count("pk"))))
    return counts
