"""What each of two countries supplied to the other, and the facts about both."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from armsdb.filters.fields import find
from armsdb.lib.vocab import CompanyRole, ValueBasis
from armsdb.models import Country
from armsdb.models.memory import now
from armsdb.models.relations import Relation, Supplied, Worth

from .base import ApiView, lead_to, refuse, unknown_parameters
from .facts import FactViewSet, licences
from .pages import site
from .parameters import path_parameter
from .references import (
    EquipmentReferenceShape,
    FactReferenceShape,
    ReferenceShape,
    SourceReferenceShape,
    collection_path,
)
from .shapes import Shape
from .values import decimal_text


class YearsShape(Shape):
    """The years that any date of these transfers touches."""

    earliest = serializers.IntegerField(help_text=_("The first year."))
    latest = serializers.IntegerField(help_text=_("The last year."))
    open_start = serializers.BooleanField(help_text=_("Whether a date is open before them."))
    open_end = serializers.BooleanField(help_text=_("Whether a date is open after them."))


class EquipmentCountShape(Shape):
    """Equipment, and how many transfers were of it."""

    equipment = EquipmentReferenceShape(help_text=_("What was supplied."))
    transfers = serializers.IntegerField(help_text=_("In how many transfers."))

    def to_representation(self, instance: Any) -> dict[str, Any]:
        equipment, transfers = instance
        return {"equipment": self.fields["equipment"].to_representation(equipment), "transfers": transfers}


class WorthShape(Shape):
    """What transfers of one dataset are said to be worth, in one currency and on one basis.

    Lines that may tell of the same shipment count once in `low` and each in `high`.
    """

    dataset = ReferenceShape(help_text=_("The dataset that the lines came with; datasets are never added up."))
    currency = serializers.CharField(help_text=_("ISO 4217 code."))
    basis = serializers.ChoiceField(
        choices=ValueBasis.choices, allow_null=True, help_text=_("What the sums stand for; null where not stated.")
    )
    low = serializers.CharField(allow_null=True, help_text=_("At least so much; null where no line says."))
    high = serializers.CharField(allow_null=True, help_text=_("At most so much; null where a line has no upper end."))
    transfers = serializers.IntegerField(help_text=_("How many lines give such a value."))

    def read_low(self, worth: Worth) -> str | None:
        return decimal_text(worth.low)

    def read_high(self, worth: Worth) -> str | None:
        return decimal_text(worth.high)


class SuppliedShape(Shape):
    """What one of the two supplied to the other."""

    supplier = ReferenceShape(help_text=_("Who supplied."))
    recipient = ReferenceShape(help_text=_("Who received."))
    transfers = serializers.IntegerField(help_text=_("How many lines there are; lines may overlap."))
    undated = serializers.IntegerField(help_text=_("How many of them have no date."))
    years = YearsShape(allow_null=True, help_text=_("The years that they touch; null where none is dated."))
    equipment = EquipmentCountShape(many=True, help_text=_("What was supplied, most lines first."))
    values = WorthShape(many=True, help_text=_("What they are said to be worth; bases are never added up."))
    evidence = serializers.DictField(
        child=serializers.IntegerField(), help_text=_("How many lines have each grade of evidence.")
    )
    url = serializers.URLField(help_text=_("The address in this API that lists the lines."))

    def read_url(self, supplied: Supplied) -> str:
        sides = {"supplier": supplied.supplier.public_id, "recipient": supplied.recipient.public_id}
        return f"{self.site}{collection_path('transfers')}?{urlencode(sides)}"


class CompanyPartShape(Shape):
    """A company in the transfers between the two."""

    company = ReferenceShape(help_text=_("Which company."))
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=CompanyRole.choices), help_text=_("What it does in them.")
    )
    transfers = serializers.IntegerField(help_text=_("In how many of them."))


class FigureReferenceShape(FactReferenceShape):
    """A reference to a figure, with what is stated."""

    statement = serializers.CharField(help_text=_("What is stated."))

    def more(self, record: Any) -> dict[str, Any]:
        return super().more(record) | {"statement": record.statement}


class RelationMetaShape(Shape):
    """What the answer is."""

    data_version = serializers.CharField(help_text=_("Changes whenever anything changes that the answer tells of."))
    licence = serializers.CharField(help_text=_("The licences of the datasets that it draws on."))

    def read_data_version(self, relation: Relation) -> str:
        return str(now().newest(RelationView.types))

    def read_licence(self, relation: Relation) -> str:
        return licences(relation.all_transfers(), relation.figures(), relation.sanctions(), relation.events())


class RelationShape(Shape):
    """What each of two countries supplied to the other, and what is known about both."""

    countries = ReferenceShape(many=True, help_text=_("The two, in the order asked for."))
    page = serializers.URLField(help_text=_("The address of its page, for people."))
    supplied = SuppliedShape(many=True, help_text=_("From the first to the second, then the other way."))
    companies = CompanyPartShape(many=True, help_text=_("The companies in these transfers, most transfers first."))
    figures = FigureReferenceShape(many=True, help_text=_("Figures that name both; never summed."))
    sanctions = FactReferenceShape(many=True, help_text=_("Sanctions and embargoes that name both."))
    events = FactReferenceShape(many=True, help_text=_("Events with both, or of one in the other's country."))
    sources = SourceReferenceShape(many=True, help_text=_("The documents that all this is drawn from."))
    meta = RelationMetaShape(help_text=_("What the answer is."))

    def read_page(self, relation: Relation) -> str:
        page = Relation.in_order(*relation.countries)
        return self.site + reverse("relation", args=[country.public_id for country in page.countries])

    def read_sources(self, relation: Relation) -> Any:
        return relation.sources()

    def read_meta(self, relation: Relation) -> Relation:
        return relation


class RelationView(ApiView):
    """What each of two countries supplied to the other, with companies, figures, sanctions, events and sources.

    A fact is about both countries when it names each of them: the country itself, one of its organisations, or a
    person who has or had a role in either.
    """

    shape = RelationShape
    types = (*FactViewSet.types, "transfer", "figure", "sanction", "event", "role")
    parameters = (
        path_parameter("first", _("One country: id, ISO 3166 code or any known name."), "russia"),
        path_parameter("second", _("Another country: id, ISO 3166 code or any known name."), "myanmar"),
    )

    def get(self, request: Request, first: str, second: str) -> Response | HttpResponse:
        refuse(unknown_parameters(request, ("format",)))
        found = [find(Country, text) for text in (first, second)]
        if None in found:
            raise Http404(_now("There is no country with this name or id."))
        if found[0] == found[1]:
            raise Http404(_now("A relation is one of two different countries."))
        ids = [country.public_id for country in found]
        if ids != [first, second]:
            return lead_to(request, reverse("api:relation", args=ids))
        shape = RelationShape.ready({"site": site(request)})
        return Response(shape.to_representation(Relation(*found)))
