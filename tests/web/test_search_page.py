"""The search page: best first, by kind, with why; and what it says when it cannot answer."""

import pytest

from armsdb import search
from armsdb.models import Country
from tests.search.builders import entity

from .crowds import crowd


@pytest.mark.parametrize(
    ("q", "address", "why"),
    [
        ("burma", "/countries/myanmar/", "Other name: Burma (former name)"),
        ("rosoboroneksport", "/companies/rosoboronexport/", "Other name: Rosoboroneksport (transliteration)"),
        ("Рособоронэкспорт", "/companies/rosoboronexport/", "Other name: Рособоронэкспорт (native script)"),
        (
            "Tactiles Missiles",
            "/companies/tactical-missiles-corporation/",
            "Other name: Tactiles Missiles (misspelling)",
        ),
        ("almaz antey", "/companies/almaz-antey/", ""),
        ("mig29", "/equipment/mig-29/", ""),
        ("СУ-30", "/equipment/su-30/", ""),
        ("MMR", "/countries/myanmar/", "Code or id: MMR"),
    ],
)
def test_the_best_answer_stands_first_and_tells_why(q, address, why, seeded, read):
    page = read(f"/search/?q={q}")
    answers = [
        href for href, _words in page.links if href.count("/") >= 3 and not href.startswith(("/api/", "/search"))
    ]
    assert answers[0] == address
    assert why in page.text


def test_facts_tell_how_they_are_known(seeded, read):
    page = read("/search/?q=tank+sights&type=transfer")
    assert "/transfers/articles-t44/" in {href for href, _words in page.links}
    assert "reported B50" in page.text
    assert "/sources/article-b/#articles-t44-c1" in {href for href, _words in page.links}


def test_a_reason_that_all_answers_of_a_kind_have_is_told_once(seeded, read):
    """Guards a reader against the same words under every answer."""
    page = read("/search/?q=rosoboroneksport")
    assert page.text.count("Among what is told: Rosoboronexport") == len(
        {"ownership", "role", "event", "figure", "transfer"}
    )
    assert page.text.count("Transfers Among what is told") == 1


def test_answers_are_counted_by_kind_and_each_kind_can_be_asked_alone(seeded, read):
    found = search.search("russia")
    page = read("/search/?q=russia")
    assert f"{found.count} answers" in page.text
    assert f"Transfers {found.types['transfer']}" in page.text
    assert "?q=russia&type=transfer" in {href for href, words in page.links if words == "Transfers"}
    alone = read("/search/?q=russia&type=transfer")
    assert f"{found.types['transfer']} answers, of {found.count} of all kinds" in alone.text
    assert [words for level, words in alone.headings if level == "h2"] == ["Transfers"]


def test_pages_keep_the_question_and_together_have_every_answer(seeded, read):
    seen: list[str] = []
    address = "/search/?q=russia&type=transfer&page_size=10"
    while address:
        page = read(address)
        seen += [href for href, _words in page.links if href.startswith("/transfers/articles-") and "#" not in href]
        following = [href for href, words in page.links if words == "Next"]
        assert not following or following[0].startswith("?q=russia&type=transfer&page_size=10&page=")
        address = f"/search/{following[0]}" if following else ""
    assert len(seen) == len(set(seen)) == search.search("russia").types["transfer"]


def test_the_title_is_the_pages_own_and_search_engines_are_led_to_the_form(seeded, read):
    """One address for search engines, that of the search itself, whatever words are asked for."""
    first, second = read("/search/?q=russia"), read("/search/?q=russia&page=2")
    assert (first.title, second.title) == ("“russia”: search · ArmsDB", "“russia”: search, page 2 · ArmsDB")
    for page in (first, second):
        assert page.canonical == "http://testserver/search/"


def test_without_words_there_is_a_form_with_examples(seeded, read):
    page = read("/search/")
    assert page.headings[0] == ("h1", "Search")
    assert page.link("Burma") == "/search/?q=Burma"
    assert "robots" not in page.meta
    for href, _words in page.links:
        if href.startswith("/search/?q="):
            assert "answer" in read(href).text, f"an example finds nothing: {href}"


def test_nothing_found_tells_why_and_leads_on(seeded, read):
    page = read("/search/?q=zeppelin")
    assert "Nothing that is recorded has this word." in page.text
    assert {"/countries/", "/transfers/"} <= {href for href, _words in page.links}


def test_nothing_of_a_kind_leads_to_all_kinds(seeded, read):
    page = read("/search/?q=min+aung+hlaing&type=dataset")
    assert page.link("Show answers of all kinds") == "?q=min+aung+hlaing"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=%21%21", "q : The search needs at least one word to look for."),
        ("q=-russia", "q : The search needs at least one word to look for."),
        (f"q={'a' * 501}", "q : The search has 501 characters; at most 500 are read."),
        ("q=russia&type=nation", "type : “nation” is not one of: country,"),
        ("q=russia&type=transfr", "Did you mean transfer?"),
        ("query=russia", "query : Unknown parameter."),
        ("q=russia&ordering=name", "ordering : Unknown parameter."),
        ("q=russia&q=china", "q : The parameter is given more than once."),
        ("q=russia&page=0", "page : The value has to be a whole number from 1."),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(query, sentence, seeded, read):
    page = read(f"/search/?{query}", 400)
    assert sentence in page.text
    assert page.headings[0] == ("h1", "Search")
    assert page.meta["robots"] == "noindex"


@pytest.mark.parametrize("q", ['"', "*", "(", "AND", "NEAR(", "%25", "_", "%5C", "🚀 tank", "%E2%80%8Ftank", "the"])
def test_signs_of_an_engine_are_only_words(q, seeded, client):
    assert client.get(f"/search/?q=tank+{q}").status_code == 200


def test_a_page_past_the_end_is_not_there(seeded, client):
    assert client.get("/search/?q=burma&page=99").status_code == 404


def test_words_are_escaped(seeded, read):
    assert "<b>" not in read("/search/?q=%3Cb%3Eburma%3C%2Fb%3E").html.partition("<main")[2].partition("told")[0]


def test_a_record_that_is_gone_since_the_index_was_written_is_left_out(middle, read):
    lost = entity(Country, "Lostland")
    search.index([lost])
    Country.objects.filter(pk=lost.pk).update(state="draft")
    assert "/countries/lostland/" not in read("/search/?q=lostland").html


def test_twenty_answers_of_a_kind_need_as_many_queries_as_one(middle, queries):
    """
    Events: 1 the data version, 2 how many of each kind, 3 the entries of the page, 4 the records, 5 their citations.
    People: 4 the names by which they answer, 5 the records.
    """
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        assert queries("/search/?q=crowd&type=event") == 5
        assert queries("/search/?q=crowd&type=person") == 5


@pytest.mark.parametrize(
    ("q", "why"),
    [
        ("russia myanmar", "Two countries are named: Russia; Myanmar"),
        ("Russia and Burma", "Two countries are named: Russia; Burma (former name)"),
        ("бирма россия", "Two countries are named: "),
        ("arms from russia to myanmar", "Two countries are named: Russia; Myanmar"),
    ],
)
def test_two_countries_in_a_query_lead_to_their_page(q, why, seeded, read):
    page = read(f"/search/?q={q}")
    assert page.link("Everything between Myanmar and Russia") == "/relations/russia/myanmar/"
    assert why in page.text


@pytest.mark.parametrize("q", ["russia", "russia burma china", "russia -myanmar", "myanmar burma", "russia and in"])
def test_other_queries_lead_to_no_relation(q, seeded, read):
    """One country, three, one by two names, one that is excluded, and codes that are words of English."""
    assert "Everything between" not in read(f"/search/?q={q}").text


@pytest.mark.parametrize(
    ("q", "meant", "like"),
    [
        ("rusia", "russia", "Russia"),
        ("rosoboronexprt", "rosoboronexport", "Rosoboronexport"),
        ("Mynamar", "myanmar", "Myanmar"),
        ("min aung hlaign", "hlaing", "Min Aung Hlaing"),
    ],
)
def test_a_mistyped_name_is_found_and_said_to_be_only_like_it(q, meant, like, seeded, read):
    page = read(f"/search/?q={q}")
    word = q.split()[-1].lower()
    assert f"Nothing has “{word}” as it is written. Looked for as well: {meant}." in page.text
    assert f"Like: {like}" in page.text
    assert [words for _href, words in page.links if words == like][:1] == [like]
    as_written = read(f"/search/{page.link('Only as it is written')}")
    assert "Nothing that is recorded has " in as_written.text
    again = read(f"/search/{as_written.link('Search for names that are like them, too')}")
    assert f"Like: {like}" in again.text


def test_the_question_is_kept_when_it_is_asked_exactly(seeded, read):
    page = read("/search/?q=russia&exact=1&page_size=10")
    assert "?q=russia&type=transfer&exact=1" in {href for href, _words in page.links}
    assert page.link("Next").startswith("?q=russia&exact=1&page_size=10&page=2")


@pytest.mark.parametrize("q", ["zeppelin", "qqqq", "-russia zzzz", "%3Cscript%3E"])
def test_what_is_like_no_name_finds_nothing(q, seeded, read):
    page = read(f"/search/?q={q}")
    assert "Nothing that is recorded has " in page.text
    assert "Looked for as well" not in page.text


def test_no_draft_is_like_anything(seeded, read):
    entity(Country, "Zanzibaria", state="draft")
    assert "Zanzibaria" not in read("/search/?q=zanzibara").text


def test_a_list_says_which_words_it_took_for_mistyped(seeded, read):
    page = read("/transfers/?q=uralvagonzawod")
    assert "Nothing has “uralvagonzawod” as it is written. Looked for as well: uralvagonzavod." in page.text
    as_written = read(f"/transfers/{page.link('Only as it is written')}")
    assert "Nothing that is recorded answers all 2 conditions at once." in as_written.text


def test_one_word_that_nothing_has_is_not_told_to_be_too_many(seeded, read):
    one, two = read("/search/?q=zyzzyva").text, read("/search/?q=zyzzyva+tanks").text
    assert "Nothing that is recorded has this word." in one
    assert "Try fewer words" not in one
    assert "Nothing that is recorded has all of these words." in two
    assert "Try fewer words" in two
