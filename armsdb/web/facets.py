"""The facets of a list as its page shows them: the usual values, and the others folded."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from armsdb.filters import TransferFilterSet
from armsdb.filters.facets import FACETS, Facets

#: Values that are shown before the others are folded, and the most of all; decades are never folded.
SHOWN, MOST = 6, 50
_LABELS = {
    "decade": _("Decade"),
    "supplier": _("Supplier"),
    "recipient": _("Recipient"),
    "category": _("Category"),
    "nature": _("Nature"),
    "status": _("Status"),
    "evidence": _("Evidence"),
    "dataset": _("Dataset"),
}


def facets_of(asked: TransferFilterSet) -> list[dict[str, Any]]:
    """The facets that can narrow an answer down: those of several values."""
    values = Facets(asked).values()
    return [_facet(name, values[name]) for name in FACETS if len(values[name]) > 1]


def _facet(name: str, values: list[Any]) -> dict[str, Any]:
    if name == "decade":
        widest = max(one.count for one in values)
        return {"label": _LABELS[name], "values": values, "rest": [], "omitted": 0, "widest": widest}
    # One value more would take no less room than the words that fold it away.
    shown = SHOWN if len(values) > SHOWN + 1 else len(values)
    rest, omitted = values[shown:MOST], max(0, len(values) - MOST)
    return {"label": _LABELS[name], "values": values[:shown], "rest": rest, "omitted": omitted, "widest": 0}
