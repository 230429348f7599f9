"""Vague dates: EDTF text (ISO 8601-2), its bounds, and the words of the source.

The grammar of one date is the edtf package's; intervals and sets are put together here, since the package gives
infinities for an open side. The package's natural-language parser is never used: it invents certainty.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from edtf import Date, Level2Season, Season, UncertainOrApproximate, Unspecified, parse_edtf
from edtf import PartialUncertainOrApproximate as PartlyUncertain

from armsdb.lib.text import quoted, storable

MAX_LENGTH = 100
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


@dataclass(frozen=True, slots=True)
class VagueDate:
    """A date as far as it is known: an open side is None; `~`, `?` and `%` do not widen the bounds."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: str
    text: str = ""

    def __str__(self) -> str:
        return self.display()

    @property
    def is_open_start(self) -> bool:
        return self.earliest is None

    @property
    def is_open_end(self) -> bool:
        return self.latest is None

    @property
    def is_approximate(self) -> bool:
        """Whether any part is marked approximate (`~`), uncertain (`?`) or both (`%`)."""
        return QUALIFIER.search(self.edtf) is not None

    def as_api(self) -> dict[str, str | None]:
        """Give the API's form of a date."""
        return {
            "edtf": self.edtf,
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "text": self.text or None,
        }

    def years(self) -> list[int]:
        """List the years that the date touches; the gaps of a set are left out; none when a side is open."""
        if self.earliest is None or self.latest is None:
            return []
        found: set[int] = set()
        for first, last in _days(self.edtf):
            if first and last:
                found.update(range(first.year, last.year + 1))
        return sorted(found)

    def ends(self) -> list[tuple["VagueDate | None", "VagueDate | None"]]:
        """The first and the last single date of each span, the same one twice where it is no interval; open is None."""
        spans = _spans(_decade(self.edtf) or self.edtf)
        return [(_parse(lower) if lower else None, _parse(upper) if upper else None) for lower, upper in spans]

    def display(self) -> str:
        """Write the date for a page: the words of the source, else the EDTF in words."""
        return self.text or _show(self.edtf, _Long())

    def reading(self) -> str:
        """Write what the words of the source are taken to mean; nothing where they say no less, or there are none."""
        plain = _show(self.edtf, _Long())
        return _("taken as %(date)s") % {"date": plain} if self._bare not in ("", plain) else ""

    def hedge(self) -> str:
        """Give the words of the source where they say more than `short` does; nothing where they do not."""
        return "" if self._bare in ("", _show(self.edtf, _Long()), self.short()) else self.text

    @property
    def _bare(self) -> str:
        """The words of the source as they would be written from the EDTF, if they say no more."""
        return re.sub(r"^(by|until) ", "up to ", re.sub(r"^(in|on) ", "", self.text))

    def short(self) -> str:
        """Write the date for a narrow column, from the EDTF alone; what it cannot say is in `hedge`."""
        return _show(self.edtf, _Short())


def parse(edtf: str, text: str = "") -> VagueDate:
    """Read EDTF, and keep the words of the source beside it; raise DateError with a sentence."""
    if not isinstance(edtf, str):
        raise DateError(_("A date is text, not %(value)s.") % {"value": quoted(edtf)})
    text = (text or "").strip()
    if not storable(text):
        raise DateError(_("The words of a date hold a character that cannot be stored."))
    bare = _parse(_tidy(edtf))
    return VagueDate(bare.edtf, bare.earliest, bare.latest, bare.precision, text) if text else bare


def sort_key(value: VagueDate | None) -> tuple[Any, ...]:
    """Order by the earliest day, then the latest; what is open stands after, no date at all last."""
    if value is None:
        return (True, date.max, True, date.max, "")
    earliest, latest = value.earliest, value.latest
    return (earliest is None, earliest or date.max, latest is None, latest or date.max, value.edtf)


# --- reading


def _tidy(edtf: str) -> str:
    """Refuse what is empty or too long before anything else looks at it; spaces in a set mean nothing."""
    if len(edtf) > MAX_LENGTH:
        raise DateError(_("A date has at most %(limit)d characters.") % {"limit": MAX_LENGTH})
    edtf = edtf.strip()
    if not edtf:
        raise DateError(_("A date cannot be empty; leave it out when none is known."))
    return edtf.replace(", ", ",") if edtf[0] in "{[" else edtf


@lru_cache(maxsize=65_536)
def _parse(edtf: str) -> VagueDate:
    """Read EDTF without the words. The package needs about 10 ms a date, hence the memory."""
    days = _days(edtf)
    for first, last in days:
        if first is None and last is None:
            raise DateError(_("An interval needs a date on one side at least."))
        if first and last and first > last:
            raise DateError(_("The date %(date)s ends before it begins.") % {"date": quoted(edtf)})
    # One open side leaves the whole open, in a set too.
    earliest = None if any(first is None for first, last in days) else min(first for first, last in days if first)
    latest = None if any(last is None for first, last in days) else max(last for first, last in days if last)
    return VagueDate(edtf, earliest, latest, _precision(edtf))


def _spans(edtf: str) -> Iterator[tuple[str, str]]:
    """Take a date apart into pairs of first and last single date; an open side is empty."""
    if edtf[0] + edtf[-1] in ("{}", "[]"):
        members = edtf[1:-1].split(",")
        if len(members) < 2 and ".." not in edtf:
            raise DateError(_("A set of dates needs two members or more, as in {2017,2019}."))
        for member in members:
            if not member:
                raise _unreadable(edtf)
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
        raise _unreadable(text)
    return lower, upper


def _days(edtf: str) -> list[tuple[date | None, date | None]]:
    """Give the first and the last day of each span; an open side is None."""
    return [
        (_bounds(lower)[0] if lower else None, _bounds(upper)[1] if upper else None) for lower, upper in _spans(edtf)
    ]


@lru_cache(maxsize=65_536)
def _bounds(atom: str) -> tuple[date, date]:
    """Give the first and the last day of one date, strictly."""
    shape = ATOM.fullmatch(atom)
    if not shape:
        raise _unreadable(atom)
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
        raise _unreadable(atom) from error
    if not isinstance(found, Date | UncertainOrApproximate | Unspecified | PartlyUncertain):
        raise _unreadable(atom)
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
        raise _unreadable(atom) from error


def _unreadable(text: str) -> DateError:
    return DateError(
        _("%(date)s is not a date in EDTF, such as 2019, 2021-02, 2022-03-26, 200X, 2001?, 2021-02/.. or {2017,2019}.")
        % {"date": quoted(text)}
    )


def _precision(edtf: str) -> str:
    if edtf[0] in "{[":
        return "set"
    if "/" in edtf:
        return "decade" if _decade(edtf) else "interval"
    core = QUALIFIER.sub("", edtf).replace("-XX", "")
    if "X" in core:
        return "century" if core.endswith("XX") else "decade"
    if core[5:] in SEASONS:
        return "season"
    return {4: "year", 7: "month", 10: "day"}[len(core)]


def _decade(edtf: str) -> str:
    """Give the decade that an interval of years is, exactly: 2000/2009 is 200X; else nothing."""
    found = re.fullmatch(r"(?P<tens>\d{3})0/(?P=tens)9", edtf)
    return f"{found['tens']}X" if found else ""


class _Long:
    """How dates are written in sentences and tables with room."""

    day, month = "j F Y", "F Y"

    def between(self, first: str, last: str) -> str:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}

    def qualified(self, words: str, marks: str) -> str:
        if "~" in marks:
            words = _("about %(date)s") % {"date": words}
        return _("%(date)s (uncertain)") % {"date": words} if "?" in marks else words

    def season(self, number: str, year: str) -> str:
        return {
            "21": _("spring %(year)s"),
            "22": _("summer %(year)s"),
            "23": _("autumn %(year)s"),
            "24": _("winter %(year)s"),
            "33": _("first quarter of %(year)s"),
            "34": _("second quarter of %(year)s"),
            "35": _("third quarter of %(year)s"),
            "36": _("fourth quarter of %(year)s"),
            "40": _("first half of %(year)s"),
            "41": _("second half of %(year)s"),
        }[number] % {"year": year}


class _Short(_Long):
    """How dates are written in narrow columns."""

    day, month = "j M Y", "M Y"

    def between(self, first: str, last: str) -> str:
        if last.endswith("s"):  # a decade: 1962–~1960s is a riddle
            last = (_("about the %(date)s") if "~" in last else _("the %(date)s")) % {"date": last.removeprefix("~")}
        return f"{first} – {last}" if " " in first + last else f"{first}–{last}"

    def qualified(self, words: str, marks: str) -> str:
        return f"{'~' if '~' in marks else ''}{words}{'?' if '?' in marks else ''}"

    def season(self, number: str, year: str) -> str:
        if number < "33":
            return super().season(number, year)
        part = f"H{int(number) - 39}" if number > "36" else f"Q{int(number) - 32}"
        return f"{part} {year}"


def _show(edtf: str, style: _Long) -> str:
    parts = [_show_span(lower, upper, style) for lower, upper in _spans(_decade(edtf) or edtf)]
    return (_(" or ") if edtf.startswith("[") else "; ").join(parts)


def _show_span(lower: str, upper: str, style: _Long) -> str:
    if not upper:
        return _("since %(date)s") % {"date": _show_atom(lower, style)}
    if not lower:
        return _("up to %(date)s") % {"date": _show_atom(upper, style)}
    if lower == upper:
        return _show_atom(lower, style)
    return style.between(_show_atom(lower, style), _show_atom(upper, style))


def _show_atom(atom: str, style: _Long) -> str:
    marks = "".join(QUALIFIER.findall(atom)).replace("%", "~?")
    core = QUALIFIER.sub("", atom).replace("-XX", "")
    first, last = _bounds(core)
    if core.endswith("XX"):
        words = style.between(str(first.year), str(last.year))
    elif core.endswith("X"):
        words = _("%(year)ss") % {"year": first.year}
    elif core[5:] in SEASONS:
        words = style.season(core[5:], core[:4])
    else:
        words = core if len(core) == 4 else format_date(first, style.month if len(core) == 7 else style.day)
    return style.qualified(words, marks)
