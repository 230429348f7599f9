"""References as people print them: in the style of the American Psychological Association (7th edition), and in that of
the Chicago Manual of Style (17th edition, bibliography)."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from .works import Work, one_line


def apa(work: Work) -> str:
    """A work in APA style: who, (when), what, who published it, where."""
    who = _names(work.authors, _("& ")) or one_line(work.publisher)
    year, *rest = (*map(str, work.day[:1]), *_month_and_day(work)) or (_("n.d."),)
    when = ", ".join([year, *([" ".join(rest)] if rest else [])])
    title = one_line(work.title) + (f" ({_version(work)})" if work.version else "")
    publisher = one_line(work.publisher) if work.authors else ""
    told = [f"{_ended(who)} ({when})." if who else "", _ended(title) if who else f"{_ended(title)} ({when})."]
    return _joined([*told, _ended(publisher), work.url, one_line(work.note)])


def chicago(work: Work) -> str:
    """A work in Chicago style: who, “what”, who published it, when, where."""
    who = _names(work.authors, _("and ")) or one_line(work.publisher)
    publisher = one_line(work.publisher) if work.authors else ""
    version = _version(work)
    when = " ".join(_month_and_day(work))
    year = str(work.day[0]) if work.day else _("n.d.")
    date = f"{when}, {year}" if len(work.day) == 3 else f"{when} {year}".strip()
    told = [
        _ended(who),
        f"“{_ended(one_line(work.title))}”",
        _ended(publisher),
        _ended(version[:1].upper() + version[1:]),
    ]
    return _joined([*told, _ended(date), _ended(work.url), one_line(work.note)])


#: The styles, with their names.
STYLES = {"APA": apa, "Chicago": chicago}


def _names(authors: tuple[str, ...], last: str) -> str:
    """Names as they stand in the document, not turned round: of many it is not known which is that of the family."""
    names = [one_line(name) for name in authors]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", {last}{names[-1]}" if names else ""


def _month_and_day(work: Work) -> list[str]:
    return [str(MONTHS[number]) if place == 0 else str(number) for place, number in enumerate(work.day[1:])]


def _version(work: Work) -> str:
    return _("data version %(version)s") % {"version": work.version} if work.version else ""


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _joined(parts: list[str]) -> str:
    return " ".join(filter(None, parts))
