"""The description of files: their formats, the parameters that only they have, and the columns of each table."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from armsdb.exporters import CITERS, EXPORTERS, Exporter, exporters_of, tables
from armsdb.models import Record

_TEXT = {"type": "string"}


def _of(description: str, **properties: Any) -> dict[str, Any]:
    """An object with all of these keys."""
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}


def _text(description: str) -> dict[str, Any]:
    return _TEXT | {"description": description}


def _number(description: str) -> dict[str, Any]:
    return {"type": "integer", "description": description}


def _many(description: str, item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": item}


def _share(told: str, description: str) -> dict[str, Any]:
    """A dataset with its part of the rows, and one thing more that is told of it."""
    return _of(
        "A dataset that rows are of.",
        id=_text("The id of the dataset."),
        name=_text("Its name."),
        rows=_number("How many rows are of it."),
        licence=_text("Its licence, by name."),
        **{told: _text(description)},
    )


#: What a file is.
MANIFEST = _of(
    "What a file is, in place of the file, as `manifest=1` asks.",
    address=_text("The address of the file."),
    file=_text("What the file is called."),
    title=_text("The question in words."),
    format=_text("The format, as the parameter names it."),
    data_version=_text("The data version of its rows."),
    licence=_text("The licences of the rows, by name."),
    left_out=_of(
        "How many rows the question leaves out without having said so, by reason.",
        undated=_number("Rows without a date."),
        currency=_number("Rows without a value in the currency."),
        licence=_number("Rows that may not be passed on."),
    ),
    cite=_text("How to cite it."),
    datasets=_many("Whom to credit.", _share("credit", "Words that credit it.")),
    withheld=_many("What may not be passed on.", _share("terms", "What may be done with its rows.")),
    rows=_number("How many rows the file has."),
    bytes=_number("Its length."),
    sha256=_text("The SHA-256 of its bytes, in hexadecimal."),
    columns=_many(
        "The columns of a flat table; of other formats none.",
        _of("A column.", name=_text("Its name."), kind=_text("What its cells are."), note=_text("What it tells.")),
    ),
)


def file_parameters(view: Any) -> Iterator[OpenApiParameter]:
    """The parameters that only files have."""
    offered = ["rows", *view.beside]
    yield OpenApiParameter(
        "table",
        {"type": "string", "enum": offered},  # no default: clients would send it where no file is asked for
        description=str(_("Of a file: its rows, as without this, or the table of what belongs to them.")),
        examples=[OpenApiExample("table", "rows")],
    )
    yield OpenApiParameter(
        "manifest",
        {"type": "string", "enum": ["1"]},
        description=str(
            _(
                "Of a file: what it is, as JSON, in place of the file: rows, bytes, SHA-256, columns, data version,"
                " licences, whom to credit, and what is withheld and why."
            )
        ),
        examples=[OpenApiExample("manifest", "1")],
    )


#: What those formats are that are JSON.
_JSON: dict[str, dict[str, Any]] = {
    EXPORTERS["jsonld"].media_type: {
        "type": "object",
        "required": ["@context", "@graph"],
        "properties": {"@context": {}, "@graph": {"type": "array", "items": {"type": "object"}}},
    },
    CITERS["csl"].media_type: {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id", "type", "title"],
            "properties": {"id": {}, "type": {}, "title": {}},
        },
    },
}


def _described(exporter: Exporter) -> dict[str, Any]:
    """The schema of a format: of JSON what it is made of, of others that they are text or bytes."""
    return _JSON.get(exporter.media_type, _TEXT) | {"description": str(exporter.description)}


def tell_citations(content: dict[str, Any]) -> None:
    """Describe what a record answers with when it is asked for as a thing to cite."""
    for exporter in CITERS.values():
        content[exporter.media_type] = {"schema": _described(exporter)}


def tell_files(result: dict[str, Any], kind: type[Record], content: dict[str, Any]) -> None:
    """Describe what a list of a kind of record answers with when it is asked for as a file."""
    schemas = result["components"]["schemas"]
    schemas.setdefault("Manifest", MANIFEST)
    answer = content["application/json"]
    answer["schema"] = {"anyOf": [answer["schema"], {"$ref": "#/components/schemas/Manifest"}]}
    row = f"{kind.__name__}Row"
    schemas.setdefault(row, _row(kind))
    for exporter in exporters_of(kind).values():
        told = _described(exporter)
        if exporter.media_type not in _JSON:
            item = row if exporter.is_flat else kind.__name__
            items = {"type": "array", "items": {"$ref": f"#/components/schemas/{item}"}}
            told |= {"contentMediaType": exporter.media_type, "contentSchema": items}
        content[exporter.media_type] = {"schema": told}


def _row(kind: type[Record]) -> dict[str, Any]:
    """A row of the flat table: every cell as text, empty where nothing is told."""
    properties = {
        column.name: {"type": "string", "description": str(column.note), "x-kind": column.kind.value}
        for column in tables()[kind].columns
    }
    description = _now(
        "A row of the table of a %(kind)s, as files have it: cells are text, empty where nothing is told."
    )
    told = description % {"kind": kind._meta.verbose_name}
    return {"type": "object", "description": told, "required": list(properties), "properties": properties}
