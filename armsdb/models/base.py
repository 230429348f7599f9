"""What every record has: a public id, a state, a name; and what entities and facts add to it."""

from functools import cache
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from armsdb.lib import names
from armsdb.lib.dates import VagueDate
from armsdb.lib.evidence import DOCUMENTS
from armsdb.lib.vocab import Grade, Stance, State, Terms

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


class FactQuerySet(RecordQuerySet):
    """Reading verbs that every kind of fact has."""

    def to_pass_on(self) -> Self:
        return self.filter(dataset__terms=Terms.OPEN)

    def not_to_pass_on(self) -> Self:
        return self.exclude(dataset__terms=Terms.OPEN)

    def disputed(self) -> Self:
        """Keep what somebody denies or questions."""
        return self.filter(evidence=Grade.DISPUTED)

    def drawn_from(self, source: Any) -> Self:
        """Keep facts with a published citation of this source, read or quoted."""
        cited = Q(citations__source=source) | Q(citations__quotes=source)
        return self.filter(cited & Q(citations__state=State.PUBLISHED)).distinct()

    def with_citations(self) -> Self:
        """Fetch the published citations with their documents and tellers: what the margin beside a fact shows."""
        return self.prefetch_related(Prefetch("citations", queryset=self._citations().with_sources()))

    def with_draft_citations(self) -> Self:
        """Fetch as `draft_citations` the citations that wait to be published: a preview shows them too."""
        drafts = self._kind._meta.get_field("citations").related_model._default_manager.filter(state=State.DRAFT)
        return self.prefetch_related(Prefetch("citations", drafts.with_sources(), to_attr="draft_citations"))

    def resting_on(self, source: Any) -> Self:
        """Keep facts that stand or fall with a source: every passage that supports them reads or quotes it."""
        supporting = self._citations().supporting()
        own = Q(source=source) | Q(quotes=source)
        fact = self._kind.TYPE
        return self.filter(
            ~Exists(supporting.exclude(own).filter(**{fact: OuterRef("pk")})),
            pk__in=supporting.filter(own, **{f"{fact}__isnull": False}).values(fact),
        )

    def on_one_document(self) -> Self:
        """Keep facts whose supporting passages all stand in one document, whichever it is."""
        fact = self._kind.TYPE
        supporting = self._citations().supporting().filter(**{f"{fact}__isnull": False}).order_by()
        documents = supporting.values(fact).annotate(documents=Count("source", distinct=True))
        return self.filter(pk__in=documents.filter(documents=1).values(fact))

    def grades(self) -> dict[str, int]:
        """How many have each grade, the surest first; one query."""
        counts = {grade.value: Count("pk", filter=Q(evidence=grade)) for grade in Grade}
        return self.order_by().aggregate(**counts)

    def newest(self) -> Self:
        """Keep dated facts; those whose own date can end last stand first, an open end counting as its beginning."""
        end = Coalesce(f"{self._kind.WHEN}_latest", f"{self._kind.WHEN}_earliest")
        return self.annotate(when_ends=end).filter(when_ends__isnull=False).order_by("-when_ends", "-id")

    def _citations(self) -> Any:
        return self._kind._meta.get_field("citations").related_model._default_manager.published()

    @property
    def _kind(self) -> Any:
        """The kind of fact that the rows are."""
        return self.model


class Fact(Record):
    """Something that is asserted, with the passages that support, deny or question it."""

    #: The date of the fact itself, as its columns are called: `<this>_earliest` and `<this>_latest`.
    WHEN: ClassVar[str]
    citations: Any  # the passages: the other end of a citation's foreign key

    name = models.CharField(max_length=TITLE_LENGTH, help_text=_("A title fit to print."))
    dataset = models.ForeignKey(
        "armsdb.Dataset",
        on_delete=models.PROTECT,
        related_name="%(class)s_facts",
        help_text=_("The dataset it came with."),
    )
    key = models.CharField(max_length=100, help_text=_("The row's key inside the dataset."))
    comment = models.TextField(
        blank=True, help_text=_("What the sources tell beyond the other fields, in our own words.")
    )
    evidence = models.CharField(
        max_length=12,
        blank=True,
        choices=Grade,
        editable=False,
        db_index=True,
        help_text=_("How the fact is known, by a fixed rule over its citations."),
    )
    evidence_reason = models.CharField(
        max_length=300, blank=True, editable=False, help_text=_("Why the evidence has this grade.")
    )
    import_run = models.ForeignKey(
        "armsdb.ImportRun",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="%(class)s_facts",
        help_text=_("The import that made the row."),
    )
    fingerprint = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("Of what a register's newest edition says in the row: what is the same has the same."),
    )

    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["dataset", "key"],
                name="%(class)s_dataset_key",
                violation_error_message=_("The dataset has a record with this key already."),
            ),
            models.CheckConstraint(
                name="%(class)s_published_has_evidence",
                condition=~Q(state=State.PUBLISHED) | ~Q(evidence=""),
                violation_error_message=_("A fact cannot be published without a supporting citation."),
            ),
        ]

    @property
    def main_date(self) -> VagueDate | None:
        """The date of the fact itself, None where none is told."""
        date: VagueDate | None = getattr(self, self.WHEN)
        return date

    @property
    def voices(self) -> list[str]:
        """Who says it, each once in the order of the passages; makes no query where these are fetched."""
        return list(dict.fromkeys(one.voice for one in self.citations.all() if one.stance == Stance.SUPPORTS))

    @property
    def known_through(self) -> Any:
        """The source that quotes the official document by which this is documented; None where one was read itself."""
        documents = [one for one in self.citations.all() if one.basis in DOCUMENTS and one.stance == Stance.SUPPORTS]
        read = any(one.quotes_id is None for one in documents)
        return documents[0].source if self.evidence == Grade.DOCUMENTED and documents and not read else None
