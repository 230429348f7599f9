"""People, in their public roles."""

from armsdb.filters import PersonFilterSet
from armsdb.models import Person

from .entities import TAIL, EntityShape, EntityViewSet
from .records import RECORD


class PersonShape(EntityShape):
    """Somebody who is named in a public role."""

    parameter = "person"

    class Meta:
        model = Person
        fields = [*RECORD, *TAIL]


class PersonViewSet(EntityViewSet):
    """People, in their public roles."""

    shape = PersonShape
    filterset = PersonFilterSet
    types = (*EntityViewSet.types, "person")
