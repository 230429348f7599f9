"""The forms that the Reconciliation API 0.2 gives its answers, as JSON schemas of our own, written from its text.

They say what the specification demands, and are stricter: what it leaves open and we do not use is not allowed.
The schemas of its authors are not ours to pass on: where ARMSDB_RECONCILIATION_SCHEMAS names the folder that has them
(`0.2/schemas` of the specification's repository), answers are held against them, too.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

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
VALUE = {"oneOf": [of({"id": TEXT, "name": TEXT}), of({"str": TEXT}), of({"float": _NUMBER})]}
EXTENSION = of(
    {
        "meta": many(of({"id": TEXT, "name": TEXT}, {"type": of({"id": TEXT, "name": TEXT})})),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": many(VALUE)},
        },
    }
)

# By the name of the specification's own schema; it has none for the properties that are proposed.
FORMS = {
    "manifest": MANIFEST,
    "reconciliation-result-batch": RESULTS,
    "data-extension-response": EXTENSION,
    "suggest-entities-response": SUGGESTED,
    "suggest-properties-response": SUGGESTED,
    "suggest-types-response": SUGGESTED_TYPES,
    "properties": PROPOSED,
}


@cache
def _specified() -> Registry[Any]:
    """The schemas of the specification's authors, where they are."""
    folder = os.environ.get("ARMSDB_RECONCILIATION_SCHEMAS")
    found = sorted(Path(folder).glob("*.json")) if folder else []
    assert found or not folder, f"ARMSDB_RECONCILIATION_SCHEMAS names a folder without schemas: {folder}"
    schemas = [Resource.from_contents(json.loads(path.read_text()), DRAFT202012) for path in found]
    return Registry().with_resources([(schema.id() or "", schema) for schema in schemas])


def faults(name: str, answer: Any) -> list[str]:
    """What an answer lacks of its form, and of the schema of the specification where that is at hand."""
    validators = [Draft202012Validator(FORMS[name])]
    schemas = _specified()
    if own := next((address for address in schemas if address.endswith(f"/{name}.json")), None):
        validators.append(Draft202012Validator({"$ref": own}, registry=schemas))
    return [error.message for validator in validators for error in validator.iter_errors(answer)]
