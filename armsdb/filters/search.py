"""What can be asked of the search across all kinds of record."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.models import (
    Country,
    Dataset,
    Equipment,
    Event,
    Figure,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    Source,
    Transfer,
)

from .fields import Choice, ManyField, TextField, did_you_mean, read_exact
from .forms import StrictForm

#: What can be found, by its type in addresses: every kind but citations, whose facts are found.
FOUND: dict[str, type[Record]] = {
    kind.TYPE: kind
    for kind in (
        Country,
        Organisation,
        Person,
        Equipment,
        Transfer,
        Figure,
        Sanction,
        Event,
        Ownership,
        Role,
        Source,
        Dataset,
    )
}


def _read_type(text: str) -> Choice:
    value = text.lower()
    if value not in FOUND:
        raise ValidationError(
            _("“%(value)s” is not one of: %(allowed)s.%(hint)s")
            % {"value": text, "allowed": ", ".join(FOUND), "hint": did_you_mean(text, FOUND)}
        )
    return Choice(value, str(FOUND[value]._meta.verbose_name_plural), FOUND[value])


class SearchForm(StrictForm):
    """The words to look for and, where only some kinds are wanted, which."""

    controls = ("page", "page_size", "format")

    q = TextField(required=False, label=gettext_lazy("Words"))
    type = ManyField(read=_read_type, required=False, label=gettext_lazy("Kind"))
    exact = ManyField(read=read_exact, required=False, label=gettext_lazy("Spelling"))


class SuggestForm(StrictForm):
    """What somebody has typed so far."""

    controls = ("format",)

    q = TextField(error_messages={"required": gettext_lazy("A suggestion needs a beginning: q.")})
