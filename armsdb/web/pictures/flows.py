"""The picture of who supplied whom."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.charts.flows import MOST, flows_picture
from armsdb.charts.forms import SMALL
from armsdb.filters import TransferFilterSet
from armsdb.filters.pictured import flows, pairs
from armsdb.models.tallied import Flow, Flows, grades_in

from .base import Drawn, Picture, Sketch, graded, with_most_told
from .drawn import Table

#: The most rows of a table on the page; the files have all of them.
ROWS = 100


class FlowsPicture(Picture):
    name = "flows"
    label = gettext_lazy("Flows")
    by = gettext_lazy("from whom to whom")
    draws = gettext_lazy(
        "How many transfers go from each supplier to each recipient: a ribbon is as broad as there are transfers."
    )

    def drawn(self, question: TransferFilterSet, *, site: str, id: str = "picture") -> Drawn:  # noqa: A002
        return self.of_numbers(question, flows(question, MOST, ROWS), site, id)

    def sketch(self, question: TransferFilterSet) -> Sketch | None:
        tallied = with_most_told(flows(question, SMALL.rows, ROWS), question)
        return Sketch.of(flows_picture(tallied, [SMALL]))

    def of_numbers(self, question: TransferFilterSet, tallied: list[Flows], site: str, id: str) -> Drawn:  # noqa: A002
        """The picture of these numbers, which answer the question."""
        picture = flows_picture(tallied)
        return self.told(
            question,
            picture,
            tables=[_table(told, question) for told in tallied],
            columns=["dataset", "supplier", "recipient", "evidence", "transfers"],
            read_rows=lambda: sorted([dataset.public_id, *told] for dataset, *told in pairs(question)),
            not_drawn=_not_drawn(tallied),
            site=site,
            id=id,
        )


def _not_drawn(tallied: list[Flows]) -> list[str]:
    if not any(row.folded for told in tallied for row in (*told.suppliers, *told.recipients)):
        return []
    return [_("On either side, all but the %(n)s with most are drawn as others.") % {"n": MOST}]


def _table(told: Flows, question: TransferFilterSet) -> Table:
    columns, cells = graded(grades_in(told.first))
    shown = [
        (
            _("%(supplier)s to %(recipient)s") % {"supplier": row.supplier.label, "recipient": row.recipient.label},
            _list_of(question, told, row),
            cells(row),
        )
        for row in told.first
    ]
    more = ""
    if told.pairs > len(told.first):
        words = _("The %(n)s pairs with most transfers stand here, of %(all)s; the files have all of them.")
        more = words % {"n": len(told.first), "all": told.pairs}
    return Table(told.dataset, _("From whom to whom"), columns, [("", shown)], more)


def _list_of(question: TransferFilterSet, told: Flows, row: Flow) -> str:
    """The list of the transfers of a dataset between two countries."""
    query = QueryDict(question.query_string, mutable=True)
    sides = {"supplier": row.supplier.value, "recipient": row.recipient.value}
    for name, value in (sides | {"dataset": told.dataset.public_id}).items():
        query[name] = value
    return f"{reverse('transfer_list')}?{query.urlencode()}"


FLOWS = FlowsPicture()
