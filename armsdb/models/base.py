"""What every record has: a public id, a state, a name; and what entities and facts add to it."""

from functools import cache
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from armsdb.lib import names
from armsdb.lib.vocab import State

public_id_form = RegexValidator(
    r"^[a-z0-9]+(?:[.-][a-z0-9]+)*\Z", _("An id is made of lower-case letters, digits and single hyphens.")
)


#: Letters of a title and of a folded name that are kept.
TITLE_LENGTH = 300
KEY_LENGTH = 200


def fit_to_print(title: str) -> str:
    """A title that is made of names, cut between words where together they are too long."""
    if len(title) <= TITLE_LENGTH:
        return title
    return title[: TITLE_LENGTH - 1].rpartition(" ")[0] + "…"


def name_key(name: str) -> str:
    """A name, folded for look-up."""
    return names.key(name)[:KEY_LENGTH]


def page_address(view: str, public_id: str) -> str:
    """Where the page of a record stands; ids need no quoting."""
    return f"{_pages_under(view)}{public_id}/"


@cache
def _pages_under(view: str) -> str:
    return reverse(view, args=["id"]).removesuffix("id/")


def kept_history() -> HistoricalRecords:
    """History of a table: who changed what, when and why, with the row before and after."""
    return HistoricalRecords(history_change_reason_field=models.TextField(null=True), related_name="history_rows")


def counted(rows: QuerySet, column: str, what: str = "pk") -> Coalesce:
    """Annotation: how many of these rows refer to the annotated one by this column; it joins nothing.

    `what` names another column of which the different values are counted.
    """
    of_one = rows.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return Coalesce(Subquery(of_one.annotate(number=Count(what, distinct=True)).values("number")), 0)


class RecordQuerySet(models.QuerySet):
    """Reading verbs that every kind of record has."""

    def published(self) -> Self:
        """Keep what the public sees."""
        return self.filter(state=State.PUBLISHED)

    def to_pass_on(self) -> Self:
        """Keep what may be passed on as a whole: all of our own, and facts whose dataset allows it."""
        return self

    def not_to_pass_on(self) -> Self:
        """Keep what may not be passed on as a whole."""
        return self.none()


class Record(models.Model):
    """Anything with a public id: entities, facts, sources, citations, datasets."""

    #: The word for this kind in the API's `type`, and the piece of its addresses.
    TYPE: ClassVar[str]
    COLLECTION: ClassVar[str]

    public_id = models.CharField(
        max_length=120,
        unique=True,
        validators=[public_id_form],
        help_text=_("Public and permanent: the last piece of the record's addresses."),
    )
    state = models.CharField(
        max_length=10, choices=State, default=State.DRAFT, help_text=_("Only published records are seen by the public.")
    )
    state_reason = models.TextField(blank=True, help_text=_("Why the record was withdrawn; readers are told."))
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_records",
        help_text=_("The record that this one was merged into; its old address leads there."),
    )
    created = models.DateTimeField(default=timezone.now, editable=False, help_text=_("When the record was made."))
    updated = models.DateTimeField(
        default=timezone.now, editable=False, help_text=_("When the record was last changed, in UTC.")
    )

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_state_told",
                condition=(~Q(state=State.WITHDRAWN) | ~Q(state_reason=""))
                & (
                    Q(state=State.MERGED, merged_into__isnull=False)
                    | (~Q(state=State.MERGED) & Q(merged_into__isnull=True))
                ),
                violation_error_message=_(
                    "A withdrawn record needs a reason, and a merged one the record that it is part of."
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                violation_error_message=_("A record cannot be merged into itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(getattr(self, "name", self.public_id))

    def get_absolute_url(self) -> str:
        return page_address(f"{self.TYPE}_detail", self.public_id)

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    def was_seen(self) -> bool:
        """Whether readers ever saw the record."""
        own: Any = self
        return bool(own.state != State.DRAFT or own.history.exclude(state=State.DRAFT).exists())

    @property
    def collection(self) -> str:
        """The piece of the address under which this record stands."""
        return self.COLLECTION

    def get_api_url(self) -> str:
        return reverse("api:" + self.collection + "-detail", args=[self.public_id])

    def derive(self) -> None:
        """Set the columns that follow from others; actions call it before they save."""


def kinds() -> dict[str, type[Record]]:
    """Every kind of record by its TYPE."""
    models_of_ours = apps.get_app_config("armsdb").get_models()
    return {kind.TYPE: kind for kind in models_of_ours if issubclass(kind, Record) and not kind._meta.proxy}


class EntityQuerySet(RecordQuerySet):
    """Reading verbs that every kind of entity has."""

    def with_names(self) -> Self:
        """Fetch the other names, each with the document it is met in, and the identifiers."""
        kind: Any = self.model._meta.get_field("aliases").related_model
        aliases = kind._default_manager
        return self.prefetch_related(Prefetch("aliases", aliases.select_related("source")), "identifiers")

    def known_as(self, name: str) -> Self:
        """Entities that go by this id or by this name, their own or another; an id wins over names."""
        text = name.strip()
        by_id = self.filter(public_id=text.lower())
        if by_id.exists():
            return by_id
        key = name_key(text)
        if not key:
            return self.none()
        by_name = self.filter(name_key=key)
        return by_name if by_name.exists() else self.filter(aliases__name_key=key).distinct().order_by("id")


class Entity(Record):
    """A thing with a page: a country, an organisation, a person, equipment."""

    aliases: Any  # other names: the other end of an alias's foreign key

    name = models.CharField(max_length=200, help_text=_("The name that the record goes by."))
    name_key = models.CharField(
        max_length=KEY_LENGTH, editable=False, db_index=True, help_text=_("The name, folded for look-up.")
    )
    summary = models.TextField(blank=True, help_text=_("What it is, in our own words, neutral."))
    unmatched = models.BooleanField(
        default=False,
        help_text=_("Made by an import from a name alone: nobody has compared it with the other records yet."),
    )

    objects: ClassVar[Any] = EntityQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True

    def derive(self) -> None:
        self.name_key = name_key(self.name)

    @property
    def in_sentence(self) -> str:
        """The name as it stands inside a sentence."""
        return names.in_sentence(self.name)
