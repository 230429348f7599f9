"""Sums of decimals that are exact on either engine: SQLite adds decimals as floats, whole numbers exactly."""

from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Case, F, Sum, When
from django.db.models.functions import Cast, Round

_CENT = Decimal("0.01")
#: What is as large is no more told in hundredths: nine thousand of them would be too large for SQLite.
_LARGE = Decimal(10) ** 13


def exact_sums(**columns: str) -> dict[str, Any]:
    """Two sums for each column of two decimals: of its values in hundredths, and of those too large for that.

    SQLite adds decimals as floats, whole numbers exactly.
    """
    found: dict[str, Any] = {}
    for name, column in columns.items():
        hundredths = Cast(Round(F(column) * 100), BigIntegerField())
        found[f"{name}_hundredths"] = Sum(Case(When(**{f"{column}__lt": _LARGE}, then=hundredths)))
        found[f"{name}_large"] = Sum(Case(When(**{f"{column}__gte": _LARGE}, then=F(column))))
    return found


def exact(hundredths: Any, large: Any) -> Decimal | None:
    """The sum of a column, of its two sums."""
    if hundredths is None and large is None:
        return None
    return (Decimal(hundredths or 0) * _CENT + Decimal(large or 0)).quantize(_CENT)


def plus(total: Decimal | None, more: Decimal | None) -> Decimal | None:
    if more is None:
        return total
    return more if total is None else total + more
