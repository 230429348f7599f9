"""What is suggested while somebody types: the same on both engines."""

import pytest
from django.db import connection

from armsdb import search
from armsdb.lib.vocab import State
from armsdb.models import Country, Equipment, Organisation
from armsdb.search import suggesting

from .builders import entity


def ids(q: str) -> list[str]:
    return [found.public_id for found in search.suggest(q)]


@pytest.mark.parametrize(
    ("q", "first", "matched", "kind"),
    [
        ("my", "myanmar", "Myanmar", None),
        ("Burm", "myanmar", "Burma", "former"),
        ("BÜRM", "myanmar", "Burma", "former"),
        ("росс", "russia", "Россия", "native"),
        ("Рособ", "rosoboronexport", "Rosoboronexport", None),
        ("rosoboronek", "rosoboronexport", "Rosoboroneksport", "transliteration"),
        ("mig2", "mig-29", "MiG-29", None),
        ("MiG-2", "mig-29", "MiG-29", None),
        ("mig 29", "mig-29", "MiG-29", None),
        ("almaz ant", "almaz-antey", "Almaz-Antey", None),
        ("ante", "almaz-antey", "Almaz-Antey", None),
        ("missiles corp", "tactical-missiles-corporation", "Tactical Missiles Corporation", None),
        ("budan", "kirill-budanov", "Kirill Budanov", None),
        ("MMR", "myanmar", "MMR", None),
        ("week", "article-a", "Weekend report", None),
    ],
)
def test_a_name_is_suggested_from_each_of_its_words_on(q, first, matched, kind, world):
    found = search.suggest(q)[0]
    assert (found.public_id, found.matched_name, found.matched_kind) == (first, matched, kind)


def test_whole_names_come_first_then_countries_then_other_names_and_later_words(world):
    rows = [
        entity(Equipment, "Rus Kite", public_id="word", summary="Kitebar"),
        entity(Equipment, "Balloon", "Kite balloon", public_id="other"),
        entity(Organisation, "Kite Works", kind="company", public_id="name"),
        entity(Country, "Farland", "Kiteland", public_id="country-other"),
        entity(Country, "Kiteia", public_id="country"),
        entity(Equipment, "Kite", public_id="whole"),
    ]
    search.index(rows)
    assert ids("kite") == ["whole", "country", "country-other", "name", "other", "word"]
    assert ids("kit") == ["country", "country-other", "whole", "name", "other", "word"]


def test_a_record_is_suggested_once_and_ten_at_most(world):
    search.index([entity(Country, f"Novaland {number:02}", f"Nova {number:02}") for number in range(30)])
    assert ids("nova") == [f"novaland-{number:02}" for number in range(10)]
    assert ids("nova 07") == ["novaland-07"]


def test_codes_are_suggested_only_whole(world):
    assert ids("mm") == ["myanmar"]
    search.index([entity(Country, "Elsewhere", alpha_2="QX", alpha_3="QXZ")])
    assert ids("qx") == ["elsewhere"]
    assert ids("q") == []


def test_nothing_that_readers_cannot_see_is_suggested(world):
    hidden = entity(Country, "Hidden", state=State.DRAFT)
    search.index([hidden])
    assert ids("hidd") == []
    world.almaz.state, world.almaz.state_reason = State.WITHDRAWN, "Wrong."
    world.almaz.save()
    search.index([world.almaz])
    assert ids("almaz") == ids("antey") == []


@pytest.mark.parametrize("q", ["", " ", "!?", "%", "_", "\\", '"', "\x00", "\ud800", "😀"])
def test_nothing_begun_suggests_nothing(q, world, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search.suggest(q) == []


@pytest.mark.parametrize("q", ["a" * 500, "%my", "my%", "my_", "m\\y", "' OR 1=1 --", "{", "{{"])
def test_what_is_begun_is_no_pattern(q, world):
    assert all(names.startswith("my") for names in ids(q))


def test_one_query_however_many_names(world, django_assert_num_queries):
    search.index([entity(Country, f"Novaland {number}") for number in range(20)])
    for q in ("n", "nova", "rosoboronexport", "nowhere"):
        with django_assert_num_queries(1):
            search.suggest(q)


def test_few_rows_are_read_however_many_begin_so(world):
    """Each rank is read from its place in the index, in its order: nothing is sorted, and no table is read whole."""
    search.index([entity(Country, f"Novaland {number}") for number in range(300)])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE armsdb_searchname")
            # So few rows are read whole and sorted in any case, unless the planner is told that this costs much.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    with connection.execute_wrapper(lambda execute, sql, *rest: execute(_explained(sql), *rest)):
        plan = "\n".join(str(row[-1]) for row in suggesting._rows("nova"))
    assert "searchname_begins" in plan
    assert "SCAN armsdb_searchname" not in plan
    assert "USE TEMP B-TREE" not in plan
    assert "Sort" not in plan


def _explained(sql: str) -> str:
    return {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[connection.vendor] + sql
