"""How many of the transfers that answer a question have each value."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from armsdb.filters import TransferFilterSet
from armsdb.filters.facets import Facets

from .base import ApiView
from .pages import site
from .parameters import filter_parameters
from .references import collection_path
from .shapes import LikeField, Shape
from .transfers import TransferViewSet, transfers_asked


class FacetValueShape(Shape):
    """One value of a facet."""

    value = serializers.CharField(help_text=_("The value as a parameter has it; “unknown” for none."))
    label = serializers.CharField(  # type: ignore[assignment]  # a key of the answer; DRF takes it off the class
        help_text=_("The value as readers call it.")
    )
    count = serializers.IntegerField(help_text=_("How many transfers the address lists."))
    url = serializers.URLField(help_text=_("The list of the same question with this value."))


class FacetsMetaShape(Shape):
    """What the answer is, and what it leaves out."""

    data_version = serializers.CharField(help_text=_("Changes whenever anything changes that the answer tells of."))
    left_out = serializers.DictField(
        child=serializers.IntegerField(), help_text=_("How many rows the question leaves out, and for want of what.")
    )
    like = LikeField()


class FacetsShape(Shape):
    """The facets of a question."""

    count = serializers.IntegerField(help_text=_("How many transfers answer the question."))
    meta = FacetsMetaShape(help_text=_("What the answer is."))
    facets = serializers.DictField(
        child=FacetValueShape(many=True),
        help_text=_("The values of each facet that occur, the most frequent first and decades in their order."),
    )


class FacetsView(ApiView):
    """How many of the transfers that answer a question have each value: suppliers, categories, decades and more.

    The question's own condition on a facet does not count in it, so that its other values can be seen. A transfer that
    may fall in several decades counts in each.
    """

    shape = FacetsShape
    types = TransferViewSet.types
    parameters = tuple(filter_parameters(TransferFilterSet))

    def get(self, request: Request) -> Response:
        question = transfers_asked(request, own=("format",))
        facets = Facets(question)
        address = site(request) + collection_path("transfers")
        return Response(
            {
                "count": question.answer.count(),
                "meta": {
                    "data_version": str(question.memory.newest(self.types)),
                    "left_out": question.left_out,
                    "like": question.likes,
                },
                "facets": {
                    name: [
                        {"value": one.value, "label": one.label, "count": one.count, "url": f"{address}?{one.query}"}
                        for one in values
                    ]
                    for name, values in facets.values().items()
                },
            }
        )
