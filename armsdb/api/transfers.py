"""Transfers: one line of a trade register each."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from armsdb.filters import Problem, TransferFilterSet
from armsdb.models import Deal, Delivery, Transfer, TransferCompany
from armsdb.models.plans import TRANSFERS
from armsdb.models.reading import beside

from .base import refuse, unknown_parameters
from .by_column import Maker
from .facts import HEAD, TAIL, FactShape, FactViewSet
from .records import ModelShape
from .references import FactReferenceShape
from .shapes import Shape
from .transfer_columns import MADE, NEEDS
from .values import decimal_text


class TransferCompanyShape(ModelShape):
    """A company that takes part in a transfer, and how."""

    class Meta:
        model = TransferCompany
        fields = ["role", "company"]


class DeliveryShape(ModelShape):
    """A part of a transfer with its own date and number, where a register tells the parts apart."""

    tiv = serializers.CharField(allow_null=True, help_text=_("SIPRI TIV of this part, in millions, as decimal text."))

    class Meta:
        model = Delivery
        fields = ["date", "quantity", "tiv"]

    def read_tiv(self, delivery: Delivery) -> str | None:
        return decimal_text(delivery.tiv)


class TivShape(Shape):
    """SIPRI trend-indicator values in millions, as decimal text."""

    unit = serializers.CharField(allow_null=True, help_text=_("Of one."))
    ordered = serializers.CharField(allow_null=True, help_text=_("Of what was ordered."))
    delivered = serializers.CharField(allow_null=True, help_text=_("Of what was delivered."))

    def to_representation(self, values: dict[str, Any]) -> dict[str, Any]:
        return {name: decimal_text(value) for name, value in values.items()}


class DealShape(ModelShape):
    """What several lines of a register have in common."""

    id = serializers.CharField(source="public_id", help_text=_("Public and permanent."))

    class Meta:
        model = Deal
        fields = ["id", "name"]


class TransferShape(FactShape):
    """One line of a trade register: one supplier, one recipient, one equipment designation."""

    deal = DealShape(allow_null=True, help_text=_("The deal that it is part of."))
    companies = TransferCompanyShape(many=True, source="company_rows", help_text=_("The companies in it, with roles."))
    tiv = TivShape(allow_null=True, help_text=_("SIPRI trend-indicator values; null where no register gives one."))
    deliveries = DeliveryShape(many=True, help_text=_("Its parts, where a register tells them apart."))
    returns = FactReferenceShape(
        allow_null=True, help_text=_("The earlier transfer of which this one sends something back.")
    )
    returned_by = FactReferenceShape(many=True, help_text=_("The transfers that send something of this one back."))
    may_overlap = FactReferenceShape(
        many=True, help_text=_("Lines that tell, or may tell, of the same shipment; never add them up.")
    )

    plan = TRANSFERS

    class Meta:
        model = Transfer
        fields = [
            *HEAD,
            "deal",
            "supplier",
            "supplier_organisation",
            "supplier_known",
            "supplier_as_stated",
            "recipient",
            "recipient_organisation",
            "recipient_known",
            "recipient_as_stated",
            "companies",
            "equipment",
            "nature",
            "status",
            "condition",
            "local_production",
            "to_government",
            "counts_as_arms",
            "ordered",
            "delivered",
            "talked",
            "quantity_ordered",
            "quantity_delivered",
            "value",
            "tiv",
            "deliveries",
            "returns",
            "returned_by",
            "may_overlap",
            *TAIL,
        ]

    def read_returned_by(self, transfer: Transfer) -> list[Transfer]:
        return sorted(beside(transfer, "returned_by"), key=lambda other: other.public_id)

    def read_may_overlap(self, transfer: Transfer) -> list[Transfer]:
        others = [row.second for row in beside(transfer, "overlap_rows_as_first")]
        others += [row.first for row in beside(transfer, "overlap_rows_as_second")]
        return sorted(others, key=lambda other: other.pk)


class TransferViewSet(FactViewSet):
    """Transfers: who supplied what to whom, when, through which companies, and how that is known."""

    shape = TransferShape
    filterset = TransferFilterSet
    types = (*FactViewSet.types, "transfer")
    maker = Maker(Transfer, MADE, NEEDS)


def transfers_asked(request: Request, *, own: Sequence[str], problems: Sequence[Problem] = ()) -> TransferFilterSet:
    """The question about transfers of an answer that has no pages; `own` parameters shape it, as `format` does.

    What is not understood is refused, with these problems of its own parameters.
    """
    asked = request.query_params.copy()
    for name in own:
        asked.pop(name, None)
    question = TransferFilterSet(data=asked, queryset=Transfer.objects.published())
    allowed = [*question.filters, *own]
    named = [problem for problem in question.problems if problem.parameter in allowed]
    refuse([*unknown_parameters(request, allowed, question.filters), *problems, *named], allowed)
    return question
