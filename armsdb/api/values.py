"""Values that are more than one JSON value: vague dates, numbers and sums of money."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from armsdb.lib.vocab import ValueBasis

from .shapes import Shape


class ValueShape(Shape):
    """A value of `lib`, which gives the API's form of itself."""

    def to_representation(self, instance: Any) -> Any:
        return instance.as_api()


class DateShape(ValueShape):
    """A date as far as it is known; where nothing is known of it, null stands in its place."""

    edtf = serializers.CharField(help_text=_("The date in EDTF, ISO 8601-2."))
    earliest = serializers.DateField(allow_null=True, help_text=_("First day that it can mean; null where it is open."))
    latest = serializers.DateField(allow_null=True, help_text=_("Last day that it can mean; null where it is open."))
    text = serializers.CharField(allow_null=True, help_text=_("The date in words, as a reader is told."))


class NumberShape(ValueShape):
    """A number as far as it is known.

    Exact: low = high. About: low = high, approximate. At least: low alone. Up to: high alone. Words without a number:
    both null, and the words in `text`.
    """

    low = serializers.FloatField(allow_null=True, help_text=_("At least so many."))
    high = serializers.FloatField(allow_null=True, help_text=_("At most so many."))
    approximate = serializers.BooleanField(help_text=_("Whether the source hedges the number."))
    text = serializers.CharField(allow_null=True, help_text=_("The number in words."))


class MoneyShape(ValueShape):
    """A sum of money as far as it is known; its bounds are decimal text, which no reader rounds."""

    low = serializers.CharField(allow_null=True, help_text=_("At least so much, with two decimals."))
    high = serializers.CharField(allow_null=True, help_text=_("At most so much, with two decimals."))
    approximate = serializers.BooleanField(help_text=_("Whether the source hedges the sum."))
    currency = serializers.CharField(help_text=_("ISO 4217 code."))
    basis = serializers.ChoiceField(
        choices=ValueBasis.choices,
        allow_null=True,
        help_text=_("What the sum stands for; null where that is not stated."),
    )
    text = serializers.CharField(allow_null=True, help_text=_("The sum in words."))


def decimal_text(value: Decimal | None) -> str | None:
    """A decimal as text with two decimals, which no reader rounds."""
    return None if value is None else f"{value:.2f}"
