"""The page of two countries: what each supplied to the other, and the facts about both."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from armsdb.filters.fields import find
from armsdb.models import Country
from armsdb.models.ledgers import gaps_in
from armsdb.models.profiles import Excerpt
from armsdb.models.relations import Relation, Supplied

#: The most rows that a part of the page lists; the lists and the API have them all.
MOST = 500


class RelationPage(View):
    """Two countries, whoever supplied more lines first; the other order and other names lead there with 308."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, first: str, second: str) -> HttpResponse:
        one, other = find(Country, first), find(Country, second)
        if one is None or other is None or one == other:
            raise Http404(_("There are no two countries with these names."))
        relation = Relation.in_order(one, other)
        ids = [country.public_id for country in relation.countries]
        address = reverse("relation", args=ids)
        if request.path != address:
            query = request.META.get("QUERY_STRING", "")
            return redirect(address + (f"?{query}" if query else ""), permanent=True, preserve_request=True)
        addresses = {"canonical_url": request.build_absolute_uri(address), "api_url": reverse("api:relation", args=ids)}
        return render(request, "relations/detail.html", addresses | _page(relation))


def _page(relation: Relation) -> dict[str, Any]:
    names = {"first": relation.first.name, "second": relation.second.name}
    figures = Excerpt.of(relation.figures().with_citations(), MOST)
    sanctions = Excerpt.of(relation.sanctions().with_citations(), MOST)
    events = Excerpt.of(relation.events().with_citations(), MOST)
    directions = [_direction(relation, supplied) for supplied in relation.supplied()]
    told = any(direction["told"].transfers for direction in directions) or figures or sanctions or events
    return {
        "title": _("%(first)s and %(second)s") % names,
        "description": _("Arms transfers between %(first)s and %(second)s, line by line, and how we know.") % names,
        "section": "countries",
        # Any two countries have a page; search engines are kept from those that tell nothing.
        "robots": "" if told else "noindex",
        "relation": relation,
        "directions": directions,
        "figures": figures,
        "sanctions": sanctions,
        "events": events,
        "companies": relation.companies(),
        "sources": relation.sources().select_related("publisher"),
    }


def _direction(relation: Relation, told: Supplied) -> dict[str, Any]:
    """What one of the two supplied to the other: the lines with a date, those without, and what they do not tell."""
    lines = relation.transfers(told.supplier, told.recipient)
    rows = lines.with_parties().with_citations()
    query = f"supplier={told.supplier.public_id}&recipient={told.recipient.public_id}"
    return {
        "told": told,
        "dated": Excerpt.of(rows.dated(), MOST),
        "undated": Excerpt.of(rows.undated(), MOST),
        "not_arms": lines.not_arms().count(),
        "gaps": gaps_in(lines),
        "url": f"{reverse('transfer_list')}?{query}",
    }
