"""What can be asked of countries, organisations, people and equipment."""

from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import COMPANY_KINDS, Category, OrganisationKind
from armsdb.models import Country, Equipment, Organisation, Person

from .base import StrictFilterSet
from .fields import RecordFilter, WordFilter


class EntityFilterSet(StrictFilterSet):
    ORDERINGS = {"name": ["name"], "updated": ["updated"]}
    DEFAULT_ORDERING = "name"


class CountryFilterSet(EntityFilterSet):
    NOUN = _("Countries")

    class Meta(EntityFilterSet.Meta):
        model = Country


class OrganisationFilterSet(EntityFilterSet):
    NOUN = _("Organisations")

    kind = WordFilter(
        paths=["kind"],
        choices=OrganisationKind,
        label=_("Kind"),
        phrase=_(", kind %s"),
        help_text=_("What kind of body it is."),
    )
    country = RecordFilter(
        paths=["country"],
        model=Country,
        unknown=_("no country that is told"),
        label=_("Country"),
        phrase=_(" of %s"),
        help_text=_("Where it is seated or whose it is: id, ISO 3166 code or any known name; “unknown” for none."),
    )

    class Meta(EntityFilterSet.Meta):
        model = Organisation


class CompanyFilterSet(OrganisationFilterSet):
    NOUN = _("Companies")

    kind = WordFilter(
        paths=["kind"],
        choices=OrganisationKind,
        among=COMPANY_KINDS,
        label=_("Kind"),
        phrase=_(", kind %s"),
        help_text=_("What kind of company it is."),
    )


class PersonFilterSet(EntityFilterSet):
    NOUN = _("People")

    class Meta(EntityFilterSet.Meta):
        model = Person


class EquipmentFilterSet(EntityFilterSet):
    NOUN = _("Equipment")

    category = WordFilter(
        paths=["category"],
        choices=Category,
        unknown=True,
        label=_("Category"),
        phrase=_(", category %s"),
        help_text=_("Category of the UN Register, or ours where the Register has none; “unknown” for none."),
    )

    class Meta(EntityFilterSet.Meta):
        model = Equipment
