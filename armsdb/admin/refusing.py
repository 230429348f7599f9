"""A form that tells what was refused when it was saved: beside each field, and above all with a link to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.text import capfirst


@dataclass(frozen=True)
class Refused:
    """One refusal: what it is about, why, and the id of the element on the page."""

    label: str
    sentence: str
    target: str


def refusals_of(form: BaseForm, inlines: Iterable[Any]) -> Iterator[Refused]:
    """What was refused in the fields of a form and in its rows; what is about all of the form stands above anyway."""
    yield from _of_fields(form)
    for inline in inlines:
        part = capfirst(str(inline.opts.verbose_name))
        for number, row in enumerate(inline.formset.forms):
            named = f"{part} {number + 1}"
            about_all = row.errors.get(NON_FIELD_ERRORS, [])
            yield from (Refused(named, str(sentence), f"{inline.formset.prefix}-{number}") for sentence in about_all)
            yield from _of_fields(row, f"{named}, ")


def _of_fields(form: BaseForm, of: str = "") -> Iterator[Refused]:
    for name, sentences in form.errors.items():
        if name == NON_FIELD_ERRORS:
            continue
        field = form[name]
        for sentence in sentences:
            yield Refused(f"{of}{field.label}", str(sentence), str(field.auto_id))


class Refusing(ModelAdmin):
    """Shows the form again, with everything as it was typed; it finds what was refused in `request.refusal`."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        told = refusals_of(context["adminform"].form, context["inline_admin_formsets"]) if context["errors"] else ()
        return super().render_change_form(request, context | {"refused": list(told)}, *args, **kwargs)
