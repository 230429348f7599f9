"""Two people at one record: what the second did not touch is shown as it is stored now, what was touched as typed.

A form carries a mark of every field as it was opened. Where the record was changed meanwhile, each field that was sent
is compared with its mark, and with what is stored now; rows are told apart by their keys.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from django import forms
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import unquote
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from armsdb.lib.text import quoted

from .fields import ReadField
from .in_words import value_in_words
from .references import typed_name

#: What the inputs of one field send, by what stands after the name of the field in the name of each.
Sent = dict[str, list[str]]
#: Fields that say nothing of the record.
_OWN = {"opened", "as_opened", "reason"}
_MOST = 10**8  # rows, in what is sent


class Clashing(ModelAdmin):
    """A form that takes over what somebody else stored meanwhile, but for what was typed."""

    def _changeform_view(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> Any:
        record = self.get_object(request, unquote(object_id)) if request.method == "POST" and object_id else None
        if record is not None and request.POST.get("opened") != record.updated.isoformat():
            form = self.get_form(request, record, change=True)(instance=record)
            merged = Merged(request.POST, form, list(self._stored_rows(request, record)))
            request.POST, request.stored = merged.data, merged.stored  # type: ignore[attr-defined]
        return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def _stored_rows(self, request: HttpRequest, record: Any) -> Iterator[Any]:
        for formset, inline in self.get_formsets_with_inlines(request, record):
            prefix = formset.get_default_prefix()
            yield formset(instance=record, prefix=prefix, queryset=inline.get_queryset(request))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        rows = [row for inline in context["inline_admin_formsets"] for row in inline.formset.forms]
        if not form.is_bound and context["original"]:
            form.initial["as_opened"] = json.dumps(_marks([form, *rows]))
        for one in (form, *rows):
            _tell_stored(one, getattr(request, "stored", {}))
        return super().render_change_form(request, context, *args, **kwargs)


def _tell_stored(form: Any, stored: dict[str, str]) -> None:
    """Say beside each field that two people changed what is stored now."""
    for name in form.fields if stored else ():
        if words := stored.get(form.add_prefix(name)):
            form.errors  # noqa: B018 (what is told goes with what the form itself says)
            form.add_error(name, words)


class Merged:
    """What was typed into a form, brought together with what is stored now."""

    def __init__(self, typed: QueryDict, form: Any, formsets: list[Any]) -> None:
        self._typed = typed
        self._opened = _read_marks(typed.get("as_opened", ""))
        self.data: Any = typed.copy()
        #: What is stored now of the fields that two people changed, in a sentence, by their names in the form.
        self.stored: dict[str, str] = {}
        if self._opened:  # else nobody knows what was touched, and all of it was
            for bound in _told(form):
                self._write(bound.html_name, self._merged(bound, bound.html_name))
            for formset in formsets:
                self._merge_rows(formset)
        self.data["as_opened"] = json.dumps(_marks([form, *(row for formset in formsets for row in formset.forms)]))

    def _write(self, name: str, sent: Sent) -> None:
        for suffix, texts in sent.items():
            self.data.setlist(name + suffix, texts)
            if not texts:
                del self.data[name + suffix]

    def touched(self, field: Any, name: str) -> bool:
        """Whether something else was sent under this name than what stood there when the form was opened."""
        return _mark(self._sent_as(field, name)) != self._opened.get(name)

    def _merged(self, now: Any, name: str) -> Sent:
        """What a field that was sent under this name shall hold: what was typed, or what is stored."""
        typed, stored = self._sent_as(now, name), _sent(now)
        if not self.touched(now, name):
            return stored
        if _mark(stored) not in (self._opened.get(name), _mark(typed)):
            told = _("Somebody else changed this too; stored is now: %(words)s.")
            self.stored[now.html_name] = told % {"words": _in_words(now)}
        return typed

    def _sent_as(self, field: Any, name: str) -> Sent:
        """What was sent under this name by the inputs of such a field."""
        sent = {suffix: self._typed.getlist(name + suffix) for suffix in _sent(field)}
        typed = self._typed.get(typed_name(name))
        return sent | ({typed_name(""): [typed]} if typed else {})

    def _merge_rows(self, formset: Any) -> None:
        """Bring the rows of a part together: those that are stored, those that were added, and one to spare."""
        total = _number(self._typed.get(f"{formset.prefix}-TOTAL_FORMS"), formset.absolute_max)
        prefixes = [f"{formset.prefix}-{number}" for number in range(total)]
        key = formset.model._meta.pk.name
        by_key = {self._typed.get(f"{prefix}-{key}"): prefix for prefix in prefixes}
        rows: list[dict[str, Sent]] = []
        for row in formset.initial_forms:
            prefix = by_key.get(str(row.instance.pk))
            prefixes = [one for one in prefixes if one != prefix]
            rows.append(
                {bound.name: self._merged(bound, f"{prefix}-{bound.name}") if prefix else _sent(bound) for bound in row}
            )
        stored = len(rows)
        for prefix in [prefix for prefix in prefixes if self._is_added(formset, prefix)]:
            self._tell_gone(formset, prefix, len(rows))
            rows.append(self._added(formset, prefix))
        rows += [self._stored(row, None) for row in formset.extra_forms]
        for number, sent in enumerate(rows):
            for name, texts in sent.items():
                self._write(f"{formset.prefix}-{number}-{name}", texts)
        self.data[f"{formset.prefix}-TOTAL_FORMS"] = str(len(rows))
        self.data[f"{formset.prefix}-INITIAL_FORMS"] = str(stored)

    def _stored(self, row: Any, prefix: str | None) -> dict[str, Sent]:
        """A row that is stored, with what was typed into it, if it was sent under this prefix."""
        return {bound.name: self._merged(bound, f"{prefix}-{bound.name}") if prefix else _sent(bound) for bound in row}

    def _is_added(self, formset: Any, prefix: str) -> bool:
        """Whether a row that is not stored, being new or taken away by somebody else, holds what was typed."""
        if self._typed.get(f"{prefix}-{DELETION_FIELD_NAME}"):
            return False
        names = {f"{prefix}-{bound.name}": bound for bound in formset.empty_form}
        if self._typed.get(f"{prefix}-{formset.model._meta.pk.name}"):
            return any(self.touched(bound, name) for name, bound in names.items())
        return any(_mark(self._sent_as(bound, name)) != _mark(_sent(bound)) for name, bound in names.items())

    def _tell_gone(self, formset: Any, prefix: str, number: int) -> None:
        """Say beside a row that was changed here, and taken away by somebody else, what saving does."""
        key = _number(self._typed.get(f"{prefix}-{formset.model._meta.pk.name}"), _MOST)
        versions = formset.model.history.filter(id=key, **{formset.fk.attname: formset.instance.pk})
        last = versions.select_related("history_user").order_by("history_id").last()
        if last is not None:
            first = formset.empty_form.visible_fields()[0].name
            told = _("%(who)s took this back meanwhile; saving makes it anew.")
            self.stored[f"{formset.prefix}-{number}-{first}"] = told % {
                "who": last.history_user or _("An import or a command")
            }

    def _added(self, formset: Any, prefix: str) -> dict[str, Sent]:
        row = {bound.name: self._sent_as(bound, f"{prefix}-{bound.name}") for bound in formset.empty_form}
        return row | {formset.model._meta.pk.name: {"": [""]}}


def _told(form: Any) -> list[Any]:
    """The fields of a form that say something of the record."""
    return [bound for bound in form if bound.name not in _OWN]


def _sent(bound: Any) -> Sent:
    """What the inputs of a field send when nobody touches them."""
    widget, value = getattr(bound.field.widget, "widget", bound.field.widget), bound.value()
    if isinstance(widget, forms.MultiWidget):
        names, texts = widget.widgets_names, widget.decompress(value)  # type: ignore[attr-defined]
        return {name: [text or ""] for name, text in zip(names, texts or (), strict=True)}
    if isinstance(widget, forms.CheckboxInput):
        return {"": ["on"] if widget.check_test(value) else []}
    shown = widget.format_value(value)
    return {"": list(map(str, shown)) if isinstance(shown, list) else ["" if shown is None else str(shown)]}


def _mark(sent: Sent) -> str:
    """A short mark of what inputs send: another one where they send something else; nothing and empty are the same."""
    texts = {suffix: sorted(text.replace("\r\n", "\n") for text in texts if text) for suffix, texts in sent.items()}
    return blake2b(json.dumps(texts, sort_keys=True).encode(), digest_size=6).hexdigest()


def _marks(every: Iterable[Any]) -> dict[str, str]:
    """The mark of each field of forms, but for those that begin with something else than what is stored."""
    return {
        bound.html_name: _mark(_sent(bound))
        for form in every
        for bound in _told(form)
        if bound.name not in getattr(form, "taken", ())
    }


def _read_marks(text: str) -> dict[str, str]:
    try:
        marks = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return marks if isinstance(marks, dict) else {}


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _in_words(bound: Any) -> str:
    """What a field holds, as it is told to people."""
    field, value = bound.field, bound.value()
    if value in (None, "", []):
        return _("nothing")
    if isinstance(field, ReadField):
        return value_in_words(value)
    if isinstance(field, forms.ModelChoiceField):
        rows: Any = field.queryset
        return ", ".join(map(str, rows.filter(pk__in=value if isinstance(value, list) else [value])))
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    return quoted(str(dict(getattr(field, "choices", ())).get(value, value)))
