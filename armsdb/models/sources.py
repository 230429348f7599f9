"""Sources: the documents that statements come from."""

import re
from textwrap import shorten
from typing import Any, ClassVar, Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import SourceKind

from .base import Record, RecordQuerySet, counted, kept_history
from .citations import Citation
from .values import DateGroup, date_checks

web_address = URLValidator(schemes=["http", "https"])


class SourceQuerySet(RecordQuerySet):
    def with_passage_counts(self) -> Self:
        """Add `passages` and `quotations`, the numbers of citations that readers see which read each, and quote it."""
        counting = Citation.objects.of_published_facts()
        return self.annotate(passages=counted(counting, "source"), quotations=counted(counting, "quotes"))

    def used_by(self, *facts: QuerySet) -> list["Source"]:
        """The documents that citations of some facts, each argument of one kind, read or quote; the most used first.

        They have their `passages` and `quotations`, the numbers of those citations. Three queries.
        """
        read, quoted = (Citation.objects.numbers_by(column, *facts) for column in ("source", "quotes"))
        found: list[Any] = list(self.filter(pk__in=read | quoted))
        for source in found:
            source.passages, source.quotations = read[source.pk], quoted[source.pk]
        return sorted(found, key=lambda one: (-one.passages, -one.quotations, one.name, one.pk))


class Source(Record):
    """A document: an article, a report, an interview, footage; read by us, or known only `via` another."""

    TYPE = "source"
    COLLECTION = "sources"

    name = models.CharField(max_length=300, help_text=_("The title; ours where the document gives none."))
    publisher = models.ForeignKey(
        "armsdb.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sources",
        help_text=_("Who published it; empty where that is not known."),
    )
    authors = models.JSONField(default=list, blank=True, help_text=_("The authors' names, in order."))
    published = DateGroup(_("When it was published."))
    url = models.URLField(max_length=500, blank=True, validators=[web_address], help_text=_("Where it stands."))
    archived_url = models.URLField(
        max_length=500, blank=True, validators=[web_address], help_text=_("Where an archived copy stands.")
    )
    language = models.CharField(max_length=20, blank=True, help_text=_("BCP 47 tag of its language."))
    kind = models.CharField(
        max_length=16, choices=SourceKind, db_index=True, help_text=_("What kind of document it is.")
    )
    reliability = models.TextField(blank=True, help_text=_("What a reader should know before relying on it."))
    via = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quoted_sources",
        help_text=_("The source through which we know it, when we have not read it."),
    )
    locator_prefix = models.CharField(max_length=10, blank=True, help_text=_("What its paragraph numbers begin with."))
    locator_count = models.PositiveIntegerField(null=True, blank=True, help_text=_("How many paragraphs it has."))
    sections = models.JSONField(
        default=list, blank=True, help_text=_("Its parts: where each begins, and what it is about in our words.")
    )

    objects: ClassVar[Any] = SourceQuerySet.as_manager()
    history = kept_history()

    class Meta(Record.Meta):
        abstract = False
        ordering = ["name", "id"]
        constraints = [
            *Record.Meta.constraints,
            *date_checks("source", "published"),
            models.CheckConstraint(
                name="source_not_via_itself",
                condition=Q(via__isnull=True) | ~Q(via=F("id")),
                violation_error_message=_("A source is not known through itself."),
            ),
        ]

    @property
    def short_name(self) -> str:
        """The title up to its first comma or colon, or so many words of it as there is room for beside a note."""
        return shorten(re.split(r"[,:]", self.name, maxsplit=1)[0], width=40, placeholder="…")

    @property
    def caution(self) -> str:
        """The first sentence of what to know before relying on it: what stands where there is no more room."""
        return re.split(r"(?<=[.!?])\s", self.reliability, maxsplit=1)[0]

    @property
    def places(self) -> str:
        """Its first and last place, as B1 to B54; nothing where its places are not counted."""
        ends = {"first": f"{self.locator_prefix}1", "last": f"{self.locator_prefix}{self.locator_count}"}
        return gettext_now("%(first)s to %(last)s") % ends if self.locator_count else ""

    def has_place(self, locator: str) -> bool:
        """Whether the document can have this place; True where its paragraphs are not counted."""
        if self.locator_count is None:
            return bool(locator)
        number = self.place_number(locator)
        return number is not None and number <= self.locator_count

    def place_number(self, locator: str) -> int | None:
        """The number of a paragraph, page or row, without the prefix; None for a place without one."""
        number = re.fullmatch(re.escape(self.locator_prefix) + r"([1-9][0-9]{0,6})", locator)
        return int(number[1]) if number else None
