"""Fields for references to records: chosen by searching, or, without JavaScript, typed as an id or a whole name."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from armsdb.lib.text import quoted, storable
from armsdb.lib.vocab import State
from armsdb.models import Alias
from armsdb.models.base import name_key

#: The most ids that are named where a name is that of several records, and the most lines that are looked up.
_NAMED, _LINES = 5, 50


class Typed(str):
    """What was typed in place of a choice: an id or a name, though it may look like a key."""


def _could_be_key(value: Any) -> bool:
    """Whether a record can have this key: SQLite fails over numbers that are too long."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 19


class Choice(AutocompleteSelect):
    """One record, chosen by searching; a browser without JavaScript shows an input beside it, which wins."""

    template_name = "admin/widgets/choice.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = value if isinstance(value, Typed) else ""
        context: dict[str, Any] = super().get_context(name, None if typed else value, attrs)
        return {**context, "typed": {"name": typed_name(name), "value": typed}}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = (data.get(typed_name(name)) or "").strip()
        return Typed(typed) if typed else super().value_from_datadict(data, files, name)


def typed_name(name: str) -> str:
    """The name of the input that is typed into in place of a choice."""
    return f"{name}-typed"


class Reference(forms.ModelChoiceField):
    """One record; what cannot be a key is a choice that is not there, like any other."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Typed):
            return value
        key = super().prepare_value(value)
        return key if key in self.empty_values or _could_be_key(key) else None

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Typed):
            return _named(self.queryset, value)
        if value in self.empty_values or _could_be_key(value):
            return super().to_python(value)
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})


def _named(rows: Any, typed: str) -> Any:
    """The one record with this id, or else of this whole name in any spelling; nothing is guessed."""
    if not storable(typed) or len(typed) > 200:
        raise ValidationError(_("This is no id and no name of a record."))
    if hasattr(rows.model, "state"):
        rows = rows.filter(state__in=[State.DRAFT, State.PUBLISHED])
    found = list(rows.filter(public_id=typed)) or list(
        rows.filter(_called(rows.model, typed)).order_by("public_id")[: _NAMED + 1]
    )
    if len(found) == 1:
        return found[0]
    told = {"typed": quoted(typed), "ids": ", ".join(row.public_id for row in found[:_NAMED])}
    if found:
        raise ValidationError(_("%(typed)s is the name of several records; write the id: %(ids)s.") % told)
    raise ValidationError(_("No record that can stand here has %(typed)s as its id or its whole name.") % told)


def _called(model: Any, name: str) -> Q:
    """Which rows have this name, own or other."""
    if not hasattr(model, "name_key"):
        return Q(name__iexact=name)
    others = Alias.objects.filter(name_key=name_key(name), **{f"{model.TYPE}__isnull": False})
    return Q(name_key=name_key(name)) | Q(pk__in=others.values(model.TYPE))


class Choices(AutocompleteSelectMultiple):
    """Several records, chosen by searching; a browser without JavaScript shows an input beside it, which adds more."""

    template_name = "admin/widgets/choices.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = [one for one in value or () if isinstance(one, Typed)]
        chosen = [one for one in value or () if not isinstance(one, Typed)]
        context: dict[str, Any] = super().get_context(name, chosen, attrs)
        return {**context, "typed": {"name": typed_name(name), "value": "\n".join(typed)}}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        lines = (data.get(typed_name(name)) or "").splitlines()
        return [
            *super().value_from_datadict(data, files, name),
            *(Typed(line.strip()) for line in lines if line.strip()),
        ]


class References(forms.ModelMultipleChoiceField):
    """Several records, chosen by searching or named."""

    def prepare_value(self, value: Any) -> Any:
        keys = super().prepare_value(value)
        if not isinstance(keys, list):
            return keys
        return [key for key in keys if isinstance(key, Typed) or _could_be_key(key)]

    def clean(self, value: Any) -> Any:
        if sum(isinstance(one, Typed) for one in value or ()) > _LINES:
            raise ValidationError(_("At most %(most)d records are typed at once.") % {"most": _LINES})
        value = [_named(self.queryset, one).pk if isinstance(one, Typed) else one for one in value or ()]
        if all(map(_could_be_key, value)):
            return super().clean(value)
        raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": value})
