"""What a client sends: batches of queries, and ids with the properties that are wanted, as JSON in a parameter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

import orjson
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser

from armsdb.api.errors import BadQuestion
from armsdb.filters import Problem
from armsdb.filters.fields import did_you_mean
from armsdb.lib import terms
from armsdb.lib.text import quoted

from .kinds import COMPARED, PROPERTIES, TYPES

#: The most of a batch; candidates of a query, and those without a limit of its own; bytes that are read.
MOST_QUERIES, MOST_IDS, MOST_VALUES = 50, 200, 20
MOST_CANDIDATES, CANDIDATES = 25, 5
MOST_BYTES = 256 * 1024
_KEYS = ("query", "type", "limit", "properties", "type_strict")
_STRICT = ("any", "should", "all")


@dataclass(frozen=True)
class Query:
    """One name, with what is known of it: `given` are values by property.

    A record has to have `any` of the types, or `all`; or it only `should`.
    """

    name: str
    types: tuple[str, ...] = ()
    type_strict: str = "any"
    limit: int = CANDIDATES
    given: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Extension:
    """Ids, and the properties of them that are wanted."""

    ids: list[str]
    properties: list[str]


class TooLarge(APIException):
    """A body that is longer than anybody needs."""

    status_code = 413


class Form(BaseParser):
    """A form as programs send it, of few fields and not too long."""

    media_type = "application/x-www-form-urlencoded"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> QueryDict:
        if int(stream.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise TooLarge(_("A batch has at most %(most)d bytes.") % {"most": MOST_BYTES})
        body = stream.read()
        try:
            unquote_to_bytes(body.replace(b"+", b" ")).decode("utf-8")
            pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=10)
        except ValueError:
            raise BadQuestion([], _("The form cannot be read: it has to be UTF-8 with few fields.")) from None
        form = QueryDict(mutable=True)
        for name, value in pairs:
            form.appendlist(name, value)
        return form


def read_queries(text: str) -> dict[str, Query]:
    """A batch of queries, by the keys that the client gave them."""
    batch = _object("queries", text)
    if len(batch) > MOST_QUERIES:
        raise _refused("queries", _("A batch has at most %(most)d queries.") % {"most": MOST_QUERIES})
    return {key: _query(f"queries.{key}", told) for key, told in batch.items()}


def read_extension(text: str) -> Extension:
    """The ids and properties of a data extension."""
    told = _object("extend", text)
    ids: Any = told.get("ids")
    wanted: Any = told.get("properties")
    _keys("extend", told, ("ids", "properties"))
    if not _is_texts(ids) or len(ids) > MOST_IDS:
        raise _refused("extend.ids", _("This is a list of at most %(most)d ids.") % {"most": MOST_IDS})
    if not isinstance(wanted, list) or not 0 < len(wanted) <= len(PROPERTIES):
        raise _refused("extend.properties", _("This is a list of properties, each an object with its id."))
    found = []
    for one in wanted:
        if not isinstance(one, dict) or one.get("settings") not in (None, {}):
            raise _refused("extend.properties", _("A property is an object with its id; none has settings."))
        found.append(_one_of("extend.properties", one.get("id"), PROPERTIES))
    return Extension(ids, list(dict.fromkeys(found)))


def _query(place: str, told: Any) -> Query:
    if not isinstance(told, dict):
        raise _refused(place, _("A query is an object."))
    _keys(place, told, _KEYS)
    name, given = told.get("query", ""), _given(f"{place}.properties", told.get("properties", []))
    if not isinstance(name, str) or (not given and "query" not in told):
        raise _refused(place, _("A query has a name to look for, as text, or properties."))
    if len(name) > terms.MAX_LENGTH:
        raise _refused(place, _("A name has at most %(most)d characters.") % {"most": terms.MAX_LENGTH})
    types = told.get("type", [])
    types = [types] if isinstance(types, str) else types
    if not _is_texts(types):
        raise _refused(f"{place}.type", _("A type is text, or a list of texts."))
    chosen = tuple(dict.fromkeys(_one_of(f"{place}.type", one, TYPES) for one in types))
    strict = _one_of(f"{place}.type_strict", told.get("type_strict", "any"), _STRICT)
    return Query(name, chosen, strict, _limit(place, told.get("limit", CANDIDATES)), given)


def _limit(place: str, limit: Any) -> int:
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit != int(limit) or limit < 1:
        raise _refused(f"{place}.limit", _("A limit is a whole number from 1."))
    return min(int(limit), MOST_CANDIDATES)


def _given(place: str, told: Any) -> dict[str, list[str]]:
    """The values that are given of properties, as texts."""
    if not isinstance(told, list) or len(told) > MOST_VALUES:
        raise _refused(place, _("This is a list of at most %(most)d properties.") % {"most": MOST_VALUES})
    given: dict[str, list[str]] = {}
    for one in told:
        if not isinstance(one, dict) or set(one) != {"pid", "v"}:
            raise _refused(place, _("A property is an object with “pid” and “v”."))
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        if len(values) > MOST_VALUES:
            raise _refused(place, _("A property has at most %(most)d values.") % {"most": MOST_VALUES})
        texts = [text for value in values if (text := _text(place, value))]
        given.setdefault(_one_of(place, one["pid"], COMPARED), []).extend(texts)
    return given


def _text(place: str, value: Any) -> str:
    """A value as text: an entity is its id."""
    value = value.get("id") if isinstance(value, dict) else value
    if isinstance(value, str | int | float) and len(text := str(value).strip()) <= terms.MAX_LENGTH:
        return text
    raise _refused(place, _("A value is text, a number, or an object with an id."))


def _object(parameter: str, text: str) -> dict[str, Any]:
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _refused(parameter, _("This is no JSON: %(why)s.") % {"why": str(error)}) from None
    if not isinstance(told, dict):
        raise _refused(parameter, _("This is a JSON object."))
    if "\\u0000" in text or "\0" in text:
        raise _refused(parameter, _("The NUL character is no text."))
    return told


def _keys(place: str, told: Mapping[str, Any], allowed: Iterable[str]) -> None:
    unknown = next((key for key in told if key not in allowed), None)
    if unknown is not None:
        detail = _("There is no key %(key)s here.") % {"key": quoted(unknown)}
        raise _refused(place, detail + did_you_mean(unknown, allowed))


def _one_of(place: str, value: Any, allowed: Iterable[str]) -> str:
    if isinstance(value, str) and value in allowed:
        return value
    detail = _("%(value)s is not one of: %(allowed)s.")
    raise _refused(place, detail % {"value": quoted(str(value)), "allowed": ", ".join(allowed)})


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _refused(parameter: str, detail: str) -> BadQuestion:
    return BadQuestion([Problem(parameter[:200], detail)])
