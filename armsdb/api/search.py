"""Search across all kinds of record."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from armsdb import search
from armsdb.filters import Problem, SearchForm
from armsdb.filters.search import FOUND
from armsdb.lib import terms
from armsdb.lib.paging import read_page
from armsdb.models import Record
from armsdb.search import Hit

from . import limits
from .base import ApiView, refuse
from .pages import bounds, framed, page_problems, site
from .parameters import page_parameters, parameter
from .references import NamedShape, record_path
from .shapes import LikeField, Shape

#: Where words can be found.
MATCHED = [
    ("name", _("its name")),
    ("other-name", _("another name")),
    ("text", _("the rest of its text")),
    ("like", _("words that are like those asked for")),
]
#: What the page of a record needs besides the record.
JOINS = {"ownership": ("child",), "role": ("person", "of_organisation", "of_country")}


class HitShape(NamedShape):
    """A record that answers, and why."""

    score = serializers.FloatField(help_text=_("How well it answers, from 1, a whole name, down to 0."))
    matched = serializers.ChoiceField(choices=MATCHED, help_text=_("Where the words were found."))
    matched_name = serializers.CharField(
        allow_null=True, help_text=_("The name that answers; of a text the words that are like, else null.")
    )
    matched_kind = serializers.CharField(
        allow_null=True, help_text=_("What kind of other name it is; null for its own name, codes and text.")
    )
    snippet = serializers.CharField(help_text=_("The words around the place that was found."))

    def to_representation(self, found: tuple[Hit, Record]) -> dict[str, Any]:
        hit, record = found
        return {
            "id": record.public_id,
            "type": record.TYPE,
            "name": str(record),
            "url": self.site + record_path(record),
            "page": self.site + record.get_absolute_url(),
            "score": hit.score,
            "matched": hit.matched,
            "matched_name": hit.matched_name,
            "matched_kind": hit.matched_kind,
            "snippet": hit.snippet,
        }


class SearchShape(Shape):
    """One page of what was found, best first."""

    count = serializers.IntegerField(help_text=_("How many records answer, of the types asked for, on all pages."))
    next = serializers.URLField(allow_null=True, help_text=_("The next page; null on the last."))
    previous = serializers.URLField(allow_null=True, help_text=_("The page before; null on the first."))
    types = serializers.DictField(
        child=serializers.IntegerField(), help_text=_("How many records of each type answer the words.")
    )
    like = LikeField()
    results = HitShape(many=True, help_text=_("The records of this page."))


class SearchView(ApiView):
    """Search across all kinds: whole names come first, then longer names, then facts.

    Spelling may vary: accents, case, hyphens, Cyrillic and known misspellings make no difference. Where nothing has the
    words as they are written, names with words that are like them answer: one typing error in a word of five letters or
    more, two in one of nine.
    """

    shape = SearchShape
    dear = True
    limit = limits.SEARCH
    parameters = (
        parameter(
            "q",
            _("Words to look for: all must be found."),
            {"type": "string", "minLength": 1, "maxLength": terms.MAX_LENGTH},
            "burma",
            required=True,
        ),
        parameter(
            "type",
            _("Only records of this type. Repeated, it means “or”."),
            {"type": "array", "items": {"type": "string", "enum": list(FOUND)}},
            ["country"],
        ),
        parameter("exact", _("Find words only as they are written."), {"type": "string", "enum": ["1"]}, "1"),
        *page_parameters(),
    )

    def get(self, request: Request) -> Response:
        form = SearchForm(request.query_params)
        refuse([*form.problems, *_missing(request), *page_problems(request)], [*form.fields, *form.controls])
        asked, (number, size) = form.cleaned_data, read_page(request.query_params)
        types = [choice.value for choice in asked["type"]]
        start, exact = (number - 1) * size, bool(asked["exact"])
        results = search.search(asked["q"], types=types or None, offset=start, limit=size, exact=exact)
        bounds(request, results.count)
        shape = HitShape.ready({"site": site(request)})
        shapes = [shape.to_representation(found) for found in _records(results.hits)]
        return Response(framed(request, results.count, shapes, types=results.types, like=results.likes))


def _missing(request: Request) -> list[Problem]:
    """The problem of a search for nothing."""
    if request.query_params.get("q", "").strip():
        return []
    return [Problem("q", _now("A search needs words to look for."))]


def _records(hits: Sequence[Hit]) -> list[tuple[Hit, Record]]:
    """The hits with their records, one query for each kind; what is gone since is left out."""
    keys: dict[str, list[int]] = {}
    for hit in hits:
        keys.setdefault(hit.type, []).append(hit.record_id)
    records = {
        (kind, key): record
        for kind, of_kind in keys.items()
        for key, record in FOUND[kind].objects.published().select_related(*JOINS.get(kind, ())).in_bulk(of_kind).items()
    }
    return [(hit, records[hit.type, hit.record_id]) for hit in hits if (hit.type, hit.record_id) in records]
