"""The fields of facts in the words of a page: what each is called, and its value written out."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import VagueNumber

from .base import Record
from .facts import Fact

#: What fields of the API are called, in the order of the pages; a passage is told apart in these alone.
NAMES: dict[str, Any] = {
    "statement": gettext_lazy("statement"),
    "kind": gettext_lazy("kind"),
    "supplier": gettext_lazy("supplier"),
    "supplier_organisation": gettext_lazy("supplying organisation"),
    "supplier_as_stated": gettext_lazy("supplier as stated"),
    "recipient": gettext_lazy("recipient"),
    "recipient_organisation": gettext_lazy("receiving organisation"),
    "recipient_as_stated": gettext_lazy("recipient as stated"),
    "equipment": gettext_lazy("equipment"),
    "companies": gettext_lazy("companies"),
    "quantity_ordered": gettext_lazy("quantity ordered"),
    "quantity_delivered": gettext_lazy("quantity delivered"),
    "value": gettext_lazy("value"),
    "number": gettext_lazy("number"),
    "unit": gettext_lazy("what is counted"),
    "about": gettext_lazy("about"),
    "imposed_by": gettext_lazy("imposed by"),
    "imposed_by_as_stated": gettext_lazy("imposed by, as stated"),
    "targets": gettext_lazy("targets"),
    "targets_as_stated": gettext_lazy("targets as stated"),
    "imposed": gettext_lazy("date imposed"),
    "ended": gettext_lazy("date ended"),
    "programme": gettext_lazy("programme"),
    "delivered": gettext_lazy("date of delivery"),
    "ordered": gettext_lazy("date of order"),
    "talked": gettext_lazy("date of talks"),
    "date": gettext_lazy("date"),
    "period": gettext_lazy("period"),
    "place": gettext_lazy("place"),
    "place_country": gettext_lazy("country of the place"),
    "participants": gettext_lazy("participants"),
    "count": gettext_lazy("count"),
    "status": gettext_lazy("status"),
    "nature": gettext_lazy("nature"),
    "condition": gettext_lazy("condition"),
    "local_production": gettext_lazy("local production"),
}

#: Fields that are rows of their own, by the name under which a fact has them.
ROWS = {
    "companies": "company_rows",
    "about": "about_rows",
    "imposed_by": "imposer_rows",
    "targets": "target_rows",
    "participants": "participant_rows",
}


def in_words(fact: Fact, field: str) -> str:
    """The value of a field written out; empty where the fact has none, or no such field."""
    if field in ROWS:
        rows = getattr(fact, ROWS[field], None)
        return ", ".join(str(row) for row in rows.all()) if rows is not None else ""
    value = getattr(fact, field, None)
    if value is None or value == "":
        return ""
    if isinstance(value, VagueDate | VagueNumber):
        return value.display()
    if isinstance(value, Record):
        return str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    display = getattr(fact, f"get_{field}_display", None)
    return str(display() if display else value)


def essence(value: Any) -> Any:
    """What two values of a field are compared by: the words beside a date or a number make no difference."""
    if isinstance(value, VagueDate):
        return value.edtf
    if isinstance(value, VagueNumber):
        kind = getattr(value, "currency", ""), getattr(value, "basis", "")
        words = value.text if value.low is None and value.high is None else ""
        return value.low, value.high, value.approximate, words, *kind
    return None if value == "" else value
