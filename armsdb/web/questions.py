"""What a list says of the question that it answers: its title, the orders it can have, what it leaves out."""

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from armsdb.filters import StrictFilterSet

#: Orders in words, rising and falling; what is not named here goes by date.
_ORDERS: dict[str, tuple[Any, Any]] = {
    "name": (gettext_lazy("name, A to Z"), gettext_lazy("name, Z to A")),
    "value": (gettext_lazy("smallest value first"), gettext_lazy("largest value first")),
    "updated": (gettext_lazy("longest unchanged first"), gettext_lazy("last changed first")),
    "ordered": (gettext_lazy("first ordered first"), gettext_lazy("last ordered first")),
    "delivered": (gettext_lazy("first delivered first"), gettext_lazy("last delivered first")),
}
_BY_DATE = (gettext_lazy("oldest first"), gettext_lazy("newest first"))


def title_of(asked: StrictFilterSet, page: Page | None = None) -> str:
    """The title of a page: the question in words, and the number of a later page."""
    if page is None or page.number == 1:
        return asked.sentence
    return _("%(question)s, page %(number)s") % {"question": asked.sentence, "number": page.number}


def orders_of(asked: StrictFilterSet) -> list[tuple[str, Any]]:
    """The orders that can be asked for, each with its words; by relevance only where words are asked for."""
    orders = [("relevance", _("best match first"))] if asked.data.get("q") else []
    for name in asked.ORDERINGS:
        rising, falling = _ORDERS.get(name, _BY_DATE)
        orders += [(name, rising), (f"-{name}", falling)]
    return orders


def left_out_of(asked: StrictFilterSet) -> list[dict[str, Any]]:
    """What the question leaves out without having said so: how many, in words, what that means where
    nothing else answers, and the question that adds them."""
    undated, currency = asked.left_out["undated"], asked.left_out["currency"]
    told = []
    if undated:
        words = ngettext("%(n)s without a date", "%(n)s without a date", undated) % {"n": undated}
        why = ngettext(
            "Nothing with a date answers this; %(n)s has none.",
            "Nothing with a date answers this; %(n)s have none.",
            undated,
        ) % {"n": undated}
        told.append({"words": words, "why": why, "query": _with(asked, undated="include")})
    if currency:
        words = _("%(n)s without a value in this currency") % {"n": currency}
        why = _("Nothing with such a value answers this; %(n)s have no value in this currency.") % {"n": currency}
        query = _with(asked, currency=None, value_min=None, value_max=None)
        told.append({"words": words, "why": why, "query": query})
    return told


def _with(asked: StrictFilterSet, **changes: str | None) -> str:
    """The question with some parameters set, or taken away where they are None, as a query string."""
    query = QueryDict(asked.query_string, mutable=True)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return query.urlencode()
