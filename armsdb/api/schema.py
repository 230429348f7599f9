"""The description of the API in OpenAPI: what drf-spectacular cannot see by itself."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from .errors import MEDIA_TYPE
from .file_schema import file_parameters, tell_citations, tell_files
from .parameters import (
    cursor_parameter,
    fields_parameter,
    filter_parameters,
    format_parameter,
    ordering_parameter,
    page_parameters,
    path_parameter,
)
from .references import KINDS
from .shapes import Shape

SCHEMAS = "#/components/schemas/"
EXAMPLES = Path(__file__).parent / "examples"


class ProblemErrorShape(Shape):
    """What is wrong with one parameter."""

    parameter = serializers.CharField(help_text=_("The name of the parameter, as it was given."))
    detail = serializers.CharField(help_text=_("What is wrong with it, in a sentence."))


class ProblemShape(Shape):
    """What went wrong (RFC 9457): one shape for every cause."""

    type = serializers.CharField(help_text=_("A URI that names the kind of problem; about:blank: see the status."))
    title = serializers.CharField(help_text=_("The status in words."))
    status = serializers.IntegerField(help_text=_("The HTTP status."))
    detail = serializers.CharField(help_text=_("What went wrong, in a sentence."))
    errors = ProblemErrorShape(  # type: ignore[assignment]  # a key of the answer; DRF takes it off the class
        many=True, help_text=_("The same for each parameter; empty where none is at fault.")
    )


PROBLEMS: Mapping[int, tuple[Any, Any]] = {
    400: (_("The question is not understood."), _("The question is not understood, so it has no answer: see errors.")),
    401: (_("The token is no good; without one everything is open."), _("The token is not known, or was taken back.")),
    404: (_("There is nothing here: no such id, or no such page of a list."), _("There is no record with this id.")),
    405: (_("Only GET, HEAD and OPTIONS are offered; see Allow."), _("Method “POST” not allowed.")),
    406: (_("No format is offered that Accept names."), _("Could not satisfy the request Accept header.")),
    410: (_("It was withdrawn or is known no more; the detail is why."), _("Entered twice; see articles-t02.")),
    414: (_("The address is too long."), _("The address is longer than 4096 characters.")),
    429: (_("Too many requests; see Retry-After."), _("Too many requests: please wait 20 seconds.")),
    500: (_("A fault of ours."), _("Something went wrong on our side; nothing was changed.")),
    503: (_("Not available now; see Retry-After."), _("The database does not answer now; please ask again later.")),
}
ERRORS_EXAMPLE = [{"parameter": "suplier", "detail": "Unknown parameter. Did you mean supplier?"}]


@cache
def example(name: str) -> Any:
    """An answer as the seed knowledge base gives it."""
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


class TypeFieldDescription(OpenApiSerializerFieldExtension):
    """The type of a record is one word."""

    target_class = "armsdb.api.records.TypeField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        return {"type": "string", "const": self.target.parent.Meta.model.TYPE}


class ApiSchema(AutoSchema):
    """Describes the views of this API: their shapes, the parameters of their FilterSets, their errors, an example."""

    view: Any

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        return type(serializer).__name__.removesuffix("Shape")

    def get_tags(self) -> list[str]:
        return [self._tokenize_path()[0] if self._tokenize_path() else "root"]

    def get_operation_id(self) -> str:
        words = [word.replace("-", "_") for word in self._tokenize_path()] or ["root"]
        return "_".join([*words, "list" if self._is_list_view() else "retrieve"])

    def get_summary(self) -> str:
        doc = (self.view.__class__.__doc__ or "").strip()
        subject = doc.split(".")[0].split(":")[0].split("\n")[0]
        if getattr(self.view, "action", None) == "retrieve":
            return str(_("One record: %(subject)s") % {"subject": subject[0].lower() + subject[1:]})
        return subject

    def get_override_parameters(self) -> list[Any]:
        return list(self._parameters())

    def _parameters(self) -> Iterator[OpenApiParameter]:
        action = getattr(self.view, "action", None)
        if action == "list":
            yield from filter_parameters(self.view.filterset)
            yield ordering_parameter(self.view.filterset)
            yield from page_parameters()
            yield cursor_parameter()
            yield from file_parameters(self.view)
        if action in ("list", "retrieve"):
            yield fields_parameter(self.view.shape)
        if action == "retrieve":
            yield path_parameter("id", _("Public id of the record."), example(self._example_name)["id"])
        yield from getattr(self.view, "parameters", ())
        yield format_parameter(self.map_renderers("format"))

    def get_request_serializer(self) -> None:
        return None

    def get_response_serializers(self) -> Any:
        found: dict[Any, Any] = {200: OpenApiResponse(self.view.shape, description=str(_("The answer.")))}
        found[200].examples = [OpenApiExample(self._example_name, example(self._example_name))]
        if "{" in self.path:
            found[308] = OpenApiResponse(description=str(_("Another id or name of the record: Location has its own.")))
        for status, (description, detail) in PROBLEMS.items():
            if status == 410 and getattr(self.view, "action", None) != "retrieve" and not hasattr(self.view, "goes"):
                continue
            found[status, MEDIA_TYPE] = OpenApiResponse(
                ProblemShape, description=str(description), examples=[problem_example(status, str(detail))]
            )
        return found

    @property
    def _example_name(self) -> str:
        model = getattr(getattr(self.view.shape, "Meta", None), "model", None)
        return model.TYPE if model in KINDS else self.view.shape.__name__.removesuffix("Shape").lower()


def tidied(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """The description with each problem told once, records as `fields` may pick from them, nothing as read-only."""
    responses, schemas = result["components"].setdefault("responses", {}), result["components"]["schemas"]
    for schema in schemas.values():
        for key in schema.get("properties", {}).values():
            key.pop("readOnly", None)
    for kind in KINDS:
        _pickable(schemas, kind.__name__)
    lists = {f"Paginated{kind.__name__}List": kind for kind in KINDS}
    for item in result["paths"].values():
        told = item["get"]["responses"]
        for status in told:
            if int(status) in PROBLEMS:
                name = HTTPStatus(int(status)).phrase.title().replace(" ", "").replace("-", "")
                responses[name] = told[status]
                told[status] = {"$ref": f"#/components/responses/{name}"}
        content = told["200"]["content"]
        answer = content["application/json"]
        name = answer["schema"]["$ref"].removeprefix(SCHEMAS)
        if name in lists:
            tell_files(result, lists[name], content)
        elif name in {kind.__name__ for kind in KINDS}:
            answer["schema"] = _whole_or_picked(name)
            tell_citations(content)
    return result


def _pickable(schemas: dict[str, Any], name: str) -> None:
    """Describe a record of which `fields` has picked some keys, and let the list hold such records."""
    description = str(_("A %(record)s with the keys that `fields` picked, each as in the whole record."))
    schemas[f"Picked{name}"] = {
        "type": "object",
        "description": description % {"record": name.lower()},
        "properties": schemas[name]["properties"],
    }
    schemas[f"Paginated{name}List"]["properties"]["results"]["items"] = _whole_or_picked(name)


def _whole_or_picked(name: str) -> dict[str, Any]:
    return {"anyOf": [{"$ref": SCHEMAS + name}, {"$ref": f"{SCHEMAS}Picked{name}"}]}


def problem_example(status: int, detail: str) -> OpenApiExample:
    """A problem as the API tells it."""
    errors = ERRORS_EXAMPLE if status == HTTPStatus.BAD_REQUEST else []
    title = HTTPStatus(status).phrase
    value = {"type": "about:blank", "title": title, "status": status, "detail": detail, "errors": errors}
    return OpenApiExample(title, value)
