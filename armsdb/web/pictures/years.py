"""The picture of transfers by year."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from armsdb.charts.forms import SMALL
from armsdb.charts.years import bounds_of, years_picture
from armsdb.filters import TransferFilterSet
from armsdb.filters.pictured import by_time
from armsdb.models.tallied import PARTS, AtTime, ByTime, grades_in, kinds_in

from .base import Drawn, Picture, Sketch, graded, with_most_told
from .drawn import Table

#: The most spans, and as many open times, that the table of a page has.
SPANS = 25
#: The titles of the parts of a table, and the kinds of dates as its columns.
TITLES = {
    "years": gettext_lazy("In one year"),
    "spans": gettext_lazy("Over several years, as told"),
    "open": gettext_lazy("Open on one side"),
    "undated": gettext_lazy("Without a date"),
}
_KINDS = {
    "delivered": gettext_lazy("Delivered"),
    "ordered": gettext_lazy("Ordered, delivery not told"),
    "talked": gettext_lazy("Talks"),
}


class YearsPicture(Picture):
    name = "years"
    label = gettext_lazy("Transfers by year")
    by = gettext_lazy("by year")
    draws = gettext_lazy(
        "How many transfers there are by the year of delivery or, where none is told, of the order or of talks. What "
        "no source puts into one year is drawn as a band over all the years in which it may have been."
    )

    def drawn(self, question: TransferFilterSet, *, site: str, id: str = "picture") -> Drawn:  # noqa: A002
        tallied = by_time(question)
        values = question.form.cleaned_data
        bounds = bounds_of(tallied, (values.get("year_from"), values.get("year_to")))
        return self.of_numbers(question, tallied, bounds, site, id)

    def sketch(self, question: TransferFilterSet) -> Sketch | None:
        tallied = with_most_told(by_time(question), question)
        return Sketch.of(years_picture(tallied, bounds_of(tallied), [SMALL]))

    def of_numbers(
        self,
        question: TransferFilterSet,
        tallied: list[ByTime],
        bounds: tuple[int, int] | None,
        site: str,
        id: str,  # noqa: A002
    ) -> Drawn:
        """The picture of these numbers, which answer the question, over these years."""
        picture = years_picture(tallied, bounds)
        return self.told(
            question,
            picture,
            tables=[table_of(told, question) for told in tallied],
            columns=["dataset", "year", "span", "date", "evidence", "transfers"],
            read_rows=lambda: [row for told in tallied for row in rows_of(told)],
            not_drawn=_not_drawn(tallied, picture["panels"]),
            site=site,
            id=id,
        )


def _not_drawn(tallied: list[ByTime], panels: list[dict[str, Any]]) -> list[str]:
    undated = sum(told.undated for told in tallied)
    outside = sum(panel["outside"] for panel in panels)
    hidden = sum(panel["drawings"]["wide"]["left_out"] for panel in panels if panel["drawings"])
    told = []
    if undated:
        words = ngettext(
            "%(n)s transfer has no date: it is not drawn, and stands in the table.",
            "%(n)s transfers have no date: they are not drawn, and stand in the table.",
            undated,
        )
        told.append(words % {"n": undated})
    if hidden:
        words = _("The bands of %(n)s transfers found no room.")
        told.append(words % {"n": hidden})
    if outside:
        words = _("Of transfers with several dates, %(n)s lie beyond the years asked for; they stand in the table.")
        told.append(words % {"n": outside})
    return told


def rows_of(told: ByTime) -> list[list[Any]]:
    """The numbers as data, each with what it is of."""
    return [
        [told.dataset.public_id, row.time[0], row.time[1], kind or None, grade, number]
        for part in PARTS
        for row in told.part(part)
        for kind, grade, number in row.in_order()
    ]


def table_of(told: ByTime, question: TransferFilterSet, title: str = "") -> Table:
    """The numbers of one dataset as a page shows them."""
    kinds = kinds_in(told.rows) if len(kinds_in(told.rows)) > 1 else []
    by_grade, of_grade = graded(grades_in(told.rows))
    vague = any(told.at_most(row) > row.number for row in told.part("years"))
    columns = [by_grade[0], *([_("At most, with those that may be of the year")] if vague else [])]
    columns += [*(str(_KINDS[kind]) for kind in kinds), *by_grade[1:]]

    def cells(row: AtTime) -> list[int | None]:
        first, *rest = of_grade(row)
        most = [told.at_most(row) if row.part == "years" else None] if vague else []
        return [first, *most, *(row.of_kind(kind) for kind in kinds), *rest]

    groups = []
    left_out = 0
    for part in PARTS:
        rows = told.part(part)
        # Years are few; of other times, of which there may be very many, the page has those with most transfers.
        shown = rows if part == "years" else with_most_of(rows)
        left_out += len(rows) - len(shown)
        if rows:
            told_rows = [(label_of(row), list_of(question, told.dataset, row), cells(row)) for row in shown]
            groups.append((str(TITLES[part]), told_rows))
    more = _("%(n)s more times, with fewer transfers each, stand in the files.") % {"n": left_out} if left_out else ""
    return Table(told.dataset, _("When"), columns, groups, more, title)


def with_most_of(rows: list[AtTime]) -> list[AtTime]:
    """Those with most transfers, in the order that they have."""
    kept = sorted(rows, key=lambda row: -row.number)[:SPANS]
    places = {row.time for row in kept}
    return [row for row in rows if row.time in places]


def label_of(row: AtTime) -> str:
    """When they were, in words."""
    return row.date.display() if row.date else _("date not stated")


def list_of(question: TransferFilterSet, dataset: Any, row: AtTime) -> str:
    """The list of the transfers of a dataset any of whose dates may lie in a year, or that have none."""
    query = QueryDict(question.query_string, mutable=True)
    for name in ("year_from", "year_to", "undated", "dataset", "page_size"):
        query.pop(name, None)
    query["dataset"] = dataset.public_id
    if row.date is None:
        query["undated"] = "only"
    else:
        ends = {"year_from": row.date.earliest, "year_to": row.date.latest}
        query.update({name: str(day.year) for name, day in ends.items() if day})
    return f"{reverse('transfer_list')}?{query.urlencode()}"


YEARS = YearsPicture()
