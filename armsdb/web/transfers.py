"""Pages of transfers."""

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from armsdb.filters import TransferFilterSet
from armsdb.lib.vocab import Known
from armsdb.models import Country, Transfer
from armsdb.models.plans import LINES
from armsdb.models.side_by_side import SideBySide

from .base import RecordDetail, RecordList
from .facets import facets_of
from .facts import fact_page
from .relations import relation_link
from .unknowns import unknown_of

#: Seconds for which the row of a line, once written, is used again while nothing that readers see has changed.
_KEPT_FOR = 3600


class TransferList(RecordList):
    """Lines of supply, the newest first."""

    filterset = TransferFilterSet
    template = "transfers/list.html"
    section = "transfers"

    def rows(self) -> QuerySet:
        return Transfer.objects.published()

    def read(self, keys: list[int]) -> list[Any]:
        return [line for line in LINES.read(keys) if line.is_published]

    def more(self, asked: Any, page: Page) -> dict[str, Any]:
        values = asked.form.cleaned_data
        one, other = values["supplier"], values["recipient"]
        pair = [*one, *other] if len(one) == len(other) == 1 else values["country"]
        ids = [choice.stored for choice in pair if choice.stored]
        countries = list(Country.objects.filter(pk__in=ids)) if len(ids) == 2 else []
        return {
            "relation": relation_link(*countries) if len(countries) == 2 else None,
            "facets": facets_of(asked),
            "facets_url": reverse("api:facets") + (f"?{asked.query_string}" if asked.query_string else ""),
            "kept_for": _KEPT_FOR,
            "as_of": asked.memory.version,
        }


class TransferDetail(RecordDetail):
    """One line: value by value, with what speaks for and against it, what it returns, and what is not known."""

    template = "transfers/detail.html"
    section = "transfers"

    def rows(self) -> QuerySet:
        lines = Transfer.objects.with_parties().with_citations().select_related("deal")
        return lines.prefetch_related("company_rows__company", "deliveries")

    def more(self, record: Transfer) -> dict[str, Any]:
        relation = relation_link(record.supplier, record.recipient)
        way = _("%(supplier)s to %(recipient)s") % {"supplier": record.supplier, "recipient": record.recipient}
        return {
            **fact_page(record, *([relation | {"label": way}] if relation else [])),
            "relation": relation,
            "sides": [_side(record, "supplier", _("Supplier")), _side(record, "recipient", _("Recipient"))],
            "chains": _chains(record),
            "side_by_side": _side_by_side(record),
            "overlaps": Transfer.objects.published().perhaps_overlapping(record).with_parties().with_citations(),
            "unknown": unknown_of(record),
        }


def _side_by_side(transfer: Transfer) -> SideBySide | None:
    """The line beside those of other datasets of which an editor found that they tell of the same delivery."""
    others = list(Transfer.objects.published().same_delivery_as(transfer).with_parties().with_citations())
    return SideBySide([transfer, *others]) if others else None


def _side(transfer: Transfer, side: str, label: str) -> dict[str, Any]:
    """What is known of the supplier or the recipient: links, or words where there is nothing to link to."""
    country, organisation = getattr(transfer, side), getattr(transfer, f"{side}_organisation")
    known, stated = getattr(transfer, f"{side}_known"), getattr(transfer, f"{side}_as_stated")
    links = [country, organisation] if known == Known.COUNTRY else [organisation, country]
    small = _("organisation not stated") if known == Known.COUNTRY and organisation is None else ""
    if stated:
        small = _("in the source’s words: %(words)s") % {"words": stated}
    return {"field": side, "label": label, "links": [link for link in links if link], "small": small}


def _chains(transfer: Transfer) -> list[list[Transfer]]:
    """The ways there and back that a line is part of, leg by leg: one for each line that returns something of it."""
    beside = list(Transfer.objects.published().beside(transfer).with_parties())
    before = [line for line in beside if line.pk == transfer.returns_id]
    after = [line for line in beside if line.pk != transfer.returns_id]
    if after:
        return [[*before, transfer, line] for line in after]
    return [[*before, transfer]] if before else []
