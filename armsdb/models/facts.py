"""What every kind of fact has: its dataset, its passages and its grade; and how facts are read by them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from armsdb.lib.dates import VagueDate
from armsdb.lib.evidence import DOCUMENTS
from armsdb.lib.vocab import Grade, Stance, State, Terms

from .base import TITLE_LENGTH, Record, RecordQuerySet


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
