"""Citations: which passage supports, denies or questions which fact."""

from collections import Counter
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import Basis, Stance, State, Terms

from .base import Record, RecordQuerySet, kept_history
from .reported import refuse_unless_told
from .values import exactly_one

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

    def to_pass_on(self) -> Self:
        """Keep the citations of facts that may be passed on as a whole."""
        return self.filter(self._of_open_datasets())

    def not_to_pass_on(self) -> Self:
        return self.exclude(self._of_open_datasets())

    @staticmethod
    def _of_open_datasets() -> Q:
        condition = Q()
        for kind in CITABLE:
            condition |= Q(**{f"{kind}__dataset__terms": Terms.OPEN})
        return condition

    def numbers_by(self, column: str, *facts: models.QuerySet) -> Counter[int]:
        """How many published citations of some facts, each argument of one kind, name each record in a column.

        A part for each kind: of several kinds at once a database looks through all citations.
        """
        told = self.published().exclude(**{column: None}).order_by()
        first, *others = (
            told.filter(**{f"{rows.model.TYPE}__in": rows.order_by()}).values_list(column).annotate(number=Count("pk"))
            for rows in facts
        )
        numbers = Counter[int]()
        for record, number in first.union(*others, all=True):
            numbers[record] += number
        return numbers

    def told_by(self, teller: Any) -> Self:
        """Keep what readers can see of what a person or an organisation says."""
        return self.of_published_facts().filter(**{f"attributed_to_{teller.TYPE}": teller})

    def in_reading_order(self) -> Self:
        """Order by document, then by place in it: A2 before A10, as a prefix and a number make places."""
        return self.order_by("source__name", "source", Length("locator"), "locator", "id")

    def supporting(self) -> Self:
        """Keep what supports its fact."""
        return self.filter(stance=Stance.SUPPORTS)


def number_in(public_id: str) -> int:
    """The number of a citation within its fact, from its id."""
    return int(public_id.rpartition("-c")[2])


def _fact(model: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"armsdb.{model}",
        null=True,
        blank=True,
        db_index=False,  # a partial one, below
        on_delete=models.PROTECT,
        related_name="citations",
        help_text=_("The fact that is cited."),
    )


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

    objects: ClassVar[Any] = CitationQuerySet.as_manager()
    history = kept_history()

    class Meta(Record.Meta):
        abstract = False
        ordering = ["id"]
        # Each citation has one fact, and five columns without: SQLite would rather read the table than such an index.
        indexes = [
            models.Index(fields=[kind], name=f"citation_{kind}", condition=Q(**{f"{kind}__isnull": False}))
            for kind in CITABLE
        ]
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
        if self.fact is None:
            return  # the constraint says so
        for field, value in self.reported.items():
            try:
                refuse_unless_told(type(self.fact), field, value)
            except ValueError as error:
                raise ValidationError({"reported": [str(error)]}) from error

    def speaks_of(self, field: str) -> bool:
        """Whether this place tells anything of a field of the API: where it does not, `reported` has it empty."""
        return self.reported.get(field, True) not in (None, [])

    @property
    def fact(self) -> Any:
        """The transfer, figure, sanction, event, ownership or role that is cited; None before one is set."""
        return next((getattr(self, kind) for kind in CITABLE if getattr(self, f"{kind}_id")), None)

    @property
    def number(self) -> int:
        """Its number within its fact."""
        return number_in(self.public_id)

    @property
    def teller(self) -> Any:
        """The record of who says it, where there is one."""
        return self.attributed_to_person or self.attributed_to_organisation

    @property
    def voice(self) -> str:
        """Who says it, in words: the document itself where nobody else is named."""
        return self.attributed_to or str(self.teller.name if self.teller else self.source.short_name)

    @property
    def name(self) -> str:
        """A title fit to print: publisher or document, place, fact."""
        publisher = self.source.publisher.name if self.source.publisher else self.source.name
        return f"{publisher}, {self.locator}, on {self.fact.name}"

    def was_seen(self) -> bool:
        """Whether readers ever saw the fact: a citation is seen with it."""
        return bool(self.fact.was_seen())

    def get_passage_url(self) -> str:
        """Where this passage stands among those of its document."""
        return f"{self.source.get_absolute_url()}#{self.public_id}"

    def get_absolute_url(self) -> str:
        return f"{self.fact.get_absolute_url().partition('#')[0]}#{self.public_id}"
