"""What a passage says differently, typed line by line: `field: value`."""

import inspect
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb import actions
from armsdb.lib.numbers import Money, VagueNumber
from armsdb.lib.readings import as_typed, read_money, read_number
from armsdb.lib.vocab import ValueBasis
from armsdb.models import Fact
from armsdb.models.reported import refuse_unless_told, told_columns
from armsdb.models.values import MoneyGroup, NumberGroup, groups_of


class ReportedField(forms.CharField):
    """Lines of `field: value`; nothing after the colon where the place says nothing of the field."""

    HELP = gettext_lazy(
        "What this place says differently, a line each: “status: halted”, “delivered: 2019”, “value: about 20 million "
        "USD”. Records by their ids, lists as JSON. Nothing after the colon: the place does not tell it."
    )

    def __init__(self, kind: type[Fact], **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What was stored as lines; what was typed as it was typed."""
        return "\n".join(self._line(*pair) for pair in value.items()) if isinstance(value, Mapping) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other lines are there than those that were shown."""
        return bool(self.prepare_value(initial or {}) != (data or "").replace("\r\n", "\n"))

    def to_python(self, value: Any) -> Any:
        told: dict[str, Any] = {}
        refused: list[str] = []
        for line in filter(None, map(str.strip, (super().to_python(value) or "").splitlines())):
            field, colon, words = (piece.strip() for piece in line.partition(":"))
            if not colon:
                refused.append(_("“%(line)s” is no line of the form “field: value”.") % {"line": line})
                continue
            name = self._named(field)
            try:
                told[name] = self._read(name, words)
            except ValueError as error:
                refused.append(f"{field}: {error}")
        if refused:
            raise ValidationError(refused)
        return told

    def _named(self, field: str) -> str:
        """The name of a field that is called by it, or as the form shows it; anything else as it is."""
        told = told_columns(self.kind)
        names = [*groups_of(self.kind), *told, *actions.PARTS.get(self.kind, {})]
        columns = [column for column in self.kind._meta.concrete_fields if column.name in told]
        called = {str(column.verbose_name).lower(): column.name for column in columns}
        called |= {name.replace("_", " "): name for name in names}
        return called.get(" ".join(field.replace("_", " ").lower().split()), field)

    def _read(self, field: str, words: str) -> Any:
        value = self._value(field, words)
        refuse_unless_told(self.kind, field, value)
        return value

    def _value(self, field: str, words: str) -> Any:
        """What stands after the colon, in the form of the API."""
        if not words:
            return [] if field in actions.PARTS.get(self.kind, {}) else None
        if words[0] in "[{":
            return _json(words)
        group = inspect.getattr_static(self.kind, field, None)
        if isinstance(group, MoneyGroup):
            sum_, comma, basis = words.rpartition(", ")
            return _told(read_money(sum_, basis) if comma and basis in ValueBasis else read_money(words))
        if isinstance(group, NumberGroup):
            return _told(read_number(words))
        return {"true": True, "false": False}.get(words, words)

    def _line(self, field: str, value: Any) -> str:
        """A field as it is typed; JSON where there is no plainer form that reads the same."""
        plain = self._plain(field, value)
        return f"{field}: {plain}".rstrip() if self._reads_as(field, plain, value) else f"{field}: {json.dumps(value)}"

    def _plain(self, field: str, value: Any) -> str:
        group = inspect.getattr_static(self.kind, field, None)
        if value is None or value == []:
            return ""
        if isinstance(group, MoneyGroup):
            money = Money.from_value(value)
            return ", ".join(filter(None, [as_typed(money), money.basis])) if money else ""
        if isinstance(group, NumberGroup):
            return as_typed(VagueNumber.from_value(value))
        return json.dumps(value) if isinstance(value, bool) else str(value)

    def _reads_as(self, field: str, plain: str, value: Any) -> bool:
        group = inspect.getattr_static(self.kind, field, None)
        kind = Money if isinstance(group, MoneyGroup) else VagueNumber if isinstance(group, NumberGroup) else None
        try:
            read = self._value(field, plain)
            return kind.from_value(read) == kind.from_value(value) if kind else bool(read == value)
        except ValueError:
            return False


def _json(words: str) -> Any:
    try:
        return json.loads(words)
    except (ValueError, RecursionError) as error:
        raise ValueError(_("“%(words)s” begins as JSON and is none.") % {"words": words}) from error


def _told(value: VagueNumber | None) -> dict[str, Any] | None:
    """A number in the form of the API, without what is not told."""
    return {key: part for key, part in value.as_api().items() if part not in (None, False)} if value else None
