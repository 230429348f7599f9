"""Ownership: which organisation another one belongs to."""

from armsdb.filters import OwnershipFilterSet
from armsdb.models import Ownership

from .facts import HEAD, TAIL, FactShape, FactViewSet


class OwnershipShape(FactShape):
    """A parent, a child, the share in per cent, the time."""

    joins = ("dataset", "parent", "child")

    class Meta:
        model = Ownership
        fields = [*HEAD, "parent", "child", "share", "period", *TAIL]


class OwnershipViewSet(FactViewSet):
    """Ownerships: which organisation another one belongs to, and how much of it."""

    shape = OwnershipShape
    filterset = OwnershipFilterSet
    types = (*FactViewSet.types, "ownership")
