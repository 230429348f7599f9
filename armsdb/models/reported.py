"""What one passage says, field by field, where it differs from the record: `reported` of a citation.

The fields are those of the API, and the values have its forms: dates as EDTF, references as ids.
"""

import inspect
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from armsdb.lib import dates, numbers

from .facts import Fact
from .former_ids import FormerId
from .values import DateGroup, MoneyGroup, NumberGroup, groups_of

#: Fields of the API that are lists of rows, by kind of fact.
_PARTS: dict[str, tuple[str, ...]] = {
    "transfer": ("companies", "deliveries"),
    "figure": ("about",),
    "sanction": ("imposed_by", "targets"),
    "event": ("participants",),
    "ownership": (),
    "role": (),
}
#: References that are one field of the API: whichever is set.
_EITHER: dict[str, dict[str, tuple[str, ...]]] = {"role": {"of": ("of_organisation", "of_country")}}
#: Columns that are ours and no passage's.
_OWN = {
    "public_id",
    "state",
    "state_reason",
    "merged_into",
    "dataset",
    "key",
    "name",
    "comment",
    "deal",
    "import_run",
    "fingerprint",
}


def refuse_unless_told(kind: type[Fact], field: str, value: Any) -> None:
    """Raise ValueError, with a sentence, where a value cannot stand in this field of the API."""
    group = inspect.getattr_static(kind, field, None)
    either = _EITHER.get(kind.TYPE, {})
    if isinstance(group, DateGroup):
        if value is not None:
            dates.parse(value)
    elif isinstance(group, MoneyGroup):
        numbers.Money.from_value(value)
    elif isinstance(group, NumberGroup):
        numbers.VagueNumber.from_value(value)
    elif field in _PARTS[kind.TYPE]:
        if not isinstance(value, list):
            raise ValueError(_("“%(field)s” is told as a list.") % {"field": field})
    elif field in either:
        _refuse_unless_referring([kind._meta.get_field(name) for name in either[field]], field, value)
    elif field in told_columns(kind):
        _refuse_unless_of(kind._meta.get_field(field), value)
    else:
        raise ValueError(_("A %(kind)s has no field “%(field)s”.") % {"kind": kind._meta.verbose_name, "field": field})


def told_columns(kind: type[Fact]) -> set[str]:
    """The plain columns and references of a kind of fact that a passage can speak of."""
    grouped = {column for group in groups_of(kind).values() for column in group.column_names()}
    joined = {name for names in _EITHER.get(kind.TYPE, {}).values() for name in names}
    columns = {field.name for field in kind._meta.concrete_fields if field.editable}
    return {name for name in columns - grouped - _OWN - joined if not name.startswith("tiv_")}


def _refuse_unless_of(field: Any, value: Any) -> None:
    if value is None:
        return
    if field.is_relation:
        _refuse_unless_referring([field], field.name, value)
    elif not _fits(field, value):
        raise ValueError(_("“%(field)s” cannot be “%(value)s”.") % {"field": field.name, "value": value})


def _fits(field: Any, value: Any) -> bool:
    if isinstance(field, models.BooleanField):
        return isinstance(value, bool)
    return isinstance(value, str) and (not field.choices or value in dict(field.flatchoices))


def _refuse_unless_referring(fields: list[Any], name: str, value: Any) -> None:
    """Refuse what is no id, and never was one, of a record of the kinds that these references lead to."""
    known = isinstance(value, str) and any(_is_id(field.related_model, value) for field in fields)
    if value is not None and not known:
        raise ValueError(_("“%(field)s” names no record with the id “%(value)s”.") % {"field": name, "value": value})


def _is_id(kind: Any, value: str) -> bool:
    """Whether a record of a kind has an id, or had it once: the address leads on."""
    former = FormerId.objects.filter(type=kind.TYPE, former=value)
    return bool(kind._default_manager.filter(public_id=value).exists()) or former.exists()
