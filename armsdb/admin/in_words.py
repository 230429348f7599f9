"""The values of rows in words, as the desk tells them: each field by its label, with the names of what it refers to."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import VagueNumber
from armsdb.models.values import groups_of

#: Columns that follow from others, or that only say that something happened.
_UNTOLD = {
    "id",
    "created",
    "updated",
    "name_key",
    "when_earliest",
    "when_latest",
    "evidence_reason",
    "import_run",
    "fingerprint",
}


class InWords:
    """Writes the values of rows out; the names of all that they refer to are fetched once, a query for each kind."""

    def __init__(self, rows: Iterable[Any]) -> None:
        wanted: dict[Any, set[int]] = {}
        for row in rows:
            for field in _fields(type(row)):
                if field.is_relation and getattr(row, field.attname) is not None:
                    wanted.setdefault(field.related_model, set()).add(getattr(row, field.attname))
        self._found = {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()}

    def values(self, row: Any, owner: Any, without: Collection[str] = ()) -> dict[str, str]:
        """The fields of a row that hold something, in words; not which record (the owner) it is part of."""
        model: Any = type(row)
        fields = [field for field in _fields(model) if field.name not in without]
        fields = [field for field in fields if not _is_owner(row, field, owner)]
        told = {capfirst(str(field.verbose_name)): self._in_words(row, field) for field in fields}
        for name in groups_of(model):
            told[capfirst(name.replace("_", " "))] = value_in_words(getattr(row, name))
        return {label: words for label, words in told.items() if words}

    def _in_words(self, row: Any, field: Any) -> str:
        value = getattr(row, field.attname)
        if field.is_relation:
            return str(self._found[field.related_model].get(value, value)) if value is not None else ""
        if value is None or value in ("", [], {}):
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, dict):
            return "\n".join(f"{key}: {_plainly(words)}" for key, words in value.items())
        if isinstance(value, list):
            return "\n".join(map(_plainly, value))
        return str(dict(field.flatchoices).get(value, value))


def _fields(model: Any) -> list[Any]:
    """The plain columns of a table that are told; those of a group are told as one value."""
    inside = {column for group in groups_of(model).values() for column in group.column_names()}
    return [field for field in model._meta.concrete_fields if field.name not in _UNTOLD | inside]


def _is_owner(row: Any, field: Any, owner: Any) -> bool:
    """Whether a reference only says whose part a row is."""
    to_own_kind = field.is_relation and field.related_model is type(owner)
    return bool(to_own_kind and getattr(row, field.attname) == owner.pk)


def _plainly(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def value_in_words(value: VagueDate | VagueNumber | None) -> str:
    """A date with its EDTF, a number with the words that it was told in."""
    if value is None:
        return ""
    told = value.display()
    exact = value.edtf if isinstance(value, VagueDate) else value.text
    return f"{told} ({exact})" if exact and exact not in told else told
