"""The description of the API in OpenAPI: what drf-spectacular cannot see by itself."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from armsdb.filters import StrictFilterSet
from armsdb.filters.facts import FIRST_YEAR, LAST_YEAR
from armsdb.filters.fields import MAX_VALUES, ManyFilter, TextFilter, WordFilter, YesNoFilter
from armsdb.lib import terms
from armsdb.lib.paging import MOST, PAGE_SIZE

from .errors import MEDIA_TYPE
from .records import RecordShape
from .references import KINDS
from .shapes import Shape

SCHEMAS = "#/components/schemas/"
EXAMPLES = Path(__file__).parent / "examples"
#: A value of each parameter that makes a question with an answer; words of vocabularies stand for themselves.
VALUES: Mapping[str, Any] = {
    "supplier": "russia",
    "recipient": "burma",
    "country": "myanmar",
    "company": "rosoboronexport",
    "organisation": "myanmar-armed-forces",
    "person": "min-aung-hlaing",
    "equipment": "su-30",
    "source": "article-a",
    "dataset": "articles",
    "fact": "articles-t44",
    "publisher": "al-jazeera",
    "via": "article-a",
    "year_from": 2001,
    "year_to": 2021,
    "value_min": 1000000,
    "value_max": 50000000,
    "currency": "USD",
    "q": '"tank sights"',
}


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
    404: (_("There is nothing here: no such id, or no such page of a list."), _("There is no record with this id.")),
    405: (_("Only GET, HEAD and OPTIONS are offered; see Allow."), _("Method “POST” not allowed.")),
    406: (_("No format is offered that Accept names."), _("Could not satisfy the request Accept header.")),
    410: (_("The record was withdrawn; the detail is the reason."), _("Entered twice; see articles-t02.")),
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
            if status == 410 and getattr(self.view, "action", None) != "retrieve":
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
    for item in result["paths"].values():
        told = item["get"]["responses"]
        for status in told:
            if int(status) in PROBLEMS:
                name = HTTPStatus(int(status)).phrase.title().replace(" ", "").replace("-", "")
                responses[name] = told[status]
                told[status] = {"$ref": f"#/components/responses/{name}"}
        answer = told["200"]["content"]["application/json"]
        if answer["schema"]["$ref"].removeprefix(SCHEMAS) in {kind.__name__ for kind in KINDS}:
            answer["schema"] = _whole_or_picked(answer["schema"]["$ref"].removeprefix(SCHEMAS))
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


def parameter(name: str, description: Any, schema: dict[str, Any], value: Any, **options: Any) -> OpenApiParameter:
    """A parameter with its schema and a value that makes an answer."""
    examples = [OpenApiExample(name, value)]
    return OpenApiParameter(name, schema, description=str(description), examples=examples, **options)


def filter_parameters(filterset: type[StrictFilterSet]) -> Iterator[OpenApiParameter]:
    """The parameters of a FilterSet, each with what it allows."""
    for name, asked in filterset.base_filters.items():
        schema = value_schema(asked)
        value = schema["enum"][0] if "enum" in schema else VALUES[name]
        if isinstance(asked, ManyFilter):
            repeated = {"type": "array", "items": schema}
            yield parameter(
                name,
                _("%(help)s Repeated, up to %(most)s times, it means “or”.")
                % {"help": asked.extra["help_text"], "most": MAX_VALUES},
                repeated,
                [value],
            )
        else:
            yield parameter(name, asked.extra["help_text"], schema, value)


def ordering_parameter(filterset: type[StrictFilterSet]) -> OpenApiParameter:
    """The parameter that names the order of a list."""
    searched = "q" in filterset.base_filters
    return parameter(
        "ordering",
        _("The order; a minus before it turns it round. It is always total, and what has no value stands last."),
        {"type": "string", "enum": [name for name in filterset.ordering_names() if name != "relevance" or searched]},
        filterset.DEFAULT_ORDERING,
    )


def value_schema(asked: django_filters.Filter) -> dict[str, Any]:
    """What one value of a filter may be."""
    field = asked.field
    if isinstance(asked, WordFilter | YesNoFilter):
        return {"type": "string", "enum": list(asked.labels)}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [value for value, _label in asked.extra["choices"]]}
    if isinstance(asked, TextFilter):
        return {"type": "string", "maxLength": terms.MAX_LENGTH}
    if isinstance(field, forms.DecimalField):  # before integers: Django derives it from them
        return {"type": "number", "minimum": 0}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    if isinstance(field, forms.RegexField):
        return {"type": "string", "pattern": field.regex.pattern}
    return {"type": "string"}


def page_parameters() -> Iterator[OpenApiParameter]:
    """The parameters by which a page of a list is asked for."""
    yield parameter(
        "page", _("Number of the page, from 1; past the last one it is 404."), {"type": "integer", "minimum": 1}, 1
    )
    size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE_SIZE}
    yield parameter("page_size", _("Rows of a page."), size, PAGE_SIZE)


def cursor_parameter() -> OpenApiParameter:
    """The parameter by which a list is walked from row to row."""
    walk = _(
        "Walks the whole list row by row, each once, whatever is added meanwhile: begin with an empty one and follow"
        " `next`. It leaves out what may not be passed on."
    )
    return parameter("cursor", walk, {"type": "string", "maxLength": 2000}, "")


def fields_parameter(shape: type[RecordShape]) -> OpenApiParameter:
    """The parameter that picks keys of records."""
    names = list(shape.Meta.fields)
    schema = {"type": "array", "items": {"type": "string", "enum": names}}
    description = _("Keys to give, with commas between them; the others are left out. All are given without it.")
    return parameter("fields", description, schema, ["id", "name"], style="form", explode=False)


def format_parameter(formats: list[str]) -> OpenApiParameter:
    """The parameter that names a format."""
    schema = {"type": "string", "enum": formats, "default": formats[0]}
    return parameter("format", _("The format of the answer; Accept may name it as well."), schema, formats[0])


def path_parameter(name: str, description: Any, value: str) -> OpenApiParameter:
    """A piece of the address."""
    schema = {"type": "string"}
    return parameter(name, description, schema, value, location=OpenApiParameter.PATH, required=True)
