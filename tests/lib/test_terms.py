"""The query of a search: words, phrases, exclusions; any text is a query or a sentence."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from armsdb.lib.terms import Query, QueryError, parse


@pytest.mark.parametrize(
    ("q", "query"),
    [
        ("tank sights", Query(words=("tank", "sights"))),
        ("  Tank\tSIGHTS tank ", Query(words=("tank", "sights"))),
        ('"tank sights"', Query(phrases=(("tank", "sights"),))),
        ("“tank sights” „su 30“ «алмаз антей»", Query(phrases=(("tank", "sights"), ("su", "30"), ("almaz", "antey")))),
        ('"burma"', Query(words=("burma",))),
        ("burma -russia", Query(words=("burma",), excluded=(("russia",),))),
        ("burma \N{MINUS SIGN}russia", Query(words=("burma",), excluded=(("russia",),))),
        ('burma -"tank sights"', Query(words=("burma",), excluded=(("tank", "sights"),))),
        ("burma --russia", Query(words=("burma",), excluded=(("russia",),))),
        ("burma - russia", Query(words=("burma", "russia"))),
        ("almaz-antey", Query(phrases=(("almaz", "antey"),))),
        ("-almaz-antey", Query(excluded=(("almaz", "antey"),))),
        ("mig29", Query(phrases=(("mig", "29"),))),
        ("-mig29 su", Query(words=("su",), excluded=(("mig", "29"),))),
        ('the "tank sights', Query(words=("the", "tank", "sights"))),
        ('5" gun', Query(words=("5", "gun"))),
        ('"a b"c', Query(words=("c",), phrases=(("a", "b"),))),
        ('"" "" -""', Query()),
        ("burma AND russia OR NOT x", Query(words=("burma", "and", "russia", "or", "not", "x"))),
        ("NEAR(burma russia, 5)", Query(words=("near", "burma", "russia", "5"))),
        ("burm* {a} a:b ^c", Query(words=("burm", "a", "b", "c"))),
        ("100% _x_ a\\b", Query(words=("100", "x", "a", "b"))),
        ("a;b|c&d", Query(words=("a", "b"), phrases=(("c", "d"),))),
        ("Russia/Myanmar", Query(words=("russia", "myanmar"))),
        ("😀 burma", Query(words=("burma",))),
        ("\u200fburma\u202e", Query(words=("burma",))),
        ("bur\x00ma \ud800", Query(words=("bur", "ma"))),
    ],
)
def test_is_read(q, query):
    """Words, phrases and exclusions are told apart; what an engine would obey is only a word or a mark."""
    assert parse(q) == query


@pytest.mark.parametrize("q", ["", "   ", "!?*()%_\\", '"', '""', "-", "- - -", "“”", "\x00", "\ud800", "😀", "\u200f"])
def test_nothing_asked(q):
    """Only marks, or nothing, is a query for nothing, not an error."""
    query = parse(q)
    assert query == Query()
    assert query.is_empty
    assert not query.only_excludes
    assert not query.matches("burma")


def test_only_exclusions_are_told():
    """No engine can answer "everything but": who asks is to be told."""
    query = parse('-burma -"tank sights"')
    assert query.is_empty
    assert query.only_excludes
    assert not parse("burma -russia").only_excludes
    assert not query.matches("russia")


@pytest.mark.parametrize(
    ("q", "text", "found"),
    [
        ("tank sights", "sights for a tank", True),
        ("tank sights", "tanks and sights", False),
        ('"tank sights"', "Tank-sights, many", True),
        ('"tank sights"', "sights for a tank", False),
        ("sights -tank", "sights", True),
        ("sights -tank", "tank sights", False),
        ('sights -"tank sights"', "sights of a tank", True),
        ("sights -tank-sights", "tank sights", False),
    ],
)
def test_meaning(q, text, found):
    """All words, phrases side by side, nothing that is excluded."""
    assert parse(q).matches(text) is found


def test_too_long_is_told():
    """More than 500 characters are refused in words that give the limit; 500 are read."""
    assert parse("a" * 500).words == ("a" * 500,)
    with pytest.raises(QueryError, match="501 characters; at most 500"):
        parse("a" * 501)
    with pytest.raises(QueryError):
        parse("\ud800" * 10_000)


def test_too_many_words_are_told():
    """32 words are enough for anybody, phrases and exclusions counted; a word said again counts once."""
    words = [f"w{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(33)]
    assert len(parse(" ".join(words[:32])).words) == 32
    assert len(parse("again " * 80).words) == 1
    for q in (" ".join(words), f'"{" ".join(words)}"', " -".join(words)):
        with pytest.raises(QueryError, match="more than 32 words"):
            parse(q)


@given(st.text(st.characters(exclude_categories=[]) | st.sampled_from('"“”- -*'), max_size=520))
@example('"' * 500)
@example('-"' * 250)
@example("ﷺ" * 500)
@example("a." * 250)
def test_any_text_is_a_query_or_a_sentence(q):
    """Nothing but QueryError comes out, and only plain words go on to an engine."""
    query = Query()
    with contextlib.suppress(QueryError):
        query = parse(q)
    rows = [*((word,) for word in query.words), *query.phrases, *query.excluded]
    assert sum(map(len, rows)) <= 32
    assert all(word.isascii() and word.isalnum() for row in rows for word in row)
    assert all(len(phrase) > 1 for phrase in query.phrases)
