"""Pages of sources and datasets: every fact in the order of its places, and what rests on a source alone."""

import re

import pytest

from armsdb.lib.vocab import State
from armsdb.models import Citation, Figure, Source, Transfer
from tests.search.builders import cite, fact, record

from .crowds import SECRET, crowd


@pytest.mark.walk
@pytest.mark.any_engine
def test_every_source_has_a_page_with_its_own_title_and_one_heading(seeded, read):
    titles = []
    for source in Source.objects.published():
        page = read(f"/sources/{source.public_id}/")
        titles.append(page.title)
        assert [words for level, words in page.headings if level == "h1"] == [source.name]
        assert "No published fact cites it." not in page.text
    assert len(titles) == len(set(titles))


def test_every_citation_stands_in_the_order_of_its_paragraphs(seeded, read):
    page = read("/sources/article-b/")
    places = [int(number) for number in re.findall(r'class="pn"><span class="loc">B(\d+)</span>', page.html)]
    assert len(places) == Citation.objects.of_published_facts().filter(source__public_id="article-b").count()
    assert places == sorted(places)
    assert places[0] == 1
    assert places[-1] == 54


def test_the_parts_of_the_document_head_their_paragraphs(seeded, read):
    source = Source.objects.get(public_id="article-b")
    page = read("/sources/article-b/")
    at = [page.text.index(part["title"]) for part in source.sections]
    assert at == sorted(at)
    assert "Burma and the Soviet Union, B9–B11" in page.text


def test_each_note_in_a_margin_leads_to_its_passage(seeded, read):
    """Guards the one click from a statement to what supports it."""
    ids = set(read("/sources/article-b/").ids)
    for address in ("/transfers/articles-t44/", "/transfers/articles-t46/", "/search/?q=tank"):
        links = [href for href, _words in read(address).links if href.startswith("/sources/article-b/#")]
        assert links
        assert {href.partition("#")[2] for href in links} <= ids


def test_a_denial_is_told_as_one(seeded, read):
    page = read("/sources/article-b/")
    assert page.html.count("<b>denies</b>") == 1
    assert (
        page.html.count('href="/transfers/articles-t46/"') == 3
    )  # twice in the order of places, once as known from here alone


def test_the_card_tells_what_is_stated_and_what_is_not(seeded, read):
    page = read("/sources/article-a/")
    assert page.link("Al Jazeera") == "/organisations/al-jazeera/"
    assert "Language English" in page.text
    assert "Address not stated" in page.text
    assert "Publisher not stated" in read("/sources/article-b/").text


def test_a_document_tells_what_it_draws_on_and_a_quoted_one_where_it_is_quoted(seeded, read):
    assert "/sources/junta-denial/" in [href for href, _words in read("/sources/article-b/").links]
    page = read("/sources/junta-denial/")
    assert "Not read: known only through Article B" in page.text
    assert page.under("Where it is quoted")
    assert not page.under("Facts, in the order of its places")


def test_what_rests_on_a_document_alone_is_counted_and_named(seeded, read):
    """A fact is counted where no passage of another document supports it; denials elsewhere hold nothing up."""
    source = Source.objects.get(public_id="article-b")
    alone = {
        line.public_id
        for line in Transfer.objects.published()
        if {c.source_id for c in line.citations.published().filter(stance="supports")} == {source.pk}
    }
    assert {line.public_id for line in Transfer.objects.published().resting_on(source)} == alone
    page = read("/sources/article-b/")
    drawn = Transfer.objects.published().drawn_from(source).count()
    assert f"Transfers {drawn} {len(alone)}" in page.text
    assert page.link(str(drawn)) == "/transfers/?source=article-b"


def test_support_from_elsewhere_takes_a_fact_out_of_what_rests_on_one_document(middle):
    other = record(Source, "other", name="Another article", kind="news-article")
    figure = fact(Figure, "f1", middle.dataset, name="A figure", statement="It is so.")
    cite(figure, middle.article)
    assert list(Figure.objects.resting_on(middle.article)) == [figure]
    assert list(Figure.objects.on_one_document()) == [figure]
    cite(figure, other, stance="denies")
    cite(figure, other, state=State.DRAFT)
    assert list(Figure.objects.resting_on(middle.article)) == [figure]
    cite(figure, other)
    assert not Figure.objects.resting_on(middle.article)
    assert not Figure.objects.on_one_document()


def test_a_source_that_only_quotes_support_counts_for_itself_alone(middle):
    teller = record(Source, "teller", name="A teller", kind="statement", via=middle.article)
    figure = fact(Figure, "f1", middle.dataset, name="A figure", statement="It is so.")
    cite(figure, middle.article, quotes=teller)
    assert list(Figure.objects.resting_on(teller)) == [figure]
    cite(figure, middle.article)
    assert not Figure.objects.resting_on(teller)
    assert list(Figure.objects.resting_on(middle.article)) == [figure]


def test_places_are_read_as_numbers_after_their_prefix(middle, read):
    """A2 stands before A10, and what has no number before the first part."""
    Source.objects.filter(pk=middle.article.pk).update(
        locator_prefix="A", sections=[{"from": "A1", "title": "First part"}, {"from": "A10", "title": "Second part"}]
    )
    for place in ("A10", "title", "A2"):
        cite(
            fact(Figure, f"f-{place}", middle.dataset, name=f"At {place}", statement="It is so."),
            middle.article,
            locator=place,
        )
    text = read("/sources/article/").text
    order = ["At title", "First part", "At A2", "Second part", "At A10"]
    told = text[text.index("Facts, in the order") :]
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)


def test_a_long_document_is_cut_and_the_api_has_the_rest(middle, read, monkeypatch):
    monkeypatch.setattr("armsdb.web.sources.MOST", 3)
    crowd(middle, 1, 1)
    page = read("/sources/article/")
    assert len(re.findall(r'class="pn"', page.html)) == 3
    assert page.link("All of them, in the API") == "/api/v1/citations/?source=article"


def test_drafts_are_neither_listed_nor_counted(middle, read):
    crowd(middle, 1, 2, state=State.DRAFT, word=SECRET)
    page = read("/sources/article/")
    assert SECRET not in page.html
    assert "No published fact cites it." in page.text
    assert SECRET not in read("/datasets/articles/").html


def test_a_source_needs_as_many_queries_for_twenty_facts_as_for_one(middle, queries):
    """
    1 the data version, 2 the source, 3 where it is read, 4 where it is quoted, 5 what it draws on; then for each of six
    kinds the number of facts drawn from it, of those that rest on it alone, and these by name; and the history.
    """
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        needed.append(queries("/sources/article/"))
    assert needed == [24, 24]


# --- datasets


def test_a_dataset_tells_its_licence_its_terms_and_how_much_it_holds(seeded, read):
    page = read("/datasets/articles/")
    assert "Licence CC BY 4.0" in page.text
    assert "open: may be passed on" in page.text

    assert "/transfers/?dataset=articles" in [href for href, _words in page.links]
    assert f"Transfers {Transfer.objects.published().count()}" in page.text


def test_a_dataset_needs_as_many_queries_for_twenty_facts_as_for_one(middle, queries):
    """1 the data version, 2 the dataset, 3 its editions, 4-9 how many facts of each kind, 10 and 11 its history."""
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        needed.append(queries("/datasets/articles/"))
    assert needed == [11, 11]


def test_a_passage_tells_what_it_says_and_not_our_reading_alone(seeded, read):
    """Guards against a place where readers find our title and what we made of it, and not what is said there."""
    text = read("/sources/article-b/").text
    assert "Says that Russia, short of ammunition, looks for it in other countries" in text
    assert "Author: finds the denial doubtful" in text
