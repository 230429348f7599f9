"""The addresses of the reconciliation service; `/api/v1/reconcile/` is the one to name in OpenRefine."""

from typing import Any, ClassVar

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from armsdb import search
from armsdb.api import limits
from armsdb.api.base import ApiView, refuse, unknown_parameters
from armsdb.api.pages import site
from armsdb.filters import Problem
from armsdb.lib import names, terms
from armsdb.models.addresses import at

from . import answers
from .kinds import COMPARED, MODELS, PROPERTIES, TYPES, read_id, read_many
from .matching import answer
from .questions import Form, read_extension, read_queries

#: The most that is suggested or proposed at once.
MOST = 20


class ReconcileView(ApiView):
    """What the service offers; and, of `queries`, which records names mean, of `extend`, what is known of records."""

    schema = None
    types = tuple(MODELS)
    limit = limits.RECONCILE
    parser_classes = [Form]

    def get(self, request: Request) -> Response:
        return self._answered(request, request.query_params)

    def post(self, request: Request) -> Response:
        refuse([Problem(name, _("A POST has its parameters in the form.")) for name in request.query_params])
        form: Any = request.data
        if not isinstance(form, QueryDict) or not form:
            refuse([Problem("queries", _("A POST has queries or extend in its form."))])
        return self._answered(request, form)

    def _answered(self, request: Request, asked: Any) -> Response:
        refuse(_problems(asked))
        here = site(request)
        if "queries" in asked:
            queries = read_queries(str(asked["queries"]))
            limits.count_more(request, len(queries) - 1)
            results = {key: [answers.told_candidate(one) for one in answer(query)] for key, query in queries.items()}
            return Response({key: {"result": told} for key, told in results.items()})
        if "extend" in asked:
            wanted = read_extension(str(asked["extend"]))
            return Response(answers.extended(wanted.ids, read_many(wanted.ids), wanted.properties, here))
        return Response(answers.manifest(here))


def _problems(asked: QueryDict) -> list[Problem]:
    allowed = ("queries", "extend")
    found = [Problem(name, _("Unknown parameter.")) for name in asked if name not in allowed]
    found += [
        Problem(name, _("The parameter is given more than once.")) for name in allowed if len(asked.getlist(name)) > 1
    ]
    if all(name in asked for name in allowed):
        found.append(Problem("extend", _("One request has queries or extend, not both.")))
    return found


class SuggestForReconciling(ApiView):
    """Records, types or properties whose names begin as somebody types."""

    schema = None
    types = tuple(MODELS)
    limit = limits.SEARCH

    def get(self, request: Request, what: str) -> Response:
        if what not in _SUGGESTED:
            raise Http404(_("Nothing of this kind is suggested."))
        refuse(unknown_parameters(request, ("prefix", "cursor")))
        prefix, start = request.query_params.get("prefix", "").strip(), _cursor(request)
        if len(prefix) > terms.MAX_LENGTH:
            refuse([Problem("prefix", _("It has at most %(most)d characters.") % {"most": terms.MAX_LENGTH})])
        found = _SUGGESTED[what](prefix)
        return Response({"result": found[start : start + MOST]})


def _entities(prefix: str) -> list[dict[str, Any]]:
    named = search.suggest(prefix) if names.key(prefix) else []
    return [answers.told_suggestion(one) for one in named if one.type in MODELS]


def _types(prefix: str) -> list[dict[str, Any]]:
    return [answers.told_type(one) for one, name in TYPES.items() if _begins(prefix, one, str(name))]


def _properties(prefix: str) -> list[dict[str, Any]]:
    return [answers.told_property(name) for name, told in COMPARED.items() if _begins(prefix, name, str(told.name))]


def _begins(prefix: str, *texts: str) -> bool:
    """Whether a word of these begins so; everything does with nothing."""
    begun = names.fold(prefix)
    return any(f" {names.fold(text)}".find(f" {begun}") >= 0 for text in texts) and (bool(begun) or not prefix)


_SUGGESTED = {"entity": _entities, "type": _types, "property": _properties}


def _cursor(request: Request) -> int:
    text = request.query_params.get("cursor", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        refuse([Problem("cursor", _("This is a number: so many are left out."))])
    return int(text)


class PropertiesView(ApiView):
    """The properties that can be had of the records of a type."""

    schema = None
    types = ()

    def get(self, request: Request) -> Response:
        refuse(unknown_parameters(request, ("type", "limit")))
        type_, limit = request.query_params.get("type", ""), request.query_params.get("limit", str(MOST))
        if type_ and type_ not in TYPES:
            refuse([Problem("type", _("It is not one of: %(allowed)s.") % {"allowed": ", ".join(TYPES)})])
        if not (limit.isascii() and limit.isdigit() and 0 < len(limit) <= 6):
            refuse([Problem("limit", _("This is a whole number."))])
        found = [name for name, told in PROPERTIES.items() if not type_ or told.is_of(type_)]
        shown = [{"id": name, "name": str(PROPERTIES[name].name)} for name in found[: int(limit)]]
        return Response({"limit": int(limit), **({"type": type_} if type_ else {}), "properties": shown})


class _Html(BaseRenderer):
    """A page; errors are told as everywhere in the API."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return str(data).encode()


class _OfOne(ApiView):
    """What stands at the id of an entity."""

    schema = None
    renderer_classes = [_Html]
    types = tuple(MODELS)

    def found(self, request: Request, entity: str) -> Any:
        """The record; 404 where readers have none. One that was renamed or merged is the one that it is now."""
        refuse(unknown_parameters(request, ()))
        named = read_id(entity)
        there = at(MODELS[named[0]].objects, named[1]) if named else None
        record = there and (there.record or there.moved)
        if record is None:
            raise Http404(_("There is no record with this id."))
        return record


class ViewOfEntity(_OfOne):
    """The page of a record, by its id in reconciliation."""

    types: ClassVar[tuple[str, ...]] = ()

    def get(self, request: Request, entity: str) -> HttpResponse:
        return redirect(self.found(request, entity).get_absolute_url())


@method_decorator([csp_replace({"frame-ancestors": ["*"]}), xframe_options_exempt], name="dispatch")
class PreviewOfEntity(_OfOne):
    """What a record is, on a card for the frames of other sites."""

    def get(self, request: Request, entity: str) -> HttpResponse:
        record = self.found(request, entity)
        aliases = [alias.name for alias in record.aliases.all()]
        context = {"record": record, "kind": answers.what(record), "aliases": aliases, "site": site(request)}
        return render(request._request, "api/reconcile_preview.html", context)
