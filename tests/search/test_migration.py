"""What the migration makes of an index that is there already: what indexing would write."""

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from armsdb.models import Rank, SearchName


def told() -> list[tuple]:
    columns = ("entry__public_id", "rank", "key", "name", "kind", "word", "head", "middle", "tail")
    return sorted(SearchName.objects.values_list(*columns))


def test_an_index_that_is_there_gets_what_its_names_begin_with(seeded):
    """Of the seed, as the version before left it: whole names without ranks and words."""
    before = told()
    assert len(before) > 300
    SearchName.objects.filter(rank__gte=Rank.WORD).delete()
    SearchName.objects.update(rank=0, word="", head="", middle="", tail="")
    assert told() != before
    migration = import_module("armsdb.migrations.0010_names_to_begin")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert told() == before
