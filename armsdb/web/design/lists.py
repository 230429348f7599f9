"""Samples: asking, finding, and finding nothing."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from armsdb.filters import Problem, SourceFilterSet, TransferFilterSet
from armsdb.filters.base import Condition
from armsdb.filters.facets import FacetValue
from armsdb.web.search import EXAMPLES, Answer

from . import records as r
from .shown import Shown, show


def asking() -> Iterator[Shown]:
    """The form of a list, and what it says of the question."""
    few, refused = (
        SourceFilterSet(QueryDict("kind=interview")),
        TransferFilterSet(QueryDict("year_from=abc&evidence=disputed")),
    )
    for name, asked in (("few", few), ("refused", refused)):
        asked.form.auto_id = f"{name}_%s"
    problems = [Problem("suplier", _("Unknown parameter.")), *refused.problems]
    orderings = [("name", _("name, A to Z")), ("-name", _("name, Z to A"))]
    yield show(
        "filter_form.html",
        (_("few filters"), {"form": few.form, "orderings": orderings, "ordering": "-name"}),
        (_("many, and one that cannot be read"), {"form": refused.form}),
        parts=("filter.html", "filter_field.html", "filter_range.html", "filter_number.html", "filter_words.html"),
    )
    yield show("error_summary.html", ("", {"problems": problems}))
    yield show("active_filters.html", ("", {"conditions": _conditions()}))
    yield show("facets.html", ("", {"facets": _facets()}), parts=("facet_values.html",))
    yield show("search_form.html", ("", {"id": "q-sample", "label": _("Search by any name"), "placeholder": "Burma"}))
    yield show("search_help.html", ("", {"examples": EXAMPLES}))


def _conditions() -> list[Condition]:
    return [
        Condition("supplier", "northland", _("Supplier: %(name)s") % {"name": r.NORTHLAND.name}, "year_from=2020"),
        Condition("year_from", "2020", _("From year: %(year)s") % {"year": 2020}, "supplier=northland"),
    ]


def _facets() -> list[dict[str, Any]]:
    counts = (("1990", "1990s", 3), ("2000", "2000s", 12), ("unknown", _("without a date"), 7))
    decades = [FacetValue(value, label, count, "year_from=1990", False) for value, label, count in counts]
    names = [r.NORTHLAND, r.SOUTHLAND]
    suppliers = [FacetValue(one.public_id, one.name, 4, "supplier=northland", one is names[0]) for one in names]
    others = [FacetValue("unknown", _("not known"), 1, "supplier=unknown", False)]
    return [
        {"label": _("Decade"), "values": decades, "rest": [], "widest": 12},
        {"label": _("Supplier"), "values": suppliers, "rest": others, "widest": 0},
    ]


def answers() -> Iterator[Shown]:
    """What is found, and what is said when nothing is."""
    snippet, why = _("What it is, in our own words."), _("Other name: %(name)s") % {"name": "Southern Land"}
    best = Answer(r.SOUTHLAND.name, r.HERE, snippet, why)
    other = Answer(
        r.SOLD.name,
        r.HERE,
        "",
        _("Among what is told: %(words)s") % {"words": "…"},
        r.SOLD.evidence,
        [r.SUPPORT],
    )
    left_out = [{"words": _("%(n)s without a date") % {"n": 3}, "query": "undated=include"}]
    yield show("hit.html", (_("the best one"), {"hit": best, "best": True}), (_("another"), {"hit": other}))
    yield show("pagination.html", ("", {"page": Paginator(range(200), 50).page(2), "query": "supplier=northland"}))
    yield show("empty.html", ("", {"why": _("No published fact cites it."), "url": r.HERE, "step": _("All sources")}))
    yield show(
        "nothing_found.html",
        (_("what answers is left out"), {"asked": _asked(), "left_out": left_out}),
        (_("one condition"), {"asked": _asked(*_conditions()[:1])}),
        (_("several"), {"asked": _asked(*_conditions())}),
        (_("nothing of the kind"), {"asked": _asked()}),
    )
    yield show("crumb.html", ("", {"trail": [{"label": _("Transfers"), "url": r.HERE}], "here": r.SOLD.public_id}))
    yield show("ways.html", ("", {}))


def _asked(*conditions: Condition) -> Any:
    return SimpleNamespace(conditions=list(conditions))
