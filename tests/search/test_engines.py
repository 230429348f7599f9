"""The engines: both give a query the meaning that is written down here; no engine's syntax comes from a reader."""

import random
import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from armsdb import search
from armsdb.lib import names
from armsdb.models import Country, SearchEntry
from armsdb.search import postgresql, sqlite
from armsdb.search.words import TEXT_WORDS, WORD_LENGTH, Asked, index_words

VOCABULARY = [
    "un",
    "tank",
    "tanks",
    "tankers",
    "mig",
    "29",
    "290",
    "su",
    "30",
    "1e9a",
    "2a6",
    "almaz",
    "antey",
    "Алмаз",
    "é-tank",
]


def means(q: str, texts: list[str]) -> bool:
    """What a query means, told without an engine: text by text, by the words that stand in it."""
    asked = Asked.parse(q)
    unwanted = Asked(asked.excluded, (), "")
    if asked.is_empty or any(unwanted.found_in(text) for text in texts):
        return False
    found = set().union(*map(asked.found_in, texts))
    joined = {names.key(text) for text in texts} | {word for text in texts for word in joined_words(text)}
    return len(found) == len(asked.wanted) or asked.key in joined


def joined_words(text: str) -> list[str]:
    return names.tokens(text)[len(names.parts(text)) :]


def random_text(dice: random.Random) -> str:
    return "".join(dice.choice(VOCABULARY) + dice.choice([" ", " ", "-", ", "]) for _ in range(dice.randint(1, 5)))


def random_query(dice: random.Random) -> str:
    def term() -> str:
        words = [dice.choice(VOCABULARY) for _ in range(dice.choice([1, 1, 1, 2]))]
        return dice.choice(["", "", "", "-"]) + dice.choice(["{}", '"{}"']).format(dice.choice(" -").join(words))

    return " ".join(term() for _ in range(dice.randint(1, 3)))


def test_the_engine_finds_what_the_query_means(empty):
    """Three hundred random queries over forty random entries: the engine gives exactly those that the meaning gives."""
    dice = random.Random(29)
    told: dict[int, list[str]] = {}
    for number in range(40):
        called, *texts = told[number] = [random_text(dice) for _ in range(3)]
        SearchEntry.objects.create(
            type="country",
            record_id=number,
            public_id=str(number),
            name=called,
            is_fact=False,
            names=index_words([called], 50, whole=[called]),
            text=index_words(texts, 100, whole=texts),
        )
    answered = 0
    for _ in range(300):
        q = random_query(dice)
        found = set(search.matching(Country, q).values_list("record_id", flat=True))
        assert found == {number for number, texts in told.items() if means(q, texts)}, q
        answered += bool(found)
    assert answered > 100


@pytest.mark.parametrize(
    ("q", "fts5", "tsquery"),
    [
        ("tank", '("tank" * OR "жtank")', "('tank':* | 'жtank')"),
        ("29", '("29" OR "ж29")', "('29' | 'ж29')"),
        ("MiG-29", '("mig 29") OR "жmig29"', "(('mig' <-> '29')) | 'жmig29'"),
        (
            "2 a",
            '(("2" OR "ж2") AND ("a" OR "жa")) OR "ж2a"',
            "(('2' | 'ж2') & ('a' | 'жa')) | 'ж2a'",
        ),
        (
            'un -tank -"b c"',
            '(("un" OR "жun")) NOT (("tank" * OR "жtank") OR "b c")',
            "(('un' | 'жun')) & !(('tank':* | 'жtank') | ('b' <-> 'c'))",
        ),
    ],
)
def test_queries_as_the_engines_read_them(q, fts5, tsquery):
    """Every word is in quotes; what joins them is ours."""
    asked = Asked.parse(q)
    assert sqlite.condition("id", asked, in_names=False)[1] == [fts5]
    assert postgresql.condition("entry", asked, in_names=False)[1] == [tsquery]


def test_names_alone_are_asked_without_exclusions():
    """The narrower question about names comes on top of the whole one, so exclusions need no saying again."""
    asked = Asked.parse("tank -un")
    assert sqlite.condition("id", asked, in_names=True)[1] == ['names : (("tank" * OR "жtank"))']
    assert postgresql.condition("entry", asked, in_names=True)[1] == ["('tank':*A | 'жtank':A)"]


def test_words_of_the_index():
    """Texts with breaks between them, then what is joined; long words are cut, and no text can bring a break."""
    assert index_words(["MiG-29 jets", "un ж"], 50) == "mig 29 jets ж un zh ж жmig29 ж"
    assert index_words(["Al Jazeera"], 50, whole=["Al Jazeera", "?"]) == "al jazeera ж жaljazeera ж"
    assert index_words(["a" * 10_000], 50).split()[0] == "a" * WORD_LENGTH
    assert len(index_words(["un"] * 50, 20).split()) == 20
    assert not re.search(r"[^a-z0-9 ж]", index_words(["' \" \\ % \x00 \ud800 😀 ﷺ ½ Ⅳ Straße"], 50))


def test_the_longest_text_can_be_stored(empty):
    """A text of every length goes in, and its beginning is found; PostgreSQL takes a megabyte of words at most."""
    dice = random.Random(1)
    text = " ".join("".join(dice.choices("abcdefghij", k=70)) for _ in range(TEXT_WORDS * 2))
    entry = SearchEntry(type="country", record_id=1, public_id="x", name="X", is_fact=False, names="x")
    entry.text = index_words([text], TEXT_WORDS)
    entry.save()
    assert search.search(text.split()[0]).count == 1
    assert search.search(text.split()[TEXT_WORDS - 1]).count == 1
    assert search.search(text.split()[TEXT_WORDS]).count == 0


def test_the_engine_follows_every_change_of_an_entry(empty):
    """Made, changed, changed in a column that it does not hold, deleted: the engine needs no telling."""
    entry: Any = SearchEntry.objects.create(
        type="country", record_id=1, public_id="x", name="X", is_fact=False, names="first", text="second"
    )
    assert search.search("first second").count == 1
    SearchEntry.objects.update(names="third")
    assert (search.search("first").count, search.search("third second").count) == (0, 1)
    SearchEntry.objects.update(public_id="y")
    assert search.search("third second").count == 1
    entry.delete()
    assert search.search("third").count == 0


def test_the_migration_can_be_taken_back_and_made_again(empty):
    """Taken back it leaves nothing; made again it holds the entries that are there."""
    migration = import_module("armsdb.migrations.0002_search_engines")
    SearchEntry.objects.create(type="country", record_id=1, public_id="x", name="X", is_fact=False, names="first")
    connection.check_constraints()  # PostgreSQL alters no table for which it has something left to check
    with connection.cursor() as cursor:
        # Django's own editor refuses to work inside a test's transaction on SQLite.
        editor = SimpleNamespace(connection=connection, execute=lambda sql, params: cursor.execute(sql, params))
        migration.drop(apps, editor)
        SearchEntry.objects.create(type="country", record_id=2, public_id="y", name="Y", is_fact=False, names="first")
        assert engine_structures() == []
        migration.make(apps, editor)
    assert engine_structures()
    assert search.search("first").count == 2


def engine_structures() -> list[str]:
    """What the database has of the engine's own."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE name LIKE 'armsdb!_searchentry!_fts%' ESCAPE '!' "
        "OR (type = 'trigger' AND tbl_name = 'armsdb_searchentry')",
        "postgresql": "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = 'armsdb_searchentry' AND column_name = 'document'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]
