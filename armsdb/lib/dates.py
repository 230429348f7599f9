"""Vague dates: EDTF text (ISO 8601-2), its bounds, and the words of the source."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.date_words import Long, Short, show
from armsdb.lib.edtf_text import QUALIFIER, bounds, decade, precision, spans
from armsdb.lib.edtf_text import DateError as DateError
from armsdb.lib.text import quoted, storable

MAX_LENGTH = 100


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
        found = spans(decade(self.edtf) or self.edtf)
        return [(_parse(lower) if lower else None, _parse(upper) if upper else None) for lower, upper in found]

    def display(self) -> str:
        """Write the date for a page: the words of the source, else the EDTF in words."""
        return self.text or show(self.edtf, Long())

    def reading(self) -> str:
        """Write what the words of the source are taken to mean; nothing where they say no less, or there are none."""
        plain = show(self.edtf, Long())
        return _("taken as %(date)s") % {"date": plain} if self._bare not in ("", plain) else ""

    def hedge(self) -> str:
        """Give the words of the source where they say more than `short` does; nothing where they do not."""
        return "" if self._bare in ("", show(self.edtf, Long()), self.short()) else self.text

    @property
    def _bare(self) -> str:
        """The words of the source as they would be written from the EDTF, if they say no more."""
        return re.sub(r"^(by|until) ", "up to ", re.sub(r"^(in|on) ", "", self.text))

    def short(self) -> str:
        """Write the date for a narrow column, from the EDTF alone; what it cannot say is in `hedge`."""
        return show(self.edtf, Short())


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
    return VagueDate(edtf, earliest, latest, precision(edtf))


def _days(edtf: str) -> list[tuple[date | None, date | None]]:
    """Give the first and the last day of each span; an open side is None."""
    return [(bounds(lower)[0] if lower else None, bounds(upper)[1] if upper else None) for lower, upper in spans(edtf)]
