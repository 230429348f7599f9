"""Form fields for values of several columns: typed as people write them, with what they are read as beside the input.

The cleaned value of each is the value of `lib`, or None; so is its initial value. `group_fields` makes all of a model.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from armsdb.lib import dates, readings
from armsdb.lib.dates import DateError, VagueDate
from armsdb.lib.numbers import MAX_DIGITS, Money, NumberError, VagueNumber
from armsdb.lib.reading_words import reading_of
from armsdb.lib.vocab import ValueBasis
from armsdb.models.values import DateGroup, MoneyGroup, NumberGroup, ValueGroup

Value = VagueDate | VagueNumber | None


class ReadWidget(forms.MultiWidget):
    """Inputs of one value, each with a label and a hint of its own, and the reading of what stands in them."""

    template_name = "admin/widgets/read.html"
    kind = ""  # what the view that tells readings calls it
    label: Any = ""  # of the field, which knows it once it is bound
    #: The name, label, hint and input of each part. A part without a name is the only one, and has the field's label.
    parts: list[tuple[str, Any, Any, forms.Widget]] = []

    class Media:
        css = {"all": ["css/desk/readings.css"]}
        js = [forms.Script("js/desk/readings.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: deepcopy(widget) for part, _label, _hint, widget in self.parts}, attrs)
        self.use_fieldset = len(self.parts) > 1

    def read(self, *texts: str) -> Value:
        raise TypeError("a widget reads what stands in it")

    def id_for_label(self, id_: str) -> str:
        return "" if self.use_fieldset else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        texts: Any = value if isinstance(value, list | tuple) else self.decompress(value)
        widget |= {"kind": self.kind, "label": self.label, "reading": self._reading(texts)}
        for subwidget, (_part, label, hint, _widget) in zip(widget["subwidgets"], self.parts, strict=True):
            subwidget |= {"label": label, "hint": hint}
            self._tie(subwidget["attrs"], widget["attrs"])
        return context

    def _tie(self, attrs: dict[str, Any], whole: dict[str, Any]) -> None:
        """Name what describes an input: its hint, and what was refused."""
        if "id" not in whole:
            return
        if not self.use_fieldset:
            attrs["id"] = whole["id"]
        refused = f"{whole['id']}_error" if self.use_fieldset and "aria-invalid" in whole else ""
        described = (refused, whole.get("aria-describedby", ""), f"{attrs['id']}_hint")
        attrs["aria-describedby"] = " ".join(filter(None, described))

    def _reading(self, texts: Sequence[str | None]) -> str:
        """What stands in the inputs, told in a sentence; nothing where it is refused, which the errors tell."""
        try:
            return reading_of(self.read(*(text or "" for text in texts)))
        except (DateError, NumberError):
            return ""


def _input(length: int) -> forms.TextInput:
    return forms.TextInput({"maxlength": length, "autocomplete": "off", "class": "vTextField"})


class DateWidget(ReadWidget):
    kind = "date"
    parts = [
        (
            *("edtf", _("EDTF"), _("2021-02, 2022-02-24/2022-12, ../2022-12 (by December 2022), 2015~")),
            _input(dates.MAX_LENGTH),
        ),
        (
            *(
                "text",
                _("Words that readers are told"),
                _("Only where they say more: by December 2022"),
            ),
            _input(readings.MAX_WORDS),
        ),
    ]

    #: Every way of writing a date that is often needed; the form tells how each is read.
    EXAMPLES = (
        *("2021", "2021-03", "2021-03-26", "2021~", "2021?", "201X"),
        *("2019/2021", "../2022-12", "2021-02/..", "[2019,2021]"),
    )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["examples"] = [(edtf, dates.parse(edtf).display()) for edtf in self.EXAMPLES]
        return context

    def read(self, *texts: str) -> Value:
        return readings.read_date(*texts)

    def decompress(self, value: VagueDate | None) -> list[str]:
        return [value.edtf, value.text] if value else ["", ""]


class NumberWidget(ReadWidget):
    kind = "number"
    parts = [
        (
            *("", "", _("24, about 160, at least 24 million, up to 3, 15 to 20, “thousands”; without what is counted")),
            _input(readings.MAX_TYPED),
        )
    ]

    def read(self, *texts: str) -> Value:
        return readings.read_number(*texts)

    def decompress(self, value: VagueNumber | None) -> list[str]:
        return [readings.as_typed(value)]


class MoneyWidget(ReadWidget):
    kind = "money"
    parts = [
        (
            *("text", _("Sum and currency"), _("at least 24 million USD, 1.7bn EUR, about 500 million roubles")),
            _input(readings.MAX_TYPED),
        ),
        (
            *("basis", _("Basis"), _("What the sum stands for, where a source says so")),
            forms.Select(choices=[("", _("not stated")), *ValueBasis.choices]),
        ),
    ]

    def read(self, *texts: str) -> Value:
        return readings.read_money(*texts)

    def decompress(self, value: Money | None) -> list[str]:
        return [readings.as_typed(value), value.basis if value else ""]


class ReadField(forms.MultiValueField):
    """A field whose texts are read as one value of `lib`; what cannot be read is refused beside it."""

    widget: Any = ReadWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"required": False, "require_all_fields": False} | kwargs
        super().__init__(fields=self.inner(), **kwargs)

    def inner(self) -> tuple[forms.Field, ...]:
        """The fields of the parts."""
        raise TypeError("a field names its parts")

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        bound = super().get_bound_field(form, field_name)
        self.widget.label = bound.label
        return bound

    def compress(self, data_list: list[str]) -> Value:
        if not data_list:
            return None
        try:
            return self.widget.read(*data_list)
        except (DateError, NumberError) as error:
            raise ValidationError(str(error), code="unread") from error

    def has_changed(self, initial: Value, data: list[str] | None) -> bool:
        """Whether the value is another, however it is written."""
        if self.disabled:
            return False
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True

    def reading(self, value: Value) -> str:
        """Tell a value in a sentence."""
        return reading_of(value)


class VagueDateField(ReadField):
    """A date in EDTF, and the words that readers are told."""

    widget = DateWidget

    def inner(self) -> tuple[forms.Field, ...]:
        return (
            forms.CharField(required=False, max_length=dates.MAX_LENGTH),
            forms.CharField(required=False, max_length=readings.MAX_WORDS),
        )


class NumberField(ReadField):
    """A number as people write it; at most so many digits as its columns hold."""

    widget: Any = NumberWidget
    decimal_places = NumberGroup.decimal_places

    def inner(self) -> tuple[forms.Field, ...]:
        return (forms.CharField(required=False, max_length=readings.MAX_TYPED),)

    def compress(self, data_list: list[str]) -> Value:
        value = super().compress(data_list)
        if isinstance(value, VagueNumber):
            fits = DecimalValidator(MAX_DIGITS, self.decimal_places)
            for end in filter(None, (value.low, value.high)):
                fits(end)
        return value


class MoneyField(NumberField):
    """A sum with its currency, and what it stands for."""

    widget = MoneyWidget
    decimal_places = MoneyGroup.decimal_places

    def inner(self) -> tuple[forms.Field, ...]:
        return (*super().inner(), forms.ChoiceField(required=False, choices=[("", ""), *ValueBasis.choices]))


#: The field of each kind of value, by the name of the kind and by the columns that hold it.
FIELDS: dict[str, type[ReadField]] = {field.widget.kind: field for field in (VagueDateField, NumberField, MoneyField)}
FIELD_OF_GROUP: dict[type[ValueGroup], type[ReadField]] = {
    DateGroup: VagueDateField,
    NumberGroup: NumberField,
    MoneyGroup: MoneyField,
}


def group_fields(model: type[Model]) -> dict[str, ReadField]:
    """Make the form field of each group of columns of a model, by its name, in the model's order."""
    groups = {
        name: group
        for base in reversed(model.__mro__)
        for name, group in vars(base).items()
        if isinstance(group, ValueGroup)
    }
    return {name: FIELD_OF_GROUP[type(group)](help_text=group.help_text) for name, group in groups.items()}
