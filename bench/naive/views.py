"""The questions as one asks them of the ORM when nobody counts: joins, nested rows, a count for every page."""

import csv
from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.http import StreamingHttpResponse
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from armsdb.models import Citation, Country, Delivery, Equipment, Organisation, Source, Transfer, TransferCompany
from bench.best import FACETS

_COLUMNS = (
    "public_id",
    "name",
    "supplier__name",
    "recipient__name",
    "equipment__name",
    "category",
    "nature",
    "status",
    "ordered_edtf",
    "delivered_edtf",
    "value_low",
    "value_high",
    "value_currency",
    "comment",
    "evidence",
    "evidence_reason",
)


def _named(model: Any) -> type[serializers.ModelSerializer]:
    """A serializer of a record that others name."""
    meta = type("Meta", (), {"model": model, "fields": ["public_id", "name"]})
    return type(f"{model.__name__}Name", (serializers.ModelSerializer,), {"Meta": meta})


CountryName, OrganisationName, EquipmentName = map(_named, (Country, Organisation, Equipment))


class SourceSerializer(serializers.ModelSerializer):
    publisher = OrganisationName()

    class Meta:
        model = Source
        fields = ["public_id", "name", "publisher"]


class CitationSerializer(serializers.ModelSerializer):
    source = SourceSerializer()
    quotes = SourceSerializer()

    class Meta:
        model = Citation
        fields = ["public_id", "source", "quotes", "locator", "stance", "basis", "interested", "reported", "note"]


class CompanySerializer(serializers.ModelSerializer):
    company = OrganisationName()

    class Meta:
        model = TransferCompany
        fields = ["role", "company"]


class DeliverySerializer(serializers.ModelSerializer):
    class Meta:
        model = Delivery
        fields = "__all__"


class TransferSerializer(serializers.ModelSerializer):
    supplier = CountryName()
    recipient = CountryName()
    supplier_organisation = OrganisationName()
    recipient_organisation = OrganisationName()
    equipment = EquipmentName()
    citations = CitationSerializer(many=True)
    company_rows = CompanySerializer(many=True)
    deliveries = DeliverySerializer(many=True)

    class Meta:
        model = Transfer
        exclude = ["fingerprint", "import_run"]


def in_years(rows: QuerySet, first: int, last: int) -> QuerySet:
    """Lines of which a date may fall in the years."""
    found = Q()
    for name in ("delivered", "ordered", "talked"):
        begins = Q(**{f"{name}_earliest__isnull": True}) | Q(**{f"{name}_earliest__year__lte": last})
        ends = Q(**{f"{name}_latest__isnull": True}) | Q(**{f"{name}_latest__year__gte": first})
        found |= ~Q(**{f"{name}_edtf": ""}) & begins & ends
    return rows.filter(found)


class TransferFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="comment", lookup_expr="icontains")
    years = django_filters.CharFilter(method="of_years")

    class Meta:
        model = Transfer
        fields = ["supplier", "recipient", "category", "status", "nature", "evidence", "company_rows__company"]

    def of_years(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        first, last = value.split("-")
        return in_years(rows, int(first), int(last))


class TransferList(generics.ListAPIView):
    queryset = (
        Transfer.objects.filter(state="published")
        .select_related("supplier", "recipient", "supplier_organisation", "recipient_organisation", "equipment")
        .prefetch_related("citations__source__publisher", "citations__quotes__publisher", "company_rows__company")
        .prefetch_related("deliveries")
    )
    serializer_class = TransferSerializer
    filterset_class = TransferFilter
    ordering_fields = ["name", "value_low"]


class TransferDetail(generics.RetrieveAPIView):
    queryset = TransferList.queryset
    serializer_class = TransferSerializer
    lookup_field = "public_id"


class FilteredView(APIView):
    def rows(self, request: Request) -> QuerySet:
        return TransferFilter(request.query_params, Transfer.objects.filter(state="published")).qs.order_by()


class Facets(FilteredView):
    def get(self, request: Request) -> Response:
        rows = self.rows(request)
        told = {name: list(rows.values(name).annotate(times=Count("pk")).order_by("-times")) for name in FACETS}
        return Response({"count": rows.count(), "facets": told})


class Totals(FilteredView):
    def get(self, request: Request) -> Response:
        years = self.rows(request).annotate(year=ExtractYear("when_earliest"))
        sums = {"lines": Count("pk"), "value": Sum("value_low"), "tiv": Sum("tiv_delivered")}
        told = list(years.values("dataset__name", "year", "supplier__name").annotate(**sums))
        return Response({"count": sum(row["lines"] for row in told), "results": told})


class Suggest(APIView):
    def get(self, request: Request) -> Response:
        prefix = request.query_params["q"]
        found = [
            row
            for kind in (Country, Organisation, Equipment)
            for row in kind.objects.filter(Q(name__istartswith=prefix) | Q(aliases__name__istartswith=prefix))
            .distinct()
            .values("public_id", "name")[:10]
        ]
        return Response({"count": len(found[:10]), "results": found[:10]})


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


class Table(FilteredView):
    def get(self, request: Request) -> StreamingHttpResponse:
        rows = self.rows(request).values_list(*_COLUMNS)
        return StreamingHttpResponse(self._lines(rows), content_type="text/csv")

    @staticmethod
    def _lines(rows: QuerySet) -> Iterator[str]:
        write = csv.writer(_Echo()).writerow
        yield write(_COLUMNS)
        yield from (write(row) for row in rows.iterator())
