"""Ids of facts in texts become links, and nothing else does."""

import re

import pytest

from armsdb.models import Event, Figure, Ownership, Role, Sanction, Transfer
from armsdb.templatetags.texts import FACT_ID, lines, linked


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("see articles-t46.", 'see <a class="ref" href="/transfers/articles-t46/">T46</a>.'),
        ("(articles-e15)", '(<a class="ref" href="/events/articles-e15/">E15</a>)'),
        (
            "articles-f02, b-s03",
            '<a class="ref" href="/figures/articles-f02/">F02</a>, <a class="ref" href="/sanctions/b-s03/">S03</a>',
        ),
        ("T46, T-72, mi-t1, s-300, -t46, articles-t46-c1, xarticles_articles-t46", None),
        ("articles-t4611111", None),
        ('<b>articles-t46</b>"', '&lt;b&gt;<a class="ref" href="/transfers/articles-t46/">T46</a>&lt;/b&gt;&quot;'),
        ("&amp-t46'", '&amp;<a class="ref" href="/transfers/amp-t46/">T46</a>&#x27;'),
    ],
)
def test_ids_of_facts_become_links_and_all_else_is_escaped(text, html):
    assert linked(text) == (text if html is None else html)


def test_what_texts_of_the_seed_name_is_there_and_no_bare_number_is_left(seeded):
    """Guards readers against links that lead nowhere, and against codes that they cannot follow."""
    kinds = (Transfer, Figure, Sanction, Event, Ownership, Role)
    facts = [fact for kind in kinds for fact in kind.objects.published().with_citations()]
    texts = [text for fact in facts for text in (fact.comment, *(citation.note for citation in fact.citations.all()))]
    named = {found[0] for text in texts for found in FACT_ID.finditer(text)}
    assert "articles-t46" in named
    assert named <= {fact.public_id for fact in facts}
    assert [text for text in texts if re.search(r"(?<![\w-])[TFESOR][0-9]{1,2}\b", text)] == []


def test_a_comment_leads_to_the_record_that_it_names(seeded, client):
    assert (
        '<a class="ref" href="/transfers/articles-t46/">T46</a>' in client.get("/events/articles-e28/").content.decode()
    )


def test_lines_of_a_note_are_told_apart_by_how_they_begin():
    note = "Says so.\nAuthor: doubts it.\n\nReading: the year is ours.\nAnd more."
    assert lines(note) == ["Says so.", "And more."]
    assert lines(note, "Author:") == ["doubts it."]
    assert lines(note, "Reading:") == ["the year is ours."]
    assert lines("") == lines("", "Author:") == []
