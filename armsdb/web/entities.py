"""What the pages of every kind of entity have in common."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.models import Country, Entity, Equipment, Organisation, Person
from armsdb.models.profiles import Profile

from .passages import Passages

#: Each collection as a path begins with it: its words, and the name of its list.
_LISTS: dict[str, tuple[Any, str]] = {
    "countries": (gettext_lazy("Countries"), "country_list"),
    "companies": (gettext_lazy("Companies"), "company_list"),
    "organisations": (gettext_lazy("Organisations"), "organisation_list"),
    "people": (gettext_lazy("People"), "person_list"),
    "equipment": (gettext_lazy("Equipment"), "equipment_list"),
}


def entity_page(entity: Entity, profile: Profile) -> dict[str, Any]:
    """The title, the path above it and the profile of an entity, which was fetched `with_names()`."""
    words, address = _LISTS[entity.collection]
    for fact in profile.own_facts:
        Passages(fact)  # gives their citations what each says differently
    return {
        "title": _("%(name)s (%(kind)s)") % {"name": entity.name, "kind": _kind_of(entity)},
        "description": entity.summary,
        "trail": [{"label": words, "url": reverse(address)}],
        "profile": profile,
    }


def _kind_of(entity: Entity) -> Any:
    if isinstance(entity, Organisation):
        return entity.get_kind_display()
    return {Country: _("country"), Person: _("person"), Equipment: _("equipment")}[type(entity)]
