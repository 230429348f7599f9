"""Names that can be suggested from each of their words on, and found though they are mistyped.

What is in the index already gets its ranks, its words and their pieces here, as the search room makes them.
"""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from armsdb.lib import names
from armsdb.lib.likeness import pieces

NAME, DOCUMENT, CODE, WORD, JOINED = 2, 4, 5, 6, 7
SMALL = {"a", "and", "de", "for", "of", "the"}
BATCH = 500


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the rows that are there their ranks, and add those from each further word on."""
    rows = apps.get_model("armsdb", "SearchName").objects
    entries = apps.get_model("armsdb", "SearchEntry").objects.filter(is_fact=False)
    last = 0
    while batch := list(entries.filter(pk__gt=last).order_by("pk").prefetch_related("name_rows")[:BATCH]):
        last = batch[-1].pk
        whole = {entry: sorted(entry.name_rows.all(), key=lambda row: row.pk) for entry in batch}
        more = [later for entry, own in whole.items() for later in _filled(rows.model, entry.type, own)]
        rows.bulk_update([row for own in whole.values() for row in own], ["rank", "word", "head", "middle", "tail"])
        rows.bulk_create(more)


def _filled(model: Any, kind: str, whole: list[Any]) -> Iterator[Any]:
    keys, begun = {row.key for row in whole if row.kind != "code"}, set[str]()
    for row in whole:
        row.rank = _rank(kind, row.kind)
        if row.rank in (DOCUMENT, CODE):
            continue
        words = names.fold(row.name).split()
        _begin(row, words[0], begun)
        for key, word, rank in _later(row.name, words):
            if (word not in begun) if rank == JOINED else (key not in keys):
                keys.add(key)
                made = model(entry_id=row.entry_id, key=key, name=row.name, kind=row.kind, rank=rank)
                _begin(made, word, begun)
                yield made


def _later(name: str, words: list[str]) -> Iterator[tuple[str, str, int]]:
    for at in range(1, min(len(words), 8)):
        if words[at] not in SMALL and not words[at][0].isdigit():
            yield "".join(words[at:])[:300], words[at], WORD
    for compound in names.compounds(name) if "-" in name else ():
        if len(compound) > 1 and pieces("".join(compound)):
            yield "".join(compound), "".join(compound), JOINED


def _rank(kind: str, name_kind: str) -> int:
    if name_kind == "code":
        return CODE
    if kind in ("source", "dataset"):
        return DOCUMENT
    return (0 if kind == "country" else NAME) + bool(name_kind)


def _begin(row: Any, word: str, begun: set[str]) -> None:
    if word not in begun and (cut := pieces(word)):
        begun.add(word)
        row.word, row.head, row.middle, row.tail = word, cut.head, cut.middle, cut.tail


def _text(length: int, told: str) -> models.CharField:
    return models.CharField(blank=True, default="", help_text=told, max_length=length)


class Migration(migrations.Migration):
    dependencies = [("armsdb", "0009_runs_that_wrote_nothing")]

    operations = [
        migrations.AlterField(
            model_name="searchname",
            name="key",
            field=models.CharField(
                help_text="The name, folded, without spaces, from where the row begins.", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="searchname",
            name="rank",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "name of a country"),
                    (1, "other name of a country"),
                    (2, "name of an organisation, a person or equipment"),
                    (3, "other name of one"),
                    (4, "title of a document or a dataset"),
                    (5, "code or id, suggested only where it is whole"),
                    (6, "the rest of a name from one of its words on"),
                    (7, "a compound without its hyphen, never suggested"),
                ],
                default=0,
                help_text="What the row is, in the order of suggestions.",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "searchname", "word", _text(40, "The word that it begins with, if it can be mistyped."), False
        ),
        migrations.AddField("searchname", "head", _text(20, "The first piece of the word, after its length."), False),
        migrations.AddField("searchname", "middle", _text(20, "The middle piece, likewise."), False),
        migrations.AddField("searchname", "tail", _text(20, "The last piece, likewise."), False),
        migrations.AddIndex(
            model_name="searchname", index=models.Index(fields=["key"], name="searchname_key")
        ),
        migrations.AddIndex(
            model_name="searchname",
            index=models.Index(
                fields=["rank", "key"], name="searchname_begins", opclasses=["int2_ops", "varchar_pattern_ops"]
            ),
        ),
        *(
            migrations.AddIndex(
                model_name="searchname",
                index=models.Index(
                    condition=models.Q(word__gt=""), fields=[piece, "word"], name=f"searchname_{piece}"
                ),
            )
            for piece in ("head", "middle", "tail")
        ),
        # Last: PostgreSQL makes no index on a table for which it has something left to check.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
