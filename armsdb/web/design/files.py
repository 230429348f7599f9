"""Samples: what stands before a download."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from armsdb.exporters import Column, Kind
from armsdb.filters.passing_on import Share
from armsdb.models import Dataset

from . import records as r
from .shown import Shown, show


def files() -> Iterator[Shown]:
    """The files of a question, whose the rows are, and their columns."""
    links = [{"words": words, "url": r.HERE, "manifest": r.HERE} for words in (_("the rows"), _("their passages"))]
    told = [{"label": "CSV", "description": _("One row a record."), "files": links}]
    register = r.made(Dataset, "Register", licence="CC0 1.0", terms="open", version="3", publisher=r.AGENCY)
    closed = r.made(Dataset, "Closed register", licence=_("All rights reserved"), terms="closed", publisher=None)
    column = Column("value_low", "value", _("At least so much."), Kind.NUMBER, (), lambda part: ())
    yield show("file_list.html", ("", {"formats": told}))
    yield show(
        "shares.html",
        (_("of two datasets"), {"given": [Share(register, 120)], "withheld": [Share(closed, 7)]}),
        (_("all our own"), {"given": [], "withheld": []}),
    )
    yield show("column_table.html", ("", {"columns": [column]}))
