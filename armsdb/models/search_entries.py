"""The index of the search room: one row a record, and rows for each name of an entity.

The engines keep their full-text structures on the first table by themselves: see migration 0002. They hold `names`
and `text`; whoever alters the table on SQLite, where Django makes it anew, has to make its triggers anew as well.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet


class SearchEntry(models.Model):
    """What can be searched of one published record; the search room writes it, nobody else."""

    type = models.CharField(max_length=12, help_text="The kind of record, as in the API.")
    record_id = models.BigIntegerField(help_text="The record's row in its own table.")
    public_id = models.CharField(max_length=120, help_text="The record's public id.")
    name = models.CharField(max_length=300, help_text="The record's name, as shown.")
    is_fact = models.BooleanField(help_text="Facts stand after everything else among results.")
    names = models.TextField(blank=True, help_text="The words of its names, folded for the index.")
    text = models.TextField(blank=True, help_text="The words of everything else, folded for the index.")
    readable = models.TextField(
        blank=True, help_text="As readers see it: its own words in the first line, then a line for each thing named."
    )

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["type", "record_id"], name="searchentry_once")]

    def __str__(self) -> str:
        return self.public_id


class Rank(models.IntegerChoices):
    """What a row of names is, in the order of suggestions; within one rank they go by the letters."""

    COUNTRY = 0, "name of a country"
    COUNTRY_OTHER = 1, "other name of a country"
    NAME = 2, "name of an organisation, a person or equipment"
    OTHER = 3, "other name of one"
    DOCUMENT = 4, "title of a document or a dataset"
    CODE = 5, "code or id, suggested only where it is whole"
    WORD = 6, "the rest of a name from one of its words on"
    JOINED = 7, "a compound without its hyphen, never suggested"


class SearchNameQuerySet(QuerySet["SearchName"]):
    def whole(self) -> Self:
        """Keep the rows that hold whole names and codes."""
        return self.filter(rank__lt=Rank.WORD)


class SearchName(models.Model):
    """One name of an entity: whole, for exact matches, or from one of its words on, for suggestions; and its words."""

    #: The kind of a name that is an ISO code or a public id, and no name to print.
    CODE = "code"

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="name_rows", help_text="Whose name.")
    key = models.CharField(max_length=300, help_text="The name, folded, without spaces, from where the row begins.")
    name = models.CharField(max_length=300, help_text="The name as shown.")
    kind = models.CharField(max_length=15, blank=True, help_text="The kind of other name; empty for the name itself.")
    rank = models.PositiveSmallIntegerField(choices=Rank, help_text="What the row is, in the order of suggestions.")
    word = models.CharField(max_length=40, blank=True, help_text="The word that it begins with, if it can be mistyped.")
    head = models.CharField(max_length=20, blank=True, help_text="The first piece of the word, after its length.")
    middle = models.CharField(max_length=20, blank=True, help_text="The middle piece, likewise.")
    tail = models.CharField(max_length=20, blank=True, help_text="The last piece, likewise.")

    objects: ClassVar[models.Manager["SearchName"]] = SearchNameQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["key"], name="searchname_key"),
            # PostgreSQL serves questions for the beginning of a key by this class of operators alone.
            models.Index(
                fields=["rank", "key"], name="searchname_begins", opclasses=["int2_ops", "varchar_pattern_ops"]
            ),
            *(
                models.Index(fields=[piece, "word"], name=f"searchname_{piece}", condition=Q(word__gt=""))
                for piece in ("head", "middle", "tail")
            ),
        ]

    def __str__(self) -> str:
        return self.name
