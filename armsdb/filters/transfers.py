"""What can be asked of transfers."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from armsdb import search
from armsdb.lib.vocab import Category, Nature, Status
from armsdb.models import Country, Equipment, Transfer
from armsdb.models.columns import Columns, columns
from armsdb.models.connections import one_by_one
from armsdb.models.ledgers import DATES

from .facts import FactFilterSet, companies, organisations, people
from .fields import RecordFilter, WordFilter, YesNoFilter
from .kept import Kept, KeptAnswer


class CurrencyField(forms.RegexField):
    """An ISO 4217 code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^([A-Za-z]{3})?$", error_messages={"invalid": _("A currency is three letters, such as USD.")}, **kwargs
        )

    def clean(self, value: Any) -> str:
        return super().clean(value).upper()


class _ReadTogether(django_filters.Filter):
    """A condition that the FilterSet reads together with others."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs


class AmountFilter(_ReadTogether):
    field_class = forms.DecimalField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=20, decimal_places=2, **kwargs)


class CurrencyFilter(_ReadTogether):
    field_class = CurrencyField


_TAKING_PART = _(" with %s taking part")
_PARTIES = ("supplier_organisation", "recipient_organisation", "company_rows__company")


class TransferFilterSet(FactFilterSet):
    NOUN = _("Transfers")
    DATES = DATES
    ORDERINGS = {
        "date": ["when_earliest", "when_latest"],
        "ordered": ["ordered_earliest", "ordered_latest"],
        "delivered": ["delivered_earliest", "delivered_latest"],
        "value": ["value_low", "value_high"],
        "name": ["name"],
        "updated": ["updated"],
    }
    DEFAULT_ORDERING = "-date"
    ANSWER = KeptAnswer
    NEEDING = FactFilterSet.NEEDING | {"currency": ("value_min", "value_max")}

    supplier = RecordFilter(
        paths=["supplier"],
        model=Country,
        unknown=_("an unknown supplier"),
        label=_("Supplier"),
        phrase=_(" from %s"),
        help_text=_("The supplying country: id, ISO 3166 code or any known name; “unknown” for none."),
    )
    recipient = RecordFilter(
        paths=["recipient"],
        model=Country,
        unknown=_("an unknown recipient"),
        label=_("Recipient"),
        phrase=_(" to %s"),
        help_text=_("The receiving country: id, ISO 3166 code or any known name; “unknown” for none."),
    )
    country = RecordFilter(
        paths=["supplier", "recipient"],
        model=Country,
        label=_("Either side"),
        phrase=_(" with %s on either side"),
        help_text=_("A country on either side: id, ISO 3166 code or any known name."),
    )
    company = companies(
        *_PARTIES,
        phrase=_TAKING_PART,
        unknown=_("no known company"),
        help_text=_("A company that takes part: id or any known name; “unknown” where none is known."),
    )
    organisation = organisations(
        *_PARTIES,
        phrase=_TAKING_PART,
        unknown=_("no known organisation"),
        help_text=_(
            "An organisation of any kind that takes part: id or any known name; “unknown” where none is known."
        ),
    )
    person = people()
    equipment = RecordFilter(
        paths=["equipment", "equipment__family"],
        model=Equipment,
        label=_("Equipment"),
        phrase=_(" of %s"),
        help_text=_("Equipment, or the family that it belongs to: id or any known name."),
    )
    category = WordFilter(
        paths=["category"],
        choices=Category,
        unknown=True,
        label=_("Category"),
        phrase=_(", category %s"),
        help_text=_("Category of the UN Register, or ours where the Register has none; “unknown” for none."),
    )
    nature = WordFilter(
        paths=["nature"],
        choices=Nature,
        label=_("Nature"),
        phrase=_(", nature %s"),
        help_text=_("What kind of transfer it is."),
    )
    status = WordFilter(
        paths=["status"], choices=Status, label=_("Status"), phrase=_(", status %s"), help_text=_("How far it went.")
    )
    arms = YesNoFilter(
        paths=["counts_as_arms"],
        labels={"true": _("arms"), "false": _("training, services and backing")},
        label=_("Arms"),
        phrase=_(", %s only"),
        help_text=_("Whether it counts as arms: false for services and training and for backing."),
    )
    government = YesNoFilter(
        paths=["to_government"],
        labels={"true": _("governments"), "false": _("other recipients"), "unknown": _("recipients not known")},
        label=_("Recipient is a government"),
        phrase=_(", to %s"),
        help_text=_("Whether the recipient is a government; “unknown” where the recipient is not known."),
    )
    value_min = AmountFilter(label=_("Value from"), help_text=_("Lowest value; needs a currency."))
    value_max = AmountFilter(label=_("Value to"), help_text=_("Highest value; needs a currency."))
    currency = CurrencyFilter(label=_("Currency"), help_text=_("ISO 4217 code of the currency that values are in."))

    class Meta(FactFilterSet.Meta):
        model = Transfer

    @cached_property
    def columns(self) -> Columns:
        """The transfers in memory, as they are when the question is first answered."""
        return columns(self.memory)

    def _understood(self) -> search.Asked:
        asked = self.form.cleaned_data
        told = ("words", asked["q"], bool(asked["exact"]))
        found: search.Asked = self.columns.remembered(told, super()._understood)
        return found

    @cached_property
    def kept(self) -> Kept:
        """The transfers that answer an understood question, in the columns in memory."""
        if self.problems:
            raise ValueError("what is not understood has no answer")
        return Kept(self)

    def meeting(self, name: str) -> Iterable[int]:
        """The keys of the transfers, drafts too, that meet one condition of the question; `value` is all of a value."""
        if name == "q":
            return one_by_one(search.matching(Transfer, self.words).values_list("record_id", flat=True))
        rows: QuerySet = Transfer.objects.published().order_by()
        if name == "value":
            parts: Iterable[QuerySet] = [self._of_value(rows).values_list("pk", flat=True)]
        else:
            parts = self.filters[name].keys(rows, self.form.cleaned_data[name])
        return chain.from_iterable(map(one_by_one, parts))

    def _in_all_years(self, queryset: QuerySet) -> QuerySet:
        return self._of_value(super()._in_all_years(queryset))

    def _of_value(self, rows: QuerySet) -> QuerySet:
        """Keep rows whose value may lie in the bounds; an open side reaches everything on it."""
        asked = self.form.cleaned_data
        if asked["currency"]:
            # That it is above nothing lets databases use the index of the lines that have a value.
            rows = rows.filter(value_currency=asked["currency"], value_currency__gt="")
        if asked["value_min"] is not None:
            rows = rows.filter(Q(value_high__isnull=True) | Q(value_high__gte=asked["value_min"]))
        if asked["value_max"] is not None:
            rows = rows.filter(Q(value_low__isnull=True) | Q(value_low__lte=asked["value_max"]))
        return rows

    def _count_undated(self) -> int:
        return self.kept.undated

    @cached_property
    def left_out(self) -> dict[str, int]:
        left_out = super().left_out
        if not self.problems and self.form.cleaned_data["currency"]:
            left_out["currency"] = self.kept.in_other_currencies
        return left_out

    def _phrases(self) -> Any:
        yield from super()._phrases()
        asked = self.form.cleaned_data
        low, high = asked["value_min"], asked["value_max"]
        # Without an exponent: Decimal("1e6") would write itself as 1E+6.
        amounts = {
            "low": "" if low is None else format(low, "f"),
            "high": "" if high is None else format(high, "f"),
            "currency": asked["currency"],
        }
        if low is not None and high is not None:
            yield str(_(", worth %(low)s to %(high)s %(currency)s")) % amounts
        elif low is not None:
            yield str(_(", worth %(low)s %(currency)s or more")) % amounts
        elif high is not None:
            yield str(_(", worth %(high)s %(currency)s or less")) % amounts
        elif asked["currency"]:
            yield str(_(", with a value in %(currency)s")) % amounts
