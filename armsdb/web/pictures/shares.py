"""The pictures of transfers by supplier, by recipient and by category."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.charts.bars import MOST, bars_picture, folded
from armsdb.charts.forms import SMALL
from armsdb.filters import TransferFilterSet
from armsdb.filters.pictured import narrowed, shares
from armsdb.models.tallied import Share, Shares, grades_in

from .base import Drawn, Picture, Sketch, graded, with_most_told
from .drawn import Table

#: The most rows of a table on the page; the files have all of them.
ROWS = 50


class SharesPicture(Picture):
    """Transfers by one thing that each of them has: those with most as bars, the rest folded."""

    def __init__(self, name: str, parameter: str, *, label: Any, by: Any, draws: Any, heading: Any) -> None:
        self.name, self.parameter = name, parameter
        self.label, self.by, self.draws, self.heading = label, by, draws, heading

    def drawn(self, question: TransferFilterSet, *, site: str, id: str = "picture") -> Drawn:  # noqa: A002
        return self.of_numbers(question, shares(question, self.parameter), site, id)

    def sketch(self, question: TransferFilterSet) -> Sketch | None:
        return Sketch.of(bars_picture(with_most_told(shares(question, self.parameter), question), [SMALL]))

    def of_numbers(self, question: TransferFilterSet, tallied: list[Shares], site: str, id: str) -> Drawn:  # noqa: A002
        """The picture of these numbers, which answer the question."""
        picture = bars_picture(tallied)
        return self.told(
            question,
            picture,
            tables=[table_of(told, question, self.parameter, str(self.heading)) for told in tallied],
            columns=["dataset", self.parameter, "name", "evidence", "transfers"],
            read_rows=lambda: [
                [told.dataset.public_id, row.value, row.label, grade, number]
                for told in tallied
                for row in told.rows
                for _kind, grade, number in row.in_order()
            ],
            not_drawn=_not_drawn(tallied),
            site=site,
            id=id,
        )


def table_of(told: Shares, question: TransferFilterSet, parameter: str, heading: str, title: str = "") -> Table:
    """The numbers of one dataset by the values of a parameter, as a page shows them."""
    columns, cells = graded(grades_in(told.rows))
    rows = [(row.label, _list_of(question, told, parameter, row), cells(row)) for row in told.rows[:ROWS]]
    left_out = len(told.rows) - len(rows)
    more = _("%(n)s more, with fewer transfers each, stand in the files.") % {"n": left_out} if left_out else ""
    return Table(told.dataset, heading, columns, [("", rows)], more, title)


def _list_of(question: TransferFilterSet, told: Shares, parameter: str, row: Share) -> str:
    """The list of the transfers of a dataset with this value."""
    query = narrowed(question, dataset=told.dataset.public_id, **{parameter: row.value})
    return f"{reverse('transfer_list')}?{query.urlencode()}"


def _not_drawn(tallied: list[Shares]) -> list[str]:
    if not any(folded(told.rows)[1] for told in tallied):
        return []
    return [_("Beyond the first %(n)s, all others are drawn as one; the table has each of them.") % {"n": MOST}]


SUPPLIERS = SharesPicture(
    "suppliers",
    "supplier",
    label=gettext_lazy("Suppliers"),
    by=gettext_lazy("by supplier"),
    draws=gettext_lazy("How many transfers come from each country, those with most first."),
    heading=gettext_lazy("Supplier"),
)
RECIPIENTS = SharesPicture(
    "recipients",
    "recipient",
    label=gettext_lazy("Recipients"),
    by=gettext_lazy("by recipient"),
    draws=gettext_lazy("How many transfers go to each country, those with most first."),
    heading=gettext_lazy("Recipient"),
)
CATEGORIES = SharesPicture(
    "categories",
    "category",
    label=gettext_lazy("Categories of equipment"),
    by=gettext_lazy("by category"),
    draws=gettext_lazy("How many transfers there are of each category of equipment, those with most first."),
    heading=gettext_lazy("Category"),
)
