"""What can be asked of every kind of fact, and of figures, sanctions, events, ownerships and roles."""

import re
from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import COMPANY_KINDS, EventKind, EventStatus, Grade, SanctionKind
from armsdb.models import Country, Dataset, Event, Figure, Organisation, Ownership, Person, Role, Sanction, Source
from armsdb.models.events import EventParticipant
from armsdb.models.parties import country_paths
from armsdb.models.sanctions import SanctionImposer, SanctionTarget
from armsdb.models.values import within

from .base import StrictFilterSet
from .fields import RecordFilter, WordFilter

#: The years that a question may name.
FIRST_YEAR, LAST_YEAR = 1, 9999

ABOUT = _(" about %s")


class YearField(forms.IntegerField):
    """A year in digits and nothing else: no sign but a minus, no point, no underscore."""

    def to_python(self, value: Any) -> int | None:
        if value and not re.fullmatch(r"-?[0-9]{1,30}", str(value).strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class YearFilter(django_filters.NumberFilter):
    """A year of a question; the FilterSet reads both ends together."""

    field_class = YearField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)], **kwargs)

    def filter(self, qs: QuerySet, value: int | None) -> QuerySet:
        return qs


class UndatedFilter(django_filters.ChoiceFilter):
    """What becomes of rows without a date when a question names years."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs


class FactFilterSet(StrictFilterSet):
    """What can be asked of every kind of fact; a kind says by which paths it reaches entities, and its dates."""

    #: The vague dates of the kind.
    DATES: ClassVar[tuple[str, ...]]

    evidence = WordFilter(
        paths=["evidence"], choices=Grade, label=_("Evidence"), phrase=_(", %s"), help_text=_("How the fact is known.")
    )
    source = RecordFilter(
        paths=["citations__source", "citations__quotes"],
        model=Source,
        label=_("Source"),
        phrase=_(", drawn from %s"),
        help_text=_("Id of a source that the fact cites or that is quoted for it."),
    )
    dataset = RecordFilter(
        paths=["dataset"],
        model=Dataset,
        label=_("Dataset"),
        phrase=_(", in the dataset %s"),
        help_text=_("Id of the dataset that the fact came with."),
    )
    year_from = YearFilter(
        label=_("From year"), help_text=_("First year; a vague date counts where it may fall in the years.")
    )
    year_to = YearFilter(label=_("To year"), help_text=_("Last year."))
    undated = UndatedFilter(
        label=_("Without a date"),
        choices=[("exclude", _("left out")), ("include", _("added")), ("only", _("shown alone"))],
        # What a form sends where nothing is chosen: it must not leave out anything by itself.
        empty_label=_("left out under years"),
        help_text=_(
            "What becomes of rows without any date: a question about years leaves them out unless told otherwise."
        ),
    )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.in_years(self._in_all_years(queryset))

    def _in_all_years(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(queryset)

    @property
    def _undated(self) -> str:
        years = self.form.cleaned_data["year_from"], self.form.cleaned_data["year_to"]
        asked = self.form.cleaned_data["undated"]
        return asked or ("include" if years == (None, None) else "exclude")

    @property
    def _no_date(self) -> Q:
        return Q(**{f"{name}_edtf": "" for name in self.DATES})

    def in_years(self, rows: QuerySet) -> QuerySet:
        """Keep rows that may fall in the years asked for, and what is asked of those without a date."""
        first, last = self.form.cleaned_data["year_from"], self.form.cleaned_data["year_to"]
        if self._undated == "only":
            return rows.filter(self._no_date)
        if first is None and last is None:
            return rows if self._undated == "include" else rows.exclude(self._no_date)
        overlap = Q()
        for name in self.DATES:
            overlap |= within(name, date(first or FIRST_YEAR, 1, 1), date(last or LAST_YEAR, 12, 31))
        return rows.filter(overlap | self._no_date if self._undated == "include" else overlap)

    @cached_property
    def left_out(self) -> dict[str, int]:
        left_out = super().left_out
        if not self.problems and not self.form.cleaned_data["undated"] and self._undated == "exclude":
            left_out["undated"] = self._count_undated()
        return left_out

    def _count_undated(self) -> int:
        """How many rows without a date meet all conditions but those of time."""
        return int(self._in_all_years(self.queryset).filter(self._no_date).count())

    def _phrases(self) -> Any:
        yield from super()._phrases()
        if self.form.cleaned_data.get("undated") == "only":
            yield str(_(", without a date"))


def countries(*paths: str, **kwargs: Any) -> RecordFilter:
    """The filter `country`: facts that have to do with a country."""
    return RecordFilter(
        paths=paths,
        model=Country,
        label=_("Country"),
        phrase=ABOUT,
        **{"help_text": _("A country that the fact is about: id, ISO 3166 code or any known name."), **kwargs},
    )


def companies(*paths: str, phrase: Any = ABOUT, **kwargs: Any) -> RecordFilter:
    """The filter `company`: facts that have to do with a company."""
    return RecordFilter(
        paths=paths,
        model=Organisation,
        among=Q(kind__in=COMPANY_KINDS),
        noun=_("company"),
        label=_("Company"),
        phrase=phrase,
        **{"help_text": _("A company that the fact is about: id or any known name."), **kwargs},
    )


def organisations(*paths: str, phrase: Any = ABOUT, **kwargs: Any) -> RecordFilter:
    """The filter `organisation`: facts that have to do with an organisation of any kind."""
    return RecordFilter(
        paths=paths,
        model=Organisation,
        label=_("Organisation"),
        phrase=phrase,
        **{"help_text": _("An organisation of any kind that the fact is about: id or any known name."), **kwargs},
    )


def people(*paths: str) -> RecordFilter:
    """The filter `person`: facts that have to do with a person, or that the person tells."""
    return RecordFilter(
        paths=[*paths, "citations__attributed_to_person"],
        model=Person,
        label=_("Person"),
        phrase=_(" about or told by %s"),
        help_text=_("A person whom the fact is about, or who tells it: id or any known name."),
    )


class FigureFilterSet(FactFilterSet):
    NOUN = _("Figures")
    DATES = ("period",)
    ORDERINGS = {
        "period": ["period_earliest", "period_latest"],
        "value": ["value_low", "value_high"],
        "name": ["name"],
        "updated": ["updated"],
    }
    DEFAULT_ORDERING = "-period"

    country = countries("about_rows__country")
    company = companies("about_rows__organisation")
    organisation = organisations("about_rows__organisation")
    person = people("about_rows__person")

    class Meta(FactFilterSet.Meta):
        model = Figure


class SanctionFilterSet(FactFilterSet):
    NOUN = _("Sanctions and embargoes")
    DATES = ("imposed", "ended")
    ORDERINGS = {"imposed": ["imposed_earliest", "imposed_latest"], "name": ["name"], "updated": ["updated"]}
    DEFAULT_ORDERING = "-imposed"

    kind = WordFilter(
        paths=["kind"],
        choices=SanctionKind,
        label=_("Kind"),
        phrase=_(", kind %s"),
        help_text=_("What was imposed or lifted."),
    )
    country = countries(
        *country_paths(SanctionImposer, "imposer_rows__"),
        *country_paths(SanctionTarget, "target_rows__"),
        help_text=_(
            "A country that imposed it or is its target, or the country of such a body or person: id or any name."
        ),
    )
    company = companies("imposer_rows__organisation", "target_rows__organisation")
    organisation = organisations("imposer_rows__organisation", "target_rows__organisation")
    person = people("target_rows__person")

    class Meta(FactFilterSet.Meta):
        model = Sanction


class EventFilterSet(FactFilterSet):
    NOUN = _("Events")
    DATES = ("date",)
    ORDERINGS = {"date": ["date_earliest", "date_latest"], "name": ["name"], "updated": ["updated"]}
    DEFAULT_ORDERING = "-date"

    kind = WordFilter(
        paths=["kind"],
        choices=EventKind,
        label=_("Kind"),
        phrase=_(", kind %s"),
        help_text=_("What kind of event it is."),
    )
    status = WordFilter(
        paths=["status"],
        choices=EventStatus,
        label=_("Status"),
        phrase=_(", status %s"),
        help_text=_("Reported, or only expected."),
    )
    country = countries(
        *country_paths(EventParticipant, "participant_rows__"),
        "place_country",
        help_text=_("A country where it happened, or of those who took part: id, ISO 3166 code or any known name."),
    )
    company = companies("participant_rows__organisation")
    organisation = organisations("participant_rows__organisation")
    person = people("participant_rows__person")

    class Meta(FactFilterSet.Meta):
        model = Event


class OwnershipFilterSet(FactFilterSet):
    NOUN = _("Ownerships")
    DATES = ("period",)
    ORDERINGS = {"name": ["name"], "period": ["period_earliest", "period_latest"], "updated": ["updated"]}
    DEFAULT_ORDERING = "name"

    country = countries("parent__country", "child__country")
    company = companies("parent", "child")
    organisation = organisations("parent", "child")
    person = people()

    class Meta(FactFilterSet.Meta):
        model = Ownership


class RoleFilterSet(FactFilterSet):
    NOUN = _("Roles")
    DATES = ("period",)
    ORDERINGS = {"name": ["name"], "period": ["period_earliest", "period_latest"], "updated": ["updated"]}
    DEFAULT_ORDERING = "name"

    country = countries("of_country", "of_organisation__country")
    company = companies("of_organisation")
    organisation = organisations("of_organisation")
    person = people("person")

    class Meta(FactFilterSet.Meta):
        model = Role
