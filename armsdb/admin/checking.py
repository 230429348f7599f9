"""Checking a form: everything is done as if it were saved, taken back, and told: what was read, and of what kind."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.lib.reading_words import reading_of
from armsdb.models import Record, Source

from .fields import ReadField
from .forms import CitationFormSet


class Checked(Exception):
    """Raised when all that a form holds could be saved, so that nothing of it is; with what it was read as."""

    def __init__(self, read: list[tuple[str, str]]) -> None:
        super().__init__()
        self.read = read


def read_in(form: Any, formsets: list[Any]) -> Iterator[tuple[str, str]]:
    """What the fields of a form and its rows were read as: records, dates, numbers, and places of documents."""
    yield from _of_fields(form)
    for formset in formsets:
        part = capfirst(str(formset.model._meta.verbose_name))
        for number, row in enumerate(formset.forms, start=1):
            if row not in list(formset.kept_forms):
                continue
            named = f"{part} {number}"
            if isinstance(formset, CitationFormSet):
                yield named, _place(row.cleaned_data["source"], row.cleaned_data["locator"])
                continue
            yield from ((f"{named}, {label}", told) for label, told in _of_fields(row))


def _of_fields(form: Any) -> Iterator[tuple[str, str]]:
    for name, value in form.cleaned_data.items():
        if name not in form.fields or value in (None, ""):
            continue
        if isinstance(form.fields[name], ReadField):
            yield str(form[name].label), reading_of(value)
        elif isinstance(value, Record):
            yield str(form[name].label), f"{value} ({value.public_id})"


def _place(source: Source, locator: str) -> str:
    told = {"place": locator, "source": source.name}
    if source.locator_count:
        return _("%(place)s of “%(source)s”, which has this place.") % told
    return _("%(place)s of “%(source)s”, whose places are not counted: this one could not be looked up.") % told
