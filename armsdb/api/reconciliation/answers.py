"""What a client is sent, in the forms of the specification."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from armsdb import __version__
from armsdb.models import Country, SearchName
from armsdb.search import Suggestion

from .kinds import ADDRESSES, COMPANY, PROPERTIES, TYPES, Property, entity_id, types_of
from .matching import Scored

#: The size of the frame of a preview, in pixels.
WIDTH, HEIGHT = 400, 260


def manifest(here: str) -> dict[str, Any]:
    """What the service is and offers."""
    service = {"service_url": here, "service_path": ""}
    suggest = {
        name: service | {"service_path": reverse("api:reconcile-suggest", args=[name])}
        for name in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": "ArmsDB",
        "identifierSpace": f"{here}{_template('reconcile-view', '')}",
        "schemaSpace": f"{here}{reverse('api:reconcile-properties')}",
        "documentation": f"{here}{reverse('api_home')}",
        "serviceVersion": __version__,
        "defaultTypes": [told_type(one) for one in TYPES],
        "view": {"url": f"{here}{_template('reconcile-view', '{{id}}')}"},
        "suggest": suggest,
        "preview": {"url": f"{here}{_template('reconcile-preview', '{{id}}')}", "width": WIDTH, "height": HEIGHT},
        "extend": {
            "propose_properties": service | {"service_path": reverse("api:reconcile-properties")},
            "property_settings": [],
        },
    }


def _template(name: str, placed: str) -> str:
    """An address with a place for an id."""
    return reverse(f"api:{name}", args=["ID"]).replace("ID/", f"{placed}/" if placed else "")


def told_type(type_: str) -> dict[str, Any]:
    """A type by its id, its name, and what it is a kind of."""
    told: dict[str, Any] = {"id": type_, "name": str(TYPES[type_])}
    if type_ == COMPANY:
        told["broader"] = [told_type("organisation")]
    return told


def told_candidate(found: Scored) -> dict[str, Any]:
    """A record that may be meant, with what its score is made of."""
    return {
        "id": entity_id(found.record),
        "name": found.record.name,
        "description": described(found),
        "score": found.score,
        "match": found.match,
        "type": [{"id": one, "name": str(TYPES[one])} for one in types_of(found.record)],
        "features": _features(found),
    }


def described(found: Scored) -> str:
    """What tells a record from its namesakes, and by which other name it was found."""
    parts = [what(found.record)]
    named = found.named
    if named is not None and named.matched_kind not in ("", SearchName.CODE):
        parts.append(_("also: %(name)s") % {"name": named.matched_name})
    return "; ".join(part for part in parts if part)


def what(record: Any) -> str:
    """What a record is, in a few words."""
    country = getattr(record, "country", None)
    if record.summary:
        return str(record.summary)
    kind = record.get_kind_display() if hasattr(record, "kind") else str(TYPES[record.TYPE])
    return f"{kind}, {country.name}" if country and country.is_published else str(kind)


def _features(found: Scored) -> list[dict[str, Any]]:
    named = found.named
    told: dict[str, float | bool] = {"name_likeness": round(named.likeness, 1) if named else 0.0}
    if named is not None:
        told |= {
            "own_name": not named.matched_kind,
            "name_is_safe": named.is_safe,
            "typing_errors": named.errors,
            "words_let_go": named.loose,
        }
    told |= {f"property_{name}": agrees for name, agrees in found.agreed.items()}
    return [{"id": name, "value": value} for name, value in told.items()]


def told_suggestion(one: Suggestion) -> dict[str, Any]:
    """A record that may be about to be typed."""
    kinds = [COMPANY, one.type] if one.is_company else [one.type]
    told = {
        "id": f"{one.type}:{one.public_id}",
        "name": one.name,
        "notable": [{"id": kind, "name": str(TYPES[kind])} for kind in kinds],
    }
    return told | ({"description": _("also: %(name)s") % {"name": one.matched_name}} if one.matched_kind else {})


def told_property(name: str) -> dict[str, Any]:
    told = PROPERTIES[name]
    return {"id": name, "name": str(told.name), "description": str(told.description)}


def extended(ids: Iterable[str], records: dict[str, Any], names: Iterable[str], here: str) -> dict[str, Any]:
    """What properties of records are; of what is no record, nothing."""
    meta = []
    for name in names:
        of_records = {"type": {"id": Country.TYPE, "name": str(TYPES[Country.TYPE])}} if name == "country" else {}
        meta.append({"id": name, "name": str(PROPERTIES[name].name)} | of_records)
    rows = {each: {name: _values(name, PROPERTIES[name], records.get(each), here) for name in names} for each in ids}
    return {"meta": meta, "rows": rows}


def _values(name: str, told: Property, record: Any, here: str) -> list[dict[str, Any]]:
    if record is None or not any(told.is_of(kind) for kind in types_of(record)):
        return []
    return [_value(value, here if name in ADDRESSES else "") for value in told.read(record)]


def _value(value: Any, before: str) -> dict[str, Any]:
    if isinstance(value, Country):
        return {"id": entity_id(value), "name": value.name}
    return {"str": f"{before}{value}"}
