"""Suggestions while somebody types."""

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from armsdb import search
from armsdb.filters import SuggestForm
from armsdb.filters.search import FOUND
from armsdb.lib import terms
from armsdb.lib.vocab import OrganisationKind
from armsdb.search import Suggestion

from . import limits
from .base import ApiView, refuse
from .pages import site
from .parameters import parameter
from .references import NamedShape, collection_path
from .search import MATCHED
from .shapes import Shape


class SuggestionShape(NamedShape):
    """A record that may be meant."""

    matched = serializers.ChoiceField(choices=MATCHED[:2], help_text=_("Which of its names was begun."))
    matched_name = serializers.CharField(help_text=_("That name."))
    matched_kind = serializers.CharField(
        allow_null=True, help_text=_("What kind of other name it is; null for its own name and codes.")
    )


class SuggestionsShape(Shape):
    """What may be meant, best first."""

    results = SuggestionShape(many=True, help_text=_("At most ten records."))


class SuggestView(ApiView):
    """Names that begin as somebody types, or that have a word which does: whole names first, then countries.

    Accents, case, hyphens and Cyrillic make no difference, as in a search; typing errors do.
    """

    shape = SuggestionsShape
    limit = limits.SEARCH
    parameters = (
        parameter(
            "q",
            _("The beginning of a name, or of one of its words."),
            {"type": "string", "minLength": 1, "maxLength": terms.MAX_LENGTH},
            "rosob",
            required=True,
        ),
    )

    def get(self, request: Request) -> Response:
        form = SuggestForm(request.query_params)
        refuse(form.problems, [*form.fields, *form.controls])
        here = site(request)
        return Response({"results": [_shaped(one, here) for one in search.suggest(form.cleaned_data["q"])]})


def _shaped(one: Suggestion, here: str) -> dict[str, Any]:
    url, page = _addresses(one.type, one.is_company)
    return {
        "id": one.public_id,
        "type": one.type,
        "name": one.name,
        "url": f"{here}{url}{one.public_id}/",
        "page": f"{here}{page}{one.public_id}/",
        "matched": one.matched,
        "matched_name": one.matched_name,
        "matched_kind": one.matched_kind,
    }


@lru_cache(maxsize=64)
def _addresses(type_: str, is_company: bool) -> tuple[str, str]:
    """Where records of a kind stand, in the API and among the pages; their ids need no quoting."""
    record = FOUND[type_](public_id="0", **({"kind": OrganisationKind.COMPANY} if is_company else {}))
    return collection_path(record.collection), record.get_absolute_url().removesuffix("0/")
