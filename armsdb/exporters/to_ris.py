"""RIS: tags and lines, as programs that manage references exchange them."""

from django.utils.translation import gettext_lazy as _

from .entries import Entries
from .works import Work, one_line

_TYPES = {
    "article-newspaper": "NEWS",
    "report": "RPRT",
    "dataset": "DATA",
    "motion_picture": "VIDEO",
    "webpage": "ELEC",
}


class ToRis(Entries):
    extension = "ris"
    media_type = "application/x-research-info-systems"
    label = "RIS"
    description = _("The documents as things to cite, for EndNote, Zotero and their like.")

    def entry(self, work: Work) -> str:
        day = [f"{number:02}" for number in work.day]
        told = [
            ("ID", work.id),
            *(("AU", name) for name in work.authors),
            ("TI", work.title),
            ("PB", work.publisher),
            ("PY", "".join(day[:1])),
            ("DA", "/".join([*day, "", "", ""][:3]) + "/" if day else ""),
            ("ET", work.version),
            ("LA", work.language),
            ("UR", work.url),
            ("L2", work.archived),
            ("N1", work.note),
        ]
        lines = [("TY", _TYPES.get(work.kind, "GEN")), *((tag, one_line(text)) for tag, text in told if text)]
        return "".join(f"{tag}  - {text}\r\n" for tag, text in lines) + "ER  - \r\n\r\n"
