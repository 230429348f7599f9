"""The parameters of the API as OpenAPI describes them: those of filters, of lists, of records."""

from collections.abc import Iterator, Mapping
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from armsdb.filters import StrictFilterSet
from armsdb.filters.facts import FIRST_YEAR, LAST_YEAR
from armsdb.filters.fields import MAX_VALUES, ManyFilter, TextFilter, WordFilter, YesNoFilter
from armsdb.lib import terms
from armsdb.lib.paging import MOST, PAGE_SIZE

from .records import RecordShape

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
    schema = {"type": "array", "items": {"type": "string", "enum": list(shape.Meta.fields)}}
    description = _("Keys to give, with commas between them; the others are left out. All are given without it.")
    return parameter("fields", description, schema, ["id", "name"], style="form", explode=False)


def format_parameter(formats: list[str]) -> OpenApiParameter:
    """The parameter that names a format."""
    schema = {"type": "string", "enum": formats, "default": formats[0]}
    told = _("The format of the answer; Accept may name it as well. Of lists all but JSON are files with all rows.")
    return parameter("format", told, schema, formats[0])


def path_parameter(name: str, description: Any, value: str) -> OpenApiParameter:
    """A piece of the address."""
    return parameter(name, description, {"type": "string"}, value, location=OpenApiParameter.PATH, required=True)
