"""Forms of the desk: what is typed is read here, and written by the actions; what they refuse is told by the field."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from armsdb import actions
from armsdb.lib.reasons import proposed_by
from armsdb.lib.vocab import State
from armsdb.models import Proposal

from .fields import group_fields


def with_groups(form: Any, model: type[models.Model]) -> Any:
    """A form that has a field for each group of columns of a model; the hint of each input says how it is typed."""
    fields = {name: field for name, field in group_fields(model).items() if name not in form.base_fields}
    for field in fields.values():
        field.help_text = ""
    return type(form)(form.__name__, (form,), {"groups": tuple(group_fields(model)), **fields})


class ValuesForm(forms.ModelForm):
    """A form that reads values and leaves their checks to the actions: the row in hand is not touched."""

    #: The field that the id of a new record is made of.
    ID_MADE_OF: ClassVar[str] = "name"
    #: The groups of columns that hold one value each.
    groups: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update({name: getattr(self.instance, name) for name in self.groups})

    def _post_clean(self) -> None:
        """Check nothing and set nothing: the actions do, with their own sentences."""

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by columns and groups of columns."""
        model = self._meta.model
        columns = {field.name for field in model._meta.concrete_fields} - {model._meta.pk.name}
        return {name: value for name, value in self.cleaned_data.items() if name in columns.union(self.groups)}

    def tell(self, refusal: ValidationError) -> None:
        """Put what an action refused beside the fields that it is about."""
        for name, messages in _by_field(refusal).items():
            name = self.ID_MADE_OF if name == "public_id" else name
            group = next((group for group in self.groups if name.startswith(f"{group}_")), None)
            field = next((one for one in (name, group) if one in self.fields), None)
            self.add_error(field, messages)


def _by_field(refusal: ValidationError) -> Mapping[str, list[str]]:
    return refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}


class RecordForm(ValuesForm):
    """The form of one record."""

    #: What an action refused when this was to be saved; the form is shown again, and nothing is saved.
    refusal: ClassVar[ValidationError | None] = None
    #: Whether it is only shown, with how the values are read.
    checking: ClassVar[bool] = False
    #: The proposal that is accepted with it.
    proposal: ClassVar[Proposal | None] = None

    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    #: A mark of each field as the form was opened, by which it is known what was touched.
    as_opened = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why this is changed. The record's history keeps it, and readers are told."),
        error_messages={"required": _("Readers see this record: say why it is changed.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overtaken = False
        self.initial["opened"] = self._as_of
        if self.instance.pk is None or self.instance.state == State.DRAFT:
            del self.fields["reason"]
        elif self.instance.state == State.WITHDRAWN:
            self.fields["reason"].help_text = _("Why this is changed. The record's history keeps it.")
            self.fields["reason"].error_messages["required"] = _("Say why it is changed: the history keeps it.")

    @property
    def opened_at(self) -> datetime:
        """When the record was last changed before this form was opened; long ago where that cannot be read."""
        try:
            return datetime.fromisoformat(self.cleaned_data.get("opened", "")).astimezone(UTC)
        except (ValueError, OverflowError):
            return datetime.min.replace(tzinfo=UTC)

    @property
    def _as_of(self) -> str:
        return self.instance.updated.isoformat() if self.instance.pk else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.refusal is not None and not isinstance(self.refusal, actions.RowRefused):
            self.tell(self.refusal)
        if self.instance.pk and cleaned.get("opened") != self._as_of:
            self.overtaken = True
            self.add_error(None, _("Somebody else changed this record while you had it open. Nothing was saved."))
            typed: Any = self.data.copy()  # type: ignore[attr-defined]
            typed["opened"] = self._as_of
            self.data = typed
        return cleaned

    def is_valid(self) -> bool:
        return super().is_valid() and not self.checking

    @property
    def why(self) -> str:
        """The reason that the history keeps."""
        reason = self.cleaned_data.get("reason") or str(_("Drafted at the desk."))
        return proposed_by(reason, self.proposal.proposed_by.get_username()) if self.proposal else reason


class FactForm(RecordForm):
    """The form of one fact."""

    ID_MADE_OF = "key"


class RowFormSet(BaseInlineFormSet):
    """The rows of one part of a record."""

    #: How the actions call the part.
    part: ClassVar[str]
    #: What is said of a row that shall go.
    strike: ClassVar[Any] = _("Remove")

    def __init__(self, *args: Any, refusal: ValidationError | None = None, **kwargs: Any) -> None:
        self.refusal = refusal
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Take any key of a row: rows that somebody else changed meanwhile have gone, and that is told elsewhere."""
        super().add_fields(form, index)
        struck = form.fields[DELETION_FIELD_NAME]
        struck.label = self.strike
        struck.widget.attrs["aria-label"] = self.strike
        key = self._pk_field.name  # type: ignore[attr-defined]
        form.fields[key] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=form.fields[key].initial
        )

    @property
    def kept_forms(self) -> Iterator[Any]:
        """The forms that hold a row: what was left empty and what was struck out is none."""
        for form in self.forms:
            struck = self._should_delete_form(form)  # type: ignore[attr-defined]
            if not struck and (form.instance.pk or form.has_changed()):
                yield form

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The values of every row."""
        return [self.values_of(form) for form in self.kept_forms]

    def values_of(self, form: Any) -> dict[str, Any]:
        """The values of one row, without the reference to its record."""
        return {name: value for name, value in form.values.items() if name != self.fk.name}

    def clean(self) -> None:
        """Tell what was refused beside its row; the actions check the rest."""
        if isinstance(self.refusal, actions.RowRefused) and self.refusal.part == self.part:
            form = self.refused_form(self.refusal.row)
            form.tell(self.refusal)

    def refused_form(self, row: int) -> Any:
        return list(self.kept_forms)[row]


class CitationFormSet(RowFormSet):
    """The citations of a fact; each keeps its number."""

    part = "citations"
    strike = _("Take back")

    @property
    def numbered(self) -> dict[int, Any]:
        """The forms that hold a citation, by their numbers; new ones count on."""
        used = [citation.number for citation in self.instance.citations.all()] if self.instance.pk else []
        following = max(used, default=0)
        forms_by_number = {}
        for form in self.kept_forms:
            if form.instance.pk is None:
                following += 1
            forms_by_number[form.instance.number if form.instance.pk else following] = form
        return forms_by_number

    @property
    def changed(self) -> dict[int, dict[str, Any]]:
        """The values of the citations that are new or changed, by their numbers."""
        return {number: self.values_of(form) for number, form in self.numbered.items() if form.has_changed()}

    @property
    def taken_back(self) -> list[Any]:
        """The citations that were struck out."""
        return [form.instance for form in self.deleted_forms if form.instance.pk]

    def refused_form(self, row: int) -> Any:
        return self.numbered[row]
