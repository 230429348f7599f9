"""SIPRI's trade register in 17 columns: a row for each deal and year of delivery, with the database's own number."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from armsdb import actions
from armsdb.lib.numbers import VagueNumber
from armsdb.lib.vocab import Status
from armsdb.models import Delivery

from . import cells
from .refusals import Record, Refused
from .sipri_tables import SipriTable, about
from .tables import Layout
from .who import Who

FORM = "sipri-17"
LAYOUT = Layout(
    FORM,
    (
        "sipri at database id",
        "supplier",
        "recipient",
        "designation",
        "description",
        "armament category",
        "order date",
        "order date is estimate",
        "numbers delivered",
        "numbers delivered is estimate",
        "delivery year",
        "delivery year is estimate",
        "status",
        "sipri estimate",
        "tiv deal unit",
        "tiv delivery values",
        "local production",
    ),
    unquoted=True,
)
#: What is the same in all rows of a deal.
_CONSTANT = ("supplier", "recipient", "designation", "order_year")


class DeliveryTable(SipriTable):
    """One transfer a deal, its rows its deliveries."""

    layout = LAYOUT
    about = about(FORM, "deliveries (17 columns)")
    fields = (
        "id",
        "supplier",
        "recipient",
        "designation",
        "description",
        "category",
        "order_year",
        "order_year_doubt",
        "number",
        "number_doubt",
        "year",
        "year_doubt",
        "status",
        "estimate",
        "tiv_unit",
        "tiv",
        "local",
    )

    def key(self, record: Record, who: Who) -> str:
        """The number of the deal."""
        found = record.cells[0]
        if not (found.isascii() and found.isdigit() and len(found) <= 20):
            raise Refused(self.titles["id"], found, "A deal has a number.")
        return found

    def rows(self, group: list[Record], who: Who, warn: Callable[[int, str], None]) -> list[actions.Row]:
        told = [self.told(record) for record in group]
        first = told[0]
        key = self.key(group[0], who)
        self._refuse_other_deals(group, told)
        deliveries = [self._delivery(record, one) for record, one in zip(group, told, strict=True)]
        years = {one["date"].earliest for one in deliveries if one["date"]}
        deliveries += [one for one in self._elsewhere.get(key, []) if one["date"].earliest not in years]
        ordered = self._ordered(group[0], first)
        values = {
            **self.parties(first, who),
            "equipment": self.equipment(first, who),
            "ordered": ordered,
            "delivered": cells.dates_of(_year_of(one) for one in deliveries if one["date"]),
            "quantity_delivered": _total([one["quantity"] for one in deliveries]),
            "status": Status.DELIVERED,
            "condition": self.condition(first),
            "local_production": cells.mark(self.titles["local"], first["local"]),
            "tiv_unit": cells.amount(self.titles["tiv_unit"], first["tiv_unit"]),
            "tiv_delivered": _sum([one["tiv"] for one in deliveries]),
            "comment": self._estimate(first),
        }
        self.has.note_date("ordered", ordered)
        self.has.note_date("delivered", values["delivered"])
        begun = min((one["date"].earliest for one in deliveries if one["date"]), default=None)
        if ordered and begun and begun < ordered.earliest:
            warn(group[0].line, f"Deal {key} has a delivery before its order.")
        return [actions.Row(key, f"ID {key}", values, {"deliveries": deliveries})]

    def _refuse_other_deals(self, group: Sequence[Record], told: Sequence[dict[str, str]]) -> None:
        years: set[str] = set()
        for record, one in zip(group, told, strict=True):
            for name in _CONSTANT:
                if one[name] != told[0][name]:
                    raise _in(record, Refused(self.titles[name], one[name], f"The deal has “{told[0][name]}” before."))
            if one["year"] in years:
                raise _in(record, Refused(self.titles["year"], one["year"], "The deal has a row of this year already."))
            years.add(one["year"])

    def _delivery(self, record: Record, told: dict[str, str]) -> dict[str, Any]:
        try:
            doubts = {name: cells.mark(self.titles[name], told[name]) for name in ("number_doubt", "year_doubt")}
            year = cells.year(self.titles["year"], told["year"], doubts["year_doubt"])
            return {
                "date": cells.date_of(year, doubts["year_doubt"]),
                "quantity": cells.number(self.titles["number"], told["number"], doubts["number_doubt"]),
                "tiv": cells.amount(self.titles["tiv"], told["tiv"]),
            }
        except Refused as refused:
            raise _in(record, refused) from refused

    def _ordered(self, record: Record, told: dict[str, str]) -> Any:
        doubt = cells.mark(self.titles["order_year_doubt"], told["order_year_doubt"])
        return cells.date_of(cells.year(self.titles["order_year"], told["order_year"], doubt), doubt)

    def _estimate(self, told: dict[str, str]) -> str:
        """What SIPRI puts a new one at, where that is not what it puts one of this deal at."""
        new = cells.amount(self.titles["estimate"], told["estimate"])
        if new is None or told["estimate"] == told["tiv_unit"]:
            return ""
        return f"SIPRI estimate of a new one: {told['estimate']} million TIV."

    @cached_property
    def _elsewhere(self) -> dict[str, list[dict[str, Any]]]:
        """The deliveries that the dataset has of years that the file does not cover: it does not tell of them."""
        found: dict[str, list[dict[str, Any]]] = {}
        if self.covers is None or not self.covers.is_limited:
            return found
        rows: Any = Delivery.objects.filter(transfer__dataset__public_id=self.dataset_id).exclude(date_edtf="")
        for row in rows.select_related("transfer").order_by("pk").iterator():
            if row.date_earliest is not None and not self.covers.has(row.date_earliest.year):
                told = {"date": row.date, "quantity": row.quantity, "tiv": row.tiv}
                found.setdefault(row.transfer.key, []).append(told)
        return found


def _in(record: Record, refused: Refused) -> Refused:
    """Say which record of a deal it is."""
    refused.record = record
    return refused


def _year_of(delivery: dict[str, Any]) -> tuple[int, bool]:
    date = delivery["date"]
    return date.earliest.year, date.is_approximate


def _total(numbers: Sequence[VagueNumber | None]) -> VagueNumber | None:
    """The sum of what every delivery tells; None where one does not."""
    told = [number.low for number in numbers if number is not None and number.low is not None]
    if not numbers or len(told) < len(numbers):
        return None
    total = sum(told, Decimal(0))
    return VagueNumber(total, total, any(number is not None and number.approximate for number in numbers))


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    told = [value for value in values if value is not None]
    return sum(told, Decimal(0)) if told else None
