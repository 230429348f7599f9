"""What is read with the rows of lists that may be long, for pages and API alike."""

from datetime import date
from typing import Any

from armsdb.lib.vocab import Verdict

from .citations import CITABLE, Citation
from .reading import Beside, Plan
from .transfers import Transfer

_PASSAGES = ("source__publisher", "quotes__publisher", "attributed_to_person", "attributed_to_organisation")


def _is_published(row: Any) -> bool:
    return bool(row.is_published)


def _is_told(pair: Any) -> bool:
    return bool(pair.verdict != Verdict.DIFFERENT)


def _by_date(delivery: Any) -> tuple[date, int]:
    return delivery.date_earliest or date.max, delivery.pk


_PARTIES = ("dataset", "supplier", "supplier_organisation", "recipient", "recipient_organisation", "equipment")
_CITED = Beside("citations", _PASSAGES, kept=_is_published)

#: Transfers as lists show them: with their parties and published passages.
LINES = Plan(Transfer, joins=_PARTIES, beside=(_CITED,))
#: Transfers with their parties, companies, deliveries and published passages, and the lines that they have to do with.
TRANSFERS = Plan(
    Transfer,
    joins=(*_PARTIES, "deal", "returns"),
    beside=(
        _CITED,
        Beside("company_rows", ("company",)),
        Beside("deliveries", order=_by_date),
        Beside("returned_by", kept=_is_published),
        Beside("overlap_rows_as_first", ("second",), kept=_is_told),
        Beside("overlap_rows_as_second", ("first",), kept=_is_told),
    ),
)
#: Passages with their documents and tellers, and the facts that they tell of with what their addresses need.
CITATIONS = Plan(
    Citation,
    joins=(
        *_PASSAGES,
        *CITABLE,
        "ownership__child",
        "role__person",
        "role__of_organisation",
        "role__of_country",
    ),
)
