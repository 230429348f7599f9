"""Sources at the desk: documents, and how their places are counted."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.models import Source

from .base import RecordAdmin
from .forms import RecordForm


class LinesField(forms.CharField):
    """A list, an item a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(self.line, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial or []) != (data or "").replace("\r\n", "\n"))

    def to_python(self, value: Any) -> Any:
        lines = map(str.strip, (super().to_python(value) or "").splitlines())
        return [self.item(line) for line in lines if line]

    def line(self, item: Any) -> str:
        """An item as it is typed."""
        return str(item)

    def item(self, line: str) -> Any:
        """What a line holds."""
        return line


class SectionsField(LinesField):
    """The parts of a document: where each begins, a colon, and what it is about."""

    def line(self, item: Mapping[str, str]) -> str:
        return f"{item['from']}: {item['title']}"

    def item(self, line: str) -> dict[str, str]:
        place, _colon, title = (piece.strip() for piece in line.partition(":"))
        if not (place and title):
            raise ValidationError(_("“%(line)s” is no line of the form “A12: what it is about”.") % {"line": line})
        return {"from": place, "title": title}


class SourceForm(RecordForm):
    """A document, with its authors and sections a line each."""

    authors = LinesField(label=gettext_lazy("Authors"), help_text=gettext_lazy("Their names in order, one a line."))
    sections = SectionsField(
        label=gettext_lazy("Sections"),
        help_text=gettext_lazy("Where each part begins, and what it is about in our words, one a line: “A12: …”."),
    )


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    form = SourceForm
    list_display = ("name", "public_id", "kind", "publisher", "state", "changed")
    list_filter = ("state", "kind")
    list_select_related = ("publisher",)
    fieldsets = (
        (None, {"fields": ("name", ("kind", "language"), "publisher", "authors", "published", "reliability")}),
        (gettext_lazy("Where it stands"), {"fields": ("url", "archived_url", "via")}),
        (gettext_lazy("Its places"), {"fields": (("locator_prefix", "locator_count"), "sections")}),
    )
