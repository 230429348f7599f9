"""The forms that the Reconciliation API 0.2 gives its answers, as JSON schemas of our own, written from its text.

They say what the specification demands, and are stricter: what it leaves open and we do not use is not allowed.
"""

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}


def of(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these keys, and no others."""
    keys = required | (optional or {})
    return {"type": "object", "required": list(required), "properties": keys, "additionalProperties": False}


def many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


TYPE = of({"id": TEXT, "name": TEXT}, {"broader": many(of({"id": TEXT, "name": TEXT}))})
ADDRESS = {"type": "string", "pattern": "^https?://[^ ]+$"}
TEMPLATE = {"type": "string", "pattern": r"^https?://[^ ]*\{\{id\}\}[^ ]*$"}
SERVICE = of({"service_url": ADDRESS, "service_path": {"type": "string", "pattern": "^/[^ ]*$"}})

MANIFEST = of(
    {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
        "documentation": ADDRESS,
        "serviceVersion": TEXT,
        "defaultTypes": many(TYPE) | {"uniqueItems": True},
        "view": of({"url": TEMPLATE}),
        "suggest": of({"entity": SERVICE, "type": SERVICE, "property": SERVICE}),
        "preview": of({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "extend": of({"propose_properties": SERVICE, "property_settings": {"type": "array", "maxItems": 0}}),
    }
)

CANDIDATE = of(
    {
        "id": TEXT,
        "name": TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": many(of({"id": TEXT, "name": TEXT})) | {"minItems": 1},
        "features": many(of({"id": TEXT, "value": {"type": ["number", "boolean"]}})),
    },
    {"description": TEXT},
)
RESULTS = {"type": "object", "additionalProperties": of({"result": many(CANDIDATE)})}

SUGGESTED = of(
    {
        "result": many(
            of({"id": TEXT, "name": TEXT}, {"description": TEXT, "notable": many(of({"id": TEXT, "name": TEXT}))})
        )
    }
)
SUGGESTED_TYPES = of({"result": many(TYPE)})
PROPOSED = of({"properties": many(of({"id": TEXT, "name": TEXT}))}, {"limit": {"type": "integer"}, "type": TEXT})

_NUMBER = {"type": "number"}
VALUE = {"oneOf": [of({"id": TEXT, "name": TEXT}), of({"str": TEXT}), of({"float": _NUMBER}), of({"date": TEXT})]}
EXTENSION = of(
    {
        "meta": many(of({"id": TEXT, "name": TEXT}, {"type": of({"id": TEXT, "name": TEXT})})),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": many(VALUE)},
        },
    }
)
