"""SIPRI's trade register with a row for each deal: in 16 columns, in 12, or as the text of a page (RTF)."""

import re
from collections.abc import Callable
from typing import Any

from armsdb import actions
from armsdb.lib import names
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import Status

from . import cells
from .keyed import key_of
from .refusals import Record
from .sipri_tables import SipriTable, about, designation_of
from .tables import Layout
from .who import Who

SIXTEEN = Layout(
    "sipri-16",
    (
        "recipient",
        "supplier",
        "year of order",
        "",
        "number ordered",
        "",
        "weapon designation",
        "weapon description",
        "number delivered",
        "",
        "year(s) of delivery",
        "status",
        "comments",
        "sipri tiv per unit",
        "sipri tiv for total order",
        "sipri tiv of delivered weapons",
    ),
    unquoted=True,
)
TWELVE = Layout(
    "sipri-12",
    (
        "recipient",
        "supplier",
        "year of order",
        "",
        "no. ordered",
        "",
        "weapon designation",
        "weapon description",
        "no. delivered",
        "",
        "year of delivery",
        "comments",
    ),
    blank="uncertain",
    unquoted=True,
)
_LISTED = re.compile(r"; ?")


class DealTable(SipriTable):
    """One transfer a row; the key is made of the parties, the designation and the year of order, and of a number."""

    layout = SIXTEEN
    about = about("sipri-16", "deals (16 columns)")
    fields: tuple[str, ...] = (
        "recipient",
        "supplier",
        "order_year",
        "order_year_doubt",
        "ordered",
        "ordered_doubt",
        "designation",
        "description",
        "delivered",
        "delivered_doubt",
        "years",
        "status",
        "comments",
        "tiv_unit",
        "tiv_ordered",
        "tiv_delivered",
    )

    def key(self, record: Record, who: Who) -> str:
        """What is the same in all editions, whatever they call it."""
        told = self.told(record)
        parties = [self.party(told, side, who).normal for side in ("recipient", "supplier")]
        year = told["order_year"].strip("()?")
        return key_of(*parties, names.key(designation_of(told)), year)

    def row(self, record: Record, who: Who, warn: Callable[[int, str], None]) -> actions.Row:
        told = self.told(record)
        key = self.key(record, who)
        ordered = self._ordered(told)
        delivered, deliveries = self._delivered(told)
        numbers = {
            name: cells.number(self.titles[name], told[name], self._doubt(told, f"{name}_doubt"))
            for name in ("ordered", "delivered")
        }
        if told["ordered"] == "0":  # older editions write so what they do not know
            numbers["ordered"] = cells.number(self.titles["ordered"], "", self._doubt(told, "ordered_doubt"))
        values = {
            **self.parties(told, who),
            "equipment": self.equipment(told, who),
            "ordered": ordered,
            "delivered": delivered,
            "quantity_ordered": numbers["ordered"],
            "quantity_delivered": numbers["delivered"],
            "status": self._status(numbers),
            "condition": self.condition(told),
            "comment": told["comments"],
            **self._volume(told, numbers["ordered"]),
        }
        self.has.note_date("ordered", ordered)
        self.has.note_date("delivered", delivered)
        begun = delivered.earliest if delivered else None
        if ordered and ordered.earliest and begun and begun < ordered.earliest:
            warn(record.line, "The first delivery is before the order.")
        return actions.Row(key, f"line {record.line}, {self.edition.label}", values, {"deliveries": deliveries})

    def _doubt(self, told: dict[str, str], name: str) -> bool:
        return bool(cells.mark(self.titles[name], told[name]))

    def _ordered(self, told: dict[str, str]) -> VagueDate | None:
        doubt = self._doubt(told, "order_year_doubt")
        return cells.date_of(cells.year(self.titles["order_year"], told["order_year"], doubt))

    def _delivered(self, told: dict[str, str]) -> tuple[VagueDate | None, list[dict[str, Any]]]:
        """When it was delivered, and where several years are told apart, a delivery without a number for each."""
        title = self.titles["years"]
        if "-" in told["years"]:
            return cells.span(title, told["years"])[0], []
        listed = [cells.year(title, text) for text in _LISTED.split(told["years"]) if text]
        years = sorted({year for year in listed if year is not None})
        deliveries = [{"date": cells.date_of(year), "quantity": None, "tiv": None} for year in years]
        return cells.dates_of(years), deliveries if len(years) > 1 else []

    @staticmethod
    def _status(numbers: dict[str, Any]) -> Status:
        """Ordered while nothing is delivered, delivered when as much as was ordered is; between the two not told."""
        low = {name: number.low if number else None for name, number in numbers.items()}
        if low["delivered"] == 0:
            return Status.ORDERED
        if low["delivered"] is not None and (low["ordered"] is None or low["delivered"] >= low["ordered"]):
            return Status.DELIVERED
        return Status.UNKNOWN

    def _volume(self, told: dict[str, str], ordered: Any) -> dict[str, Any]:
        """The trend-indicator values; that of the order is written as 0 where it cannot be told."""
        values = {name: cells.amount(self.titles[name], told[name]) for name in self._volumes}
        if values.get("tiv_ordered") == 0 and (ordered is None or ordered.low is None):
            values["tiv_ordered"] = None
        return values

    _volumes: tuple[str, ...] = ("tiv_unit", "tiv_ordered", "tiv_delivered")


class OlderDealTable(DealTable):
    """The older form: a span instead of single years, no values, no status."""

    layout = TWELVE
    about = about("sipri-12", "deals (12 columns)")
    fields = (*DealTable.fields[:11], "comments")
    _volumes = ()

    def condition(self, told: dict[str, str]) -> str:
        """The older form has it among the comments alone, and nothing is taken from a comment."""
        return ""
