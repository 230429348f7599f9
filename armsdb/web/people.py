"""Pages of people, in their public roles."""

from typing import Any

from django.db.models import QuerySet

from armsdb.filters import PersonFilterSet
from armsdb.models import Person
from armsdb.models.profiles import PersonProfile

from .base import RecordDetail, RecordList
from .entities import entity_page


class PersonList(RecordList):
    """People, with their public roles."""

    filterset = PersonFilterSet
    template = "people/list.html"
    section = "people"

    def rows(self) -> QuerySet:
        return Person.objects.published().with_roles()


class PersonDetail(RecordDetail):
    """One person: public roles, what is told of them, and what they say."""

    template = "people/detail.html"
    section = "people"

    def rows(self) -> QuerySet:
        return Person.objects.with_names()

    def more(self, record: Person) -> dict[str, Any]:
        return entity_page(record, PersonProfile(record, self.draft))
