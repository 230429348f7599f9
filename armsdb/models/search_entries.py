"""The index of the search room: one row a record, and one row a name of an entity.

The engines keep their full-text structures on the first table by themselves: see migration 0002. They hold `names`
and `text`; whoever alters the table on SQLite, where Django makes it anew, has to make its triggers anew as well.
"""

from django.db import models


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


class SearchName(models.Model):
    """One name of an entity, whole, for exact matches."""

    #: The kind of a name that is an ISO code or a public id, and no name to print.
    CODE = "code"

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="name_rows", help_text="Whose name.")
    key = models.CharField(max_length=300, db_index=True, help_text="The name, folded, without spaces.")
    name = models.CharField(max_length=300, help_text="The name as shown.")
    kind = models.CharField(max_length=15, blank=True, help_text="The kind of other name; empty for the name itself.")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
