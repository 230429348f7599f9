"""The strict form of every question: what nobody knows, and what cannot be meant together, is refused."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from .fields import ManyField, did_you_mean

#: Parameters that say how an answer is given, not what is asked.
CONTROLS = ("ordering", "page", "page_size", "cursor", "fields", "format", "table", "manifest")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one parameter of a question."""

    parameter: str
    detail: str


class StrictForm(forms.Form):
    """Refuses parameters that nobody knows, and values that are given twice where one is meant."""

    #: Parameters that are no fields and mean nothing to the form itself.
    controls: ClassVar[tuple[str, ...]] = CONTROLS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unknown: list[Problem] = []

    @property
    def given(self) -> set[str]:
        """The parameters that have a value: the empty inputs that a form sends along ask nothing."""
        return {name for name in self.data if any(str(value).strip() for value in self._values(name))}

    def _clean_fields(self) -> None:
        """Clean what is asked as Django does, without what it makes of each field to draw it: that takes longer."""
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = field.clean(field.widget.value_from_datadict(self.data, self.files, name))
            except ValidationError as error:
                self.add_error(name, error)

    def clean(self) -> dict[str, Any]:
        allowed = [*self.fields, *self.controls]
        for name in self.data:
            if name not in allowed:
                self.refuse(name, _("Unknown parameter.") + did_you_mean(name, allowed))
            elif not isinstance(self.fields.get(name), ManyField) and self._times(name) > 1:
                self.refuse(name, _("The parameter is given more than once."))
        self.check_together()
        return self.cleaned_data

    def check_together(self) -> None:
        """Check what parameters mean together."""
        if self._turned_round("year_from", "year_to"):
            self.refuse("year_from", _("The first year is after the last."))
        money = self.cleaned_data.get("value_min"), self.cleaned_data.get("value_max")
        asked = any(amount is not None for amount in money)
        if asked and not self.cleaned_data.get("currency") and "currency" not in self.errors:
            self.refuse("currency", _("A question about values needs their currency, such as currency=USD."))
        if self._turned_round("value_min", "value_max"):
            self.refuse("value_min", _("The lowest value is above the highest."))

    def _turned_round(self, low: str, high: str) -> bool:
        """Whether both ends of a range are given, the lower one above the upper one."""
        first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
        return first is not None and last is not None and first > last

    def refuse(self, parameter: str, detail: str) -> None:
        """Refuse the question because of this parameter."""
        if parameter in self.fields:
            self.add_error(parameter, detail)
            return
        self._unknown.append(Problem(parameter, detail))
        self.add_error(None, ValidationError(f"{parameter}: {detail}"))

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the question; empty where it is understood."""
        self.is_valid()
        return self._unknown + [
            Problem(name, str(message))
            for name, messages in self.errors.items()
            if name != NON_FIELD_ERRORS
            for message in messages
        ]

    def _values(self, name: str) -> list[Any]:
        return self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data[name]]

    def _times(self, name: str) -> int:
        return len(self._values(name))
