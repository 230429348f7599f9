"""Lists: what is asked and what is left out is told, each condition can be taken away, and no row is lost."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from armsdb import actions
from armsdb.models import (
    Country,
    Dataset,
    Equipment,
    Event,
    Figure,
    Organisation,
    Person,
    Sanction,
    Source,
    Transfer,
)
from armsdb.models.columns import columns
from armsdb.web import facets, transfers

from .crowds import crowd

LISTS = {
    "countries": Country.objects.published,
    "companies": lambda: Organisation.objects.published().companies(),
    "organisations": Organisation.objects.published,
    "people": Person.objects.published,
    "equipment": Equipment.objects.published,
    "transfers": Transfer.objects.published,
    "figures": Figure.objects.published,
    "sanctions": Sanction.objects.published,
    "events": Event.objects.published,
    "sources": Source.objects.published,
    "datasets": Dataset.objects.published,
}
#: Lists whose rows are facts, each with its grade and the places that tell it.
FACTS = ("transfers", "figures", "sanctions", "events")

QUESTION = "supplier=russia&recipient=myanmar&year_from=2001&year_to=2021&evidence=documented&evidence=corroborated"


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_tells_how_many_it_has_and_where_the_api_has_them(kind, seeded, read):
    page = read(f"/{kind}/")
    words = page.headings[0][1]
    assert page.headings[0][0] == "h1"
    assert page.title == f"{words} · ArmsDB"
    assert f"{words}: {LISTS[kind]().count()} ." in page.text
    assert page.link("The same question in the API") == f"/api/v1/{kind}/"
    assert page.canonical == f"http://testserver/{kind}/"
    assert "robots" not in page.meta


@pytest.mark.parametrize("kind", LISTS)
def test_every_row_leads_to_its_record(kind, seeded, read):
    addresses = {href for href, _words in read(f"/{kind}/?page_size=500").links}
    assert {record.get_absolute_url() for record in LISTS[kind]()} <= addresses


@pytest.mark.parametrize("kind", FACTS)
def test_facts_tell_their_grade_and_their_places(kind, seeded, read):
    fact: Any = LISTS[kind]().order_by("?").first()
    page = read(f"/{kind}/?page_size=500")
    assert fact.evidence in page.text
    for citation in fact.citations.published()[:4]:
        assert citation.locator in page.text


def test_the_sentence_tells_what_is_asked_how_many_remain_and_what_is_left_out(seeded, read):
    page = read(f"/transfers/?{QUESTION}")
    sentence = "Transfers from Russia to Myanmar, 2001 to 2021, documented or corroborated"
    assert f"{sentence}: 1 ." in page.text
    assert page.title == f"{sentence} · ArmsDB"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "/transfers/?nature=not-stated&status=ordered&status=negotiated",
            ", nature not stated, status ordered or negotiated",
        ),
        ("/transfers/?government=false", ", to other recipients"),
        ("/transfers/?arms=false", ", training, services and backing only"),
        ("/transfers/?equipment=tanks&supplier=china", " of Tanks, type not given, from China"),
        ("/transfers/?equipment=mi-17&supplier=china", " of Mi-17 from China"),
        ("/transfers/?country=india&company=rostec", " with India on either side and with Rostec taking part"),
        ("/events/?kind=visit&status=expected&country=japan", " about Japan, kind visit, status expected"),
        ("/transfers/?supplier=united-states&recipient=japan", " from the United States to Japan"),
        ("/organisations/?kind=company&country=russia", " of Russia, kind company"),
        ("/sources/?kind=interview&publisher=al-jazeera", " published by Al Jazeera, kind interview"),
    ],
)
def test_the_sentence_is_english_whatever_is_asked(address, sentence, seeded, read):
    """Guards against conditions that run into each other or do not say what they are."""
    page = read(address)
    assert page.title == f"{page.headings[0][1]}{sentence} · ArmsDB"


def test_what_is_left_out_can_be_added(seeded, read):
    asked = "/transfers/?supplier=russia&recipient=myanmar&year_from=2001&year_to=2021"
    page = read(asked)
    (told,) = [words for _href, words in page.links if re.fullmatch(r"\d+ without a date", words)]
    left_out = int(told.split()[0])
    assert (
        left_out
        == Transfer.objects.published()
        .filter(
            supplier__public_id="russia",
            recipient__public_id="myanmar",
            delivered_edtf="",
            ordered_edtf="",
            talked_edtf="",
        )
        .count()
    )
    more = read("/transfers/" + page.link(told))
    assert _count(more) == _count(page) + left_out
    assert "Left out" not in more.text


def test_a_question_about_values_tells_what_has_none_in_the_currency(seeded, read):
    page = read("/transfers/?currency=USD&value_min=1000000")
    (told,) = [words for _href, words in page.links if "in this currency" in words]
    assert int(told.split()[0]) == Transfer.objects.published().exclude(value_currency="USD").count()
    assert _count(read("/transfers/" + page.link(told))) == Transfer.objects.published().count()


def test_each_condition_can_be_taken_away(seeded, read):
    page = read(f"/transfers/?{QUESTION}")
    ways = [href for href, words in page.links if words == "remove"]
    assert ways == [
        "?supplier=russia&recipient=myanmar&year_from=2001&year_to=2021&evidence=corroborated",
        "?supplier=russia&recipient=myanmar&year_from=2001&year_to=2021&evidence=documented",
        "?supplier=russia&recipient=myanmar&year_to=2021&evidence=documented&evidence=corroborated",
        "?supplier=russia&recipient=myanmar&year_from=2001&evidence=documented&evidence=corroborated",
        "?recipient=myanmar&year_from=2001&year_to=2021&evidence=documented&evidence=corroborated",
        "?supplier=russia&year_from=2001&year_to=2021&evidence=documented&evidence=corroborated",
    ]
    assert page.link("remove all") == "?"


def test_the_api_is_asked_the_same(seeded, read, client):
    page = read(f"/transfers/?{QUESTION}")
    address = page.link("The same question in the API")
    assert address == f"/api/v1/transfers/?{QUESTION}"
    assert client.get(address).json()["count"] == _count(page)


def test_filtered_and_sorted_lists_are_kept_out_of_search_engines(seeded, read):
    for query in (QUESTION, "ordering=name", "page_size=5"):
        page = read(f"/transfers/?{query}")
        assert page.meta["robots"] == "noindex, follow"
        assert page.canonical == "http://testserver/transfers/"
    assert "robots" not in read("/transfers/?supplier=&q=").meta


def test_later_pages_have_their_own_title_and_address(seeded, read):
    page = read("/transfers/?page=2")
    assert page.title == "Transfers, page 2 · ArmsDB"
    assert page.canonical == "http://testserver/transfers/?page=2"
    assert "robots" not in page.meta


# --- the form


@pytest.mark.parametrize("kind", LISTS)
def test_the_form_as_it_comes_asks_for_everything(kind, seeded, read):
    """A choice that a browser makes by itself must not leave out a row."""
    page = read(f"/{kind}/")
    again = read(f"/{kind}/?{urlencode(page.sends)}")
    assert _count(again) == LISTS[kind]().count()
    assert [words for _href, words in again.links if words == "remove"] == []


def test_the_form_keeps_what_was_asked(seeded, read):
    asked = [
        ("supplier", "russia"),
        ("supplier", "Burma"),
        ("evidence", "disputed"),
        ("year_from", "2001"),
        ("q", "tank"),
    ]
    page = read(f"/transfers/?{urlencode(asked)}&ordering=-value")
    assert {pair for pair in page.sends if pair[1]} == {*asked, ("ordering", "-value")}
    assert _count(read(f"/transfers/?{urlencode(page.sends)}")) == _count(page)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("suplier=russia", "suplier : Unknown parameter. Did you mean supplier?"),
        ("supplier=atlantis", "supplier : There is no country “atlantis”."),
        ("year_from=abc", "year_from : "),
        ("format=csv", "format : Pages are HTML"),
        ("fields=name", "fields : Pages are HTML"),
        ("year_from=99999999999", "year_from : "),
        ("year_from=2010&year_to=2001", "year_from : The first year is after the last."),
        ("value_min=5", "currency : A question about values needs their currency"),
        ("value_min=nan&currency=USD", "value_min : "),
        ("evidence=sure", "evidence : “sure” is not one of:"),
        ("ordering=password", "ordering : The order is not one of:"),
        ("ordering=relevance", "ordering : Ordering by relevance needs words"),
        ("page=0", "page : The value has to be a whole number from 1."),
        ("page=1e18", "page : "),
        ("page_size=100000", "page_size : A page has at most 500 rows."),
        ("q=%21%21%21", "q : The search needs at least one word to look for."),
        (f"q={'a' * 501}", "q : The search has 501 characters; at most 500 are read."),
        ("q=a&q=b", "q : The parameter is given more than once."),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence_and_no_rows(query, sentence, seeded, read):
    page = read(f"/transfers/?{query}", 400)
    assert sentence in page.text
    assert page.rows == 0
    assert page.meta["robots"] == "noindex"


def test_an_error_stands_beside_its_field_with_the_value_as_filled_in(seeded, read):
    page = read("/transfers/?year_from=abc&supplier=atlantis&recipient=myanmar", 400)
    assert "id_year_from_error" in page.ids
    assert "id_supplier_error" in page.ids
    assert "id_recipient_error" not in page.ids
    assert {("year_from", "abc"), ("supplier", "atlantis"), ("recipient", "myanmar")} <= set(page.sends)


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_refuses_what_it_does_not_know(kind, seeded, read):
    assert "Unknown parameter." in read(f"/{kind}/?nonsense=1", 400).text


def test_the_rest_of_the_form_stays_shut_unless_something_in_it_is_asked(seeded, client):
    """Guards against a form that springs open when its empty inputs were sent."""

    def is_open(query):
        html = client.get(f"/transfers/?{query}").content.decode()
        return "open" in html.partition('<details class="rest"')[2].partition(">")[0]

    blank = "q=&supplier=&recipient=russia&equipment=&organisation=&nature=&arms=&value_min=&currency=&ordering=-date"
    assert [is_open(query) for query in ("", blank)] == [False, False]
    assert [is_open(query) for query in ("equipment=su-30", blank.replace("arms=", "arms=true"))] == [True, True]
    usual = client.get("/transfers/").content.decode().partition('<details class="rest"')[0]
    assert 'name="status"' in usual, "how far it went is asked often"


# --- nothing found


def test_nothing_found_tells_why_and_one_step_on(seeded, read):
    page = read("/transfers/?supplier=canada&evidence=disputed")
    assert "Nothing that is recorded answers all 2 conditions at once." in page.text
    assert page.link("Remove Supplier: Canada") == "?evidence=disputed"


def test_when_all_is_left_out_the_step_adds_it(seeded, read):
    page = read("/transfers/?supplier=ukraine&recipient=myanmar&arms=false&year_from=2001")
    assert _count(page) == 0
    assert "Nothing with a date answers this; 1 has none." in page.text
    assert _count(read("/transfers/" + page.link("Add the 1 without a date"))) == 1


def test_an_empty_list_leads_on(empty, read):
    page = read("/sanctions/")
    assert "Nothing of this kind is recorded yet." in page.text
    assert page.link("Search all that is recorded") == "/search/"


# --- pages and order


def test_walking_all_pages_gives_each_row_once_and_keeps_the_question(seeded, read):
    seen: list[str] = []
    address = "/transfers/?recipient=myanmar&page_size=7"
    while address:
        page = read(address)
        seen += [href for href, _words in page.links if re.match(r"/transfers/articles-", href)]
        following = [href for href, words in page.links if words == "Next"]
        address = f"/transfers/{following[0]}" if following else ""
        assert not following or "recipient=myanmar&page_size=7" in following[0]
    lines = Transfer.objects.published().filter(recipient__public_id="myanmar")
    assert sorted(seen) == sorted(line.get_absolute_url() for line in lines)


def test_a_page_past_the_end_is_not_there(seeded, client):
    assert client.get("/transfers/?page=3").status_code == 404


@pytest.mark.parametrize(("order", "words"), [("name", "name, A to Z"), ("-name", "name, Z to A")])
def test_lists_are_sorted_as_asked(order, words, seeded, read):
    page = read(f"/countries/?ordering={order}")
    names = [name for href, name in page.links if re.match(r"/countries/(?!feed/)[a-z]", href)]
    assert names == sorted(names, reverse=order.startswith("-"))
    assert f'value="{order}" selected>{words}' in " ".join(page.html.split())


def test_orders_by_relevance_are_offered_with_words_alone(seeded, read):
    assert "best match first" in read("/people/?q=budanov").text
    assert "best match first" not in read("/people/").text


# --- kinds


def test_companies_are_those_of_a_commercial_kind_and_organisations_all(seeded, read):
    companies, organisations = read("/companies/"), read("/organisations/?page_size=500")
    assert "/companies/rosoboronexport/" in companies.html
    assert "Al Jazeera" not in companies.text
    assert {"/companies/rosoboronexport/", "/organisations/al-jazeera/"} <= {
        href for href, _words in organisations.links
    }


@pytest.mark.parametrize("kind", ["countries", "companies", "equipment", "transfers", "sources"])
def test_the_bar_marks_where_one_is(kind, seeded, read):
    assert f'<a href="/{kind}/" aria-current="page">' in read(f"/{kind}/").html


def test_a_list_is_only_read(seeded, client):
    assert client.head("/transfers/").status_code == 200
    answer = client.post("/transfers/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_list_needs_as_many_queries_for_twenty_rows_as_for_one(middle, queries):
    """
    Every list: 1 the data version, 2 how many, 3 which ones, 4 the rows of the page with what they join and count.
    People also: 5 the roles. Figures, sanctions and events also: 5 the citations. Countries and equipment also: 5 the
    columns of transfers, which tests read anew.
    Transfers: 1 the data version, 2 the columns, 3 the rows, 4 citations,
    5 to 9 what these refer to, once a table: datasets, countries, organisations, equipment, sources; 10 publishers;
    11 to 13 the names of suppliers, recipients and datasets.
    Facts also, to be cited: whom to credit for each dataset; which these are, where memory does not tell that.
    """
    needed = (
        dict.fromkeys(LISTS, 4)
        | dict.fromkeys(["people", "countries", "equipment"], 5)
        | dict.fromkeys(FACTS, 7)
        | {"transfers": 14}
    )
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        assert {kind: queries(f"/{kind}/") for kind in LISTS} == needed


def test_a_filtered_list_needs_as_many_queries_for_twenty_rows_as_for_one(middle, queries):
    """
    1 the country of the question by its id; then as above.
    """
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        needed.append(queries("/transfers/?recipient=hubland&year_from=1900&year_to=2000"))
    assert needed == [15, 15]


def _count(page) -> int:
    found = re.search(r": (\d+) \.", page.text)
    assert found
    return int(found[1])


def test_what_narrows_a_list_down_leads_to_as_many_as_it_says(seeded, read):
    page = read("/transfers/?supplier=russia")
    assert "Narrow it down" in page.text
    told = re.findall(r'<a href="\?([^"]*)"\s+rel="nofollow">India</a>\s*<span class="n">(\d+)</span>', page.html)
    assert sorted(told) == [("supplier=india", "3"), ("supplier=russia&amp;recipient=india", "1")]
    for query, count in told:
        assert _count(read("/transfers/?" + query.replace("&amp;", "&"))) == int(count)
    assert re.search(r"<b>Russia</b>\s*<span", page.html)


def test_a_facet_of_one_value_narrows_nothing_down(seeded, read):
    assert "<h2>Dataset</h2>" not in read("/transfers/").html


def test_of_very_many_values_the_rarest_are_told_by_their_number(seeded, read, monkeypatch):
    """Guards a facet against leaving values out without a word."""
    values = re.findall(r"<h2>Supplier</h2>.*?</section>", read("/transfers/").html, re.S)[0].count("<li")
    monkeypatch.setattr(facets, "SHOWN", 2)
    monkeypatch.setattr(facets, "MOST", 4)
    section = re.findall(r"<h2>Supplier</h2>.*?</section>", read("/transfers/?dataset=articles").html, re.S)[0]
    assert section.count("<li") == 4
    assert f"{values - 4} more, with fewer transfers each," in " ".join(section.split())
    assert 'href="/api/v1/transfers/facets/?dataset=articles"' in section


def test_a_row_written_once_follows_every_change(seeded, read):
    """Guards the rows that are used again: a change of the line, or of what it names, is seen at once."""
    url = "/transfers/?recipient=myanmar&supplier=russia"
    assert read(url).html == read(url).html
    actions.put(model=Equipment, public_id="su-30", values={"name": "Su-30 renamed"}, reason="For a test.")
    assert "Su-30 renamed" in read(url).text


def test_a_row_is_not_kept_for_a_version_that_came_after_it(seeded, read, monkeypatch):
    """Guards against rows that were read before a change, and kept as if after it."""
    url = "/transfers/?recipient=myanmar&supplier=russia"

    def renamed_meanwhile(asked):
        actions.put(model=Equipment, public_id="su-30", values={"name": "Su-30 renamed"}, reason="For a test.")
        columns()
        return []

    with monkeypatch.context() as while_written:
        while_written.setattr(transfers, "facets_of", renamed_meanwhile)
        read(url)
    assert "Su-30 renamed" in read(url).text
