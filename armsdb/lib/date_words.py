"""Vague dates in words, from their EDTF alone: for sentences, and for narrow columns."""

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from armsdb.lib.edtf_text import QUALIFIER, SEASONS, bounds, decade, spans


class Long:
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


class Short(Long):
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


def show(edtf: str, style: Long) -> str:
    """Write a date in one of the two ways."""
    parts = [_show_span(lower, upper, style) for lower, upper in spans(decade(edtf) or edtf)]
    return (_(" or ") if edtf.startswith("[") else "; ").join(parts)


def _show_span(lower: str, upper: str, style: Long) -> str:
    if not upper:
        return _("since %(date)s") % {"date": _show_atom(lower, style)}
    if not lower:
        return _("up to %(date)s") % {"date": _show_atom(upper, style)}
    if lower == upper:
        return _show_atom(lower, style)
    return style.between(_show_atom(lower, style), _show_atom(upper, style))


def _show_atom(atom: str, style: Long) -> str:
    marks = "".join(QUALIFIER.findall(atom)).replace("%", "~?")
    core = QUALIFIER.sub("", atom).replace("-XX", "")
    first, last = bounds(core)
    if core.endswith("XX"):
        words = style.between(str(first.year), str(last.year))
    elif core.endswith("X"):
        words = _("%(year)ss") % {"year": first.year}
    elif core[5:] in SEASONS:
        words = style.season(core[5:], core[:4])
    else:
        words = core if len(core) == 4 else format_date(first, style.month if len(core) == 7 else style.day)
    return style.qualified(words, marks)
