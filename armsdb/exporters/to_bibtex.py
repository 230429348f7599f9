"""BibTeX: an entry for each thing to cite, in UTF-8; what has a meaning to TeX is told as text."""

import re

from django.utils.translation import gettext_lazy as _

from .entries import Entries
from .works import Work, one_line

_ENTRIES = {"report": "techreport", "article-newspaper": "article", "webpage": "online"}
_MEANING = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # BibTeX counts braces also where a backslash stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "%&$#_"},
}
_SIGNS = re.compile("[" + re.escape("".join(_MEANING)) + "]")


class ToBibtex(Entries):
    extension = "bib"
    media_type = "application/x-bibtex"
    label = "BibTeX"
    description = _("The documents as things to cite, for LaTeX and for what manages references.")

    def entry(self, work: Work) -> str:
        day = "-".join(f"{number:02}" for number in work.day)
        source = "journal" if work.kind == "article-newspaper" else "publisher"
        fields = {
            "author": " and ".join(f"{{{_told(name)}}}" for name in work.authors),
            "title": f"{{{_told(work.title)}}}",
            source: _told(work.publisher),
            "year": day[:4],
            "date": day,
            "version": _told(work.version),
            "language": _told(work.language),
            "url": _address(work.url),
            "note": _told(work.note),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@{_ENTRIES.get(work.kind, 'misc')}{{{work.id},\n{lines}}}\n\n"


def _told(text: str) -> str:
    return _SIGNS.sub(lambda sign: _MEANING[sign[0]], one_line(text))


def _address(text: str) -> str:
    """An address; what would end the field early is written as addresses write it."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
