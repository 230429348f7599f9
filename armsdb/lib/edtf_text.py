"""The text of vague dates, EDTF (ISO 8601-2), taken apart and read into days.

The grammar of one date is the edtf package's; intervals and sets are put together here, since the package gives
infinities for an open side. The package's natural-language parser is never used: it invents certainty.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _
from edtf import Date, Level2Season, Season, UncertainOrApproximate, Unspecified, parse_edtf
from edtf import PartialUncertainOrApproximate as PartlyUncertain

from armsdb.lib.text import quoted

FIRST_YEAR, LAST_YEAR = 1000, 2999

#: The shape of one date. What the package reads beyond it (long years, times of day, `156X-12`) has no place here,
#: and some of it makes the package fail in ways of its own.
ATOM = re.compile(
    r"""[?~%]? (?P<year>\d{4}) [?~%]?
        (?: - (?: XX (?:-XX)? | [?~%]? \d\d [?~%]? (?: - [?~%]? (?:\d\d|XX) )? ) [?~%]? )?
      | (?P<vague>\d\d[\dX]X) [?~%]?""",
    re.VERBOSE | re.ASCII,
)
QUALIFIER = re.compile(r"[?~%]")
#: A year, a month or a day, qualified as a whole or not at all: what nearly all dates are.
PLAIN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[?~%]?", re.ASCII)

#: Parts of a year that EDTF writes in the place of the month: seasons of the north, quarters, halves.
SEASONS = frozenset({"21", "22", "23", "24", "33", "34", "35", "36", "40", "41"})


class DateError(ValueError):
    """A date that cannot be read; the message is a sentence for people."""


def spans(edtf: str) -> Iterator[tuple[str, str]]:
    """Take a date apart into pairs of first and last single date; an open side is empty."""
    if edtf[0] + edtf[-1] in ("{}", "[]"):
        members = edtf[1:-1].split(",")
        if len(members) < 2 and ".." not in edtf:
            raise DateError(_("A set of dates needs two members or more, as in {2017,2019}."))
        for member in members:
            if not member:
                raise unreadable(edtf)
            yield _ends(member, "..") if ".." in member else (member, member)
    elif "/" in edtf:
        lower, upper = _ends(edtf, "/")
        if not lower or not upper:
            raise DateError(_("Two dots stand for the open side of an interval: 2021-02/.. is since February 2021."))
        yield "" if lower == ".." else lower, "" if upper == ".." else upper
    else:
        yield edtf, edtf


def _ends(text: str, mark: str) -> tuple[str, str]:
    """Cut an interval in two."""
    lower, _mark, upper = text.partition(mark)
    if mark in upper:
        raise unreadable(text)
    return lower, upper


@lru_cache(maxsize=65_536)
def bounds(atom: str) -> tuple[date, date]:
    """Give the first and the last day of one date, strictly."""
    shape = ATOM.fullmatch(atom)
    if not shape:
        raise unreadable(atom)
    if not FIRST_YEAR <= int((shape["year"] or shape["vague"]).replace("X", "0")) <= LAST_YEAR:
        raise DateError(_("The year of %(date)s is not between 1000 and 2999.") % {"date": quoted(atom)})
    plain = PLAIN.fullmatch(atom)
    if plain and int(plain["month"] or 1) <= 12:
        return _calendar(atom, int(plain["year"]), plain["month"], plain["day"])
    core = QUALIFIER.sub("", atom)
    season = core[5:] in SEASONS
    try:
        # The package refuses a qualifier on a season alone, though not within an interval.
        found = parse_edtf(core if season else atom)
        first, last = date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])
    except Exception as error:  # The package raises many kinds, AttributeError among them.
        raise unreadable(atom) from error
    if not isinstance(found, Date | UncertainOrApproximate | Unspecified | PartlyUncertain):
        raise unreadable(atom)
    if isinstance(found, Season | Level2Season) and not season:
        raise DateError(_("Of the parts of a year, only seasons, quarters and halves (21-24, 33-36, 40-41) are read."))
    if season and core.endswith("24"):  # The package ends winter on 31 December, and no winter does.
        last = date(first.year + 1, 3, 1) - timedelta(days=1)
    return first, last


def _calendar(atom: str, year: int, month: str | None, day: str | None) -> tuple[date, date]:
    """Give the first and the last day of a year, a month or a day as the package does, without its 10 ms."""
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        last = monthrange(year, int(month))[1] if day is None else int(day)
        return date(year, int(month), int(day or 1)), date(year, int(month), last)
    except ValueError as error:
        raise unreadable(atom) from error


def unreadable(text: str) -> DateError:
    return DateError(
        _("%(date)s is not a date in EDTF, such as 2019, 2021-02, 2022-03-26, 200X, 2001?, 2021-02/.. or {2017,2019}.")
        % {"date": quoted(text)}
    )


def precision(edtf: str) -> str:
    if edtf[0] in "{[":
        return "set"
    if "/" in edtf:
        return "decade" if decade(edtf) else "interval"
    core = QUALIFIER.sub("", edtf).replace("-XX", "")
    if "X" in core:
        return "century" if core.endswith("XX") else "decade"
    if core[5:] in SEASONS:
        return "season"
    return {4: "year", 7: "month", 10: "day"}[len(core)]


def decade(edtf: str) -> str:
    """Give the decade that an interval of years is, exactly: 2000/2009 is 200X; else nothing."""
    found = re.fullmatch(r"(?P<tens>\d{3})0/(?P=tens)9", edtf)
    return f"{found['tens']}X" if found else ""
