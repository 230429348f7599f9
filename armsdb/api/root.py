"""The first address of the API, the description of all of them, and what answers at addresses that are none."""

from functools import cache
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from .base import ApiView, lead_to, refuse, unknown_parameters
from .pages import site
from .references import collection_path
from .shapes import Shape

COLLECTIONS = (
    "countries",
    "organisations",
    "companies",
    "people",
    "equipment",
    "transfers",
    "figures",
    "sanctions",
    "events",
    "ownerships",
    "roles",
    "sources",
    "citations",
    "datasets",
)


class RootShape(Shape):
    """Where everything is."""

    name = serializers.CharField(help_text=_("What this is."))
    version = serializers.CharField(help_text=_("The version of the software."))
    collections = serializers.DictField(
        child=serializers.URLField(), help_text=_("The lists of records, by kind; a record is at its id below them.")
    )
    search = serializers.CharField(help_text=_("Search across all kinds, as a URI template."))
    suggest = serializers.CharField(help_text=_("Names that begin as somebody types, as a URI template."))
    relations = serializers.CharField(help_text=_("Two countries, as a URI template."))
    changes = serializers.CharField(help_text=_("What changed since an earlier answer, as a URI template."))
    reconcile = serializers.URLField(
        help_text=_("Matches lists of names, as OpenRefine asks (Reconciliation API 0.2).")
    )
    releases = serializers.URLField(
        help_text=_("Where releases are: all that may be passed on, as files that never change.")
    )
    schema = serializers.URLField(help_text=_("The description of this API in OpenAPI 3.1."))
    docs = serializers.URLField(help_text=_("The same to read and to try."))


class RootView(ApiView):
    """Where everything is."""

    shape = RootShape
    types = ()

    def get(self, request: Request) -> Response:
        refuse(unknown_parameters(request, ("format",)))
        here = site(request)
        answer = {
            "name": settings.SPECTACULAR_SETTINGS["TITLE"],
            "version": settings.SPECTACULAR_SETTINGS["VERSION"],
            "collections": {name: here + collection_path(name) for name in COLLECTIONS},
            "search": here + reverse("api:search") + "{?q,type*,exact,page,page_size}",
            "suggest": here + reverse("api:suggest") + "{?q}",
            "relations": here + reverse("api:relation", args=["A", "B"]).replace("A/B", "{country}/{other_country}"),
            "changes": here + reverse("api:changes") + "{?since}",
            "reconcile": here + reverse("api:reconcile"),
            "releases": here + reverse("data"),
            "schema": here + reverse("api:schema"),
            "docs": here + reverse("api:docs"),
        }
        return Response(answer)


@cache
def description() -> Any:
    """The description of the API: it follows from the code alone, so it is made once."""
    return SchemaGenerator().get_schema(request=None, public=True)


class SchemaView(ApiView):
    """The description of the API in OpenAPI 3.1: JSON, or YAML for `format=yaml`."""

    schema = None
    types = ()
    renderer_classes = [OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer, OpenApiYamlRenderer2]

    def get(self, request: Request) -> Response:
        refuse(unknown_parameters(request, ("format",)))
        return Response(description())


@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """The description of the API to read and to try; its drawings are data of its own style sheet."""

    schema = None
    url_name = "api:schema"
    template_name = "api/docs.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().get(request, *args, **kwargs)
        response.data |= {"title": _now("API reference"), "section": "api", "robots": "noindex"}
        return response


class UnknownAddress(ApiView):
    """Every address below the API's that is none; one without its last slash leads to the one with it."""

    schema = None
    types = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not _is_address(f"{request.path}/"):
            raise Http404(
                _now("There is nothing at this address; %(root)s tells where everything is.")
                % {"root": reverse("api:root")}
            )

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return lead_to(request, f"{request.path}/")


def _is_address(path: str) -> bool:
    try:
        return resolve(path).url_name is not None
    except Resolver404:
        return False
