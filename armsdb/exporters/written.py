"""Values of the database as the text of cells: numbers, times, and what is kept as JSON."""

from decimal import Decimal
from functools import cache
from typing import Any

import orjson

from .reading import Written

#: Numbers of SQLite below this have all their decimals, four at most, among the digits that are exact.
_EXACT = 1e10
#: A time to the microsecond, in characters.
_WHOLE_MOMENT = 26


@cache
def decimals(places: int, *, fixed: bool) -> Written:
    """Numbers as text: sums with their two decimals, others without what they do not need.

    One for all columns: both ends of a number are mostly the same.
    """
    rounded, no_part = f"%.{places}f", places * "0"

    def write(value: Any) -> str:
        if isinstance(value, float) and value < _EXACT:
            text = rounded % value
            return text if fixed else text.rstrip("0").rstrip(".")
        if isinstance(value, int):
            return f"{value}.{no_part}" if fixed else str(value)
        text = repr(value) if isinstance(value, float) else format(value, "f")
        whole, _, part = text.partition(".")
        if len(part) > places or "e" in text:
            text = format(Decimal(text).quantize(Decimal(1).scaleb(-places)), "f")
            whole, _, part = text.partition(".")
        if fixed:
            return f"{whole}.{part:0<{places}}"
        part = part.rstrip("0")
        return f"{whole}.{part}" if part else whole

    return Written(write)


def moment(value: str) -> str:
    """RFC 3339, in UTC, in which both engines write times."""
    bare = value.removesuffix("+00")
    if len(bare) == _WHOLE_MOMENT and bare[-1] != "0":  # as most are
        return f"{bare[:10]}T{bare[11:]}Z"
    whole, _, part = bare.replace(" ", "T").partition(".")
    return f"{whole}.{part:0<6}Z" if part.strip("0") else f"{whole}Z"


def listed(value: Any) -> str:
    """A list, which is kept as JSON."""
    return "; ".join(orjson.loads(value))


def as_object(value: Any) -> str:
    """An object, which is kept as JSON; nothing where it is empty."""
    told = orjson.loads(value)
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode() if told else ""
