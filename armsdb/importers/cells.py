"""Single cells of registers as values: numbers, years and marks of doubt, never more certain than they are told."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from armsdb.lib import dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import VagueNumber

from .refusals import Refused

_NUMBER = re.compile(r"(?P<open>\()?(?P<digits>[0-9]{1,12}(?:\.[0-9]{1,4})?)(?(open)\))(?P<mark>\?)?")
_YEAR = re.compile(r"(?P<open>\()?(?P<year>(?:19|20)[0-9]{2})(?(open)\))(?P<mark>\?)?")
_SUM = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
#: What a register says where it leaves its own column of doubt empty.
NOT_SAID = "not said whether estimated"


@lru_cache(maxsize=16_384)
def number(column: str, cell: str, doubt: bool | None = False) -> VagueNumber | None:
    """A number; None where the cell is empty. In doubt it is approximate, and an empty one not known but in doubt.

    `doubt` is None where the register does not say whether the number is an estimate.
    """
    if cell in ("", "?", "()", "..", ". ."):
        return VagueNumber(approximate=True) if doubt or cell in ("?", "()") else None
    found = _NUMBER.fullmatch(cell)
    if found is None:
        raise Refused(column, cell, "It is no number: a number is written in digits, and is not negative.")
    digits = Decimal(found["digits"])
    in_doubt = bool(doubt or found["open"] or found["mark"])
    return VagueNumber(digits, digits, in_doubt, NOT_SAID if doubt is None and not in_doubt else "")


@lru_cache(maxsize=4096)
def year(column: str, cell: str, doubt: bool | None = False) -> tuple[int, bool] | None:
    """A year, and whether it is in doubt; None where the cell is empty."""
    if not cell:
        return None
    found = _YEAR.fullmatch(cell)
    if found is None:
        raise Refused(column, cell, "It is no year: a year has four digits, from 1900 to 2099.")
    return int(found["year"]), bool(doubt or found["open"] or found["mark"])


def date_of(told: tuple[int, bool] | None, doubt: bool | None = False) -> VagueDate | None:
    """A year as a date; `doubt` is None where the register does not say whether it is an estimate."""
    if told is None:
        return None
    value, in_doubt = told
    text = f"{value} ({NOT_SAID})" if doubt is None and not in_doubt else ""
    return dates.parse(f"{value}{'?' if in_doubt else ''}", text)


@lru_cache(maxsize=16_384)
def amount(column: str, cell: str) -> Decimal | None:
    """A trend-indicator value, in millions, with two decimals at most; None where the cell is empty."""
    if not cell:
        return None
    if not _SUM.fullmatch(cell):
        raise Refused(column, cell, "It is no number with at most two decimals, or it is negative.")
    return Decimal(cell)


@lru_cache(maxsize=64)
def mark(column: str, cell: str) -> bool | None:
    """A mark of doubt: a question mark, yes or true; None where a column of yes and no is empty."""
    folded = cell.casefold()
    if folded in ("?", "yes", "true"):
        return True
    if folded in ("no", "false"):
        return False
    if not folded:
        return None
    raise Refused(column, cell, "A mark of doubt is “?”, yes or no.")


def dates_of(years: Iterable[tuple[int, bool]]) -> VagueDate | None:
    """The years of several deliveries as one date: a single year, or the set of them, each with its doubt."""
    return _dates_of(tuple(sorted(set(years))))


@lru_cache(maxsize=16_384)
def _dates_of(years: tuple[tuple[int, bool], ...]) -> VagueDate | None:
    if len(years) <= 1:
        return date_of(years[0]) if years else None
    edtf = "{" + ",".join(_runs(years)) + "}"
    if len(edtf) <= dates.MAX_LENGTH:
        return dates.parse(edtf)
    doubt = "?" if any(in_doubt for _year, in_doubt in years) else ""
    return dates.parse(f"{years[0][0]}{doubt}/{years[-1][0]}{doubt}")


def _runs(years: Sequence[tuple[int, bool]]) -> list[str]:
    """The members of a set of years: runs of three and more that are in no doubt as one each."""
    runs: list[list[int]] = []
    found: list[str] = []
    for value, in_doubt in years:
        if in_doubt:
            runs.append([])
            found.append(f"{value}?")
        elif runs and runs[-1] and runs[-1][-1] == value - 1:
            runs[-1].append(value)
            found[-1] = f"{runs[-1][0]}..{value}" if len(runs[-1]) > 2 else f"{runs[-1][0]},{value}"
        else:
            runs.append([value])
            found.append(str(value))
    return found


def span(column: str, cell: str) -> tuple[VagueDate | None, bool]:
    """A year, or two of them as first and last of a span whose gaps are not told; and whether it is a span."""
    first, dash, last = cell.partition("-")
    begin, end = year(column, first.strip()), year(column, last.strip()) if dash else None
    if begin is None or end is None:
        return date_of(begin), False
    if begin[0] > end[0]:
        raise Refused(column, cell, "The last year is before the first.")
    told = [f"{value}{'?' if in_doubt else ''}" for value, in_doubt in (begin, end)]
    return dates.parse("/".join(told)), True
