"""Citations: which passage supports, denies or questions which fact."""

import inspect
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from armsdb.lib import dates, numbers
from armsdb.lib.vocab import Basis, Stance, State

from .base import Record, RecordQuerySet, kept_history
from .values import DateGroup, MoneyGroup, NumberGroup, exactly_one

#: The kinds that can be cited, as the columns that refer to them.
CITABLE = ("transfer", "figure", "sanction", "event", "ownership", "role")


class CitationQuerySet(RecordQuerySet):
    def with_sources(self) -> Self:
        """Join the documents, their publishers and the tellers: what a note in the margin shows."""
        return self.select_related(
            "source__publisher", "quotes__publisher", "attributed_to_person", "attributed_to_organisation"
        )

    def with_facts(self) -> Self:
        """Join the facts of every kind, and what their addresses need."""
        return self.select_related(
            *CITABLE, "ownership__child", "role__person", "role__of_organisation", "role__of_country"
        )

    def of_published_facts(self) -> Self:
        """Keep what readers can see: published citations of published facts."""
        condition = Q()
        for kind in CITABLE:
            condition |= Q(**{f"{kind}__state": State.PUBLISHED})
        return self.published().filter(condition)

    def supporting(self) -> Self:
        """Keep what supports its fact."""
        return self.filter(stance=Stance.SUPPORTS)


def _fact(model: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"armsdb.{model}",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="citations",
        help_text=_("The fact that is cited."),
    )


#: Fields of the API that are lists of rows, by kind of fact.
_PARTS: dict[str, tuple[str, ...]] = {
    "transfer": ("companies", "deliveries"),
    "figure": ("about",),
    "sanction": ("imposed_by", "targets"),
    "event": ("participants",),
    "ownership": (),
    "role": (),
}


def _read_reported(model: type[Record], field: str, value: Any) -> None:
    """Raise ValueError, with a sentence, where a value cannot stand in this field of the API."""
    column = inspect.getattr_static(model, field, None)
    if isinstance(column, DateGroup):
        if value is not None:
            dates.parse(value)
    elif isinstance(column, MoneyGroup):
        numbers.Money.from_value(value)
    elif isinstance(column, NumberGroup):
        numbers.VagueNumber.from_value(value)
    elif field in _PARTS[model.TYPE]:
        if not isinstance(value, list):
            raise ValueError(_("“%(field)s” is told as a list.") % {"field": field})
    elif field in _told_fields(model):
        choices = dict(model._meta.get_field(field).flatchoices)
        if choices and value is not None and value not in choices:
            raise ValueError(_("“%(field)s” cannot be “%(value)s”.") % {"field": field, "value": value})
    else:
        raise ValueError(_("A %(kind)s has no field “%(field)s”.") % {"kind": model._meta.verbose_name, "field": field})


def _told_fields(model: type[Record]) -> set[str]:
    """The plain columns and references of a kind of fact that a passage can speak of."""
    own = {"dataset", "key", "merged_into", "import_run", "public_id", "state", "state_reason"}
    return {field.name for field in model._meta.concrete_fields if field.editable} - own


class Citation(Record):
    """One place in one document, and what it says of one fact."""

    TYPE = "citation"
    COLLECTION = "citations"

    transfer = _fact("Transfer")
    figure = _fact("Figure")
    sanction = _fact("Sanction")
    event = _fact("Event")
    ownership = _fact("Ownership")
    role = _fact("Role")
    source = models.ForeignKey(
        "armsdb.Source", on_delete=models.PROTECT, related_name="citations", help_text=_("The document that was read.")
    )
    locator = models.CharField(max_length=60, help_text=_("One place in it: a paragraph, a page, a row."))
    quotes = models.ForeignKey(
        "armsdb.Source",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quoting_citations",
        help_text=_("The source that the document draws on there."),
    )
    attributed_to = models.CharField(max_length=200, blank=True, help_text=_("Who says it, in words."))
    attributed_to_person = models.ForeignKey(
        "armsdb.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="told_citations",
        help_text=_("The person who says it."),
    )
    attributed_to_organisation = models.ForeignKey(
        "armsdb.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="told_citations",
        help_text=_("The organisation that says it."),
    )
    stance = models.CharField(
        max_length=9,
        choices=Stance,
        default=Stance.SUPPORTS,
        help_text=_("Whether the place supports, denies or questions."),
    )
    basis = models.CharField(max_length=18, choices=Basis, help_text=_("What the statement rests on."))
    interested = models.BooleanField(default=False, help_text=_("True when only an interested party says it."))
    reported = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("What this place says, by field of the API, where it differs from the record or says less."),
    )
    note = models.TextField(blank=True, help_text=_("Words on the passage; what we derived begins with “Reading:”."))

    objects = CitationQuerySet.as_manager()
    history = kept_history()

    class Meta(Record.Meta):
        abstract = False
        ordering = ["id"]
        constraints = [
            *Record.Meta.constraints,
            exactly_one("citation_of_one", CITABLE, _("A citation belongs to exactly one fact.")),
            models.CheckConstraint(
                name="citation_locator_told",
                condition=~Q(locator=""),
                violation_error_message=_("A citation needs the place in its source."),
            ),
            models.CheckConstraint(
                name="citation_one_teller",
                condition=Q(attributed_to_person__isnull=True) | Q(attributed_to_organisation__isnull=True),
                violation_error_message=_("A person or an organisation says it, not both."),
            ),
        ]

    def clean(self) -> None:
        """Refuse words in `reported` that are no field of the fact, or no value of that field."""
        if not isinstance(self.reported, dict):
            raise ValidationError({"reported": [_("What the place says is given by field.")]})
        for field, value in self.reported.items():
            try:
                _read_reported(type(self.fact), field, value)
            except ValueError as error:
                raise ValidationError({"reported": [str(error)]}) from error

    @property
    def fact(self) -> Any:
        """The transfer, figure, sanction, event, ownership or role that is cited."""
        return next(filter(None, (getattr(self, kind) for kind in CITABLE if getattr(self, f"{kind}_id"))))

    @property
    def teller(self) -> Any:
        """The record of who says it, where there is one."""
        return self.attributed_to_person or self.attributed_to_organisation

    @property
    def name(self) -> str:
        """A title fit to print: publisher or document, place, fact."""
        publisher = self.source.publisher.name if self.source.publisher else self.source.name
        return f"{publisher}, {self.locator}, on {self.fact.name}"

    def get_absolute_url(self) -> str:
        return f"{self.fact.get_absolute_url().partition('#')[0]}#{self.public_id}"
