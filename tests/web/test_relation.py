"""The page of two countries: one address, both directions, and nothing that is not published."""

import pytest

from armsdb import actions
from armsdb.lib.vocab import State
from armsdb.models import Country, Event, EventParticipant, Figure, FigureSubject, Transfer
from armsdb.models.relations import Relation

from .crowds import SECRET, crowd


@pytest.mark.parametrize(
    "address", ["/relations/myanmar/russia/", "/relations/Burma/RU/", "/relations/rus/mmr/", "/relations/russia/burma/"]
)
def test_other_orders_names_and_codes_lead_to_one_address(address, seeded, client):
    answer = client.get(address + "?a=b")
    assert (answer.status_code, answer["Location"]) == (308, "/relations/russia/myanmar/?a=b")


@pytest.mark.parametrize(
    "address", ["/relations/atlantis/russia/", "/relations/russia/atlantis/", "/relations/russia/ru/"]
)
def test_an_unknown_country_and_one_country_twice_are_not_there(address, seeded, client):
    assert client.get(address).status_code == 404


def test_who_supplied_more_stands_first_and_ids_decide_between_equals(seeded):
    def order(*ids):
        countries = [Country.objects.get(public_id=public_id) for public_id in ids]
        return [country.public_id for country in Relation.in_order(*countries).countries]

    assert order("myanmar", "russia") == order("russia", "myanmar") == ["russia", "myanmar"]
    assert order("japan", "canada") == order("canada", "japan") == ["canada", "japan"]


def test_both_directions_are_told_with_dates_grades_and_places(seeded, read):
    page = read("/relations/russia/myanmar/")
    assert page.title == "Russia and Myanmar · ArmsDB"
    assert page.headings[0] == ("h1", "Russia and Myanmar")
    assert [level for level, _words in page.headings].count("h1") == 1
    lines = Transfer.objects.published()
    there = lines.filter(supplier__public_id="russia", recipient__public_id="myanmar")
    back = lines.filter(supplier__public_id="myanmar", recipient__public_id="russia")
    assert f"From Russia to Myanmar {there.count()} lines, {there.undated().count()} without a date" in page.text
    assert f"From Myanmar to Russia {back.count()} lines" in page.text
    leads_to = {href for href, _words in page.links}
    for line in (*there, *back):
        assert line.get_absolute_url() in leads_to
    assert "One line states a value: at least 24,000,000 USD (what it stands for is not stated)" in page.text


def test_what_concerns_both_is_told(seeded, read):
    page = read("/relations/russia/myanmar/")
    for heading in (
        "Figures, as they are said",
        "Visits and other events",
        "Companies",
        "Sources",
        "What we do not know",
    ):
        assert page.under(heading), heading
    leads_to = {href for href, _words in page.links}
    assert {
        "/figures/articles-f12/",
        "/events/articles-e14/",
        "/companies/rosoboronexport/",
        "/sources/article-b/",
    } <= leads_to


def test_the_gaps_are_counted_each_way(seeded, read):
    page = read("/relations/russia/myanmar/")
    there = Transfer.objects.published().filter(supplier__public_id="russia", recipient__public_id="myanmar")
    assert f"Without any date: {there.undated().count()} of {there.count()} lines." in page.text


def test_two_countries_of_which_nothing_is_told_say_so_and_stay_out_of_search_engines(seeded, read):
    page = read("/relations/canada/japan/")
    assert "From Canada to Japan no line is recorded." in page.text
    assert page.meta["robots"] == "noindex"
    assert "robots" not in read("/relations/russia/myanmar/").meta


def test_a_merged_country_leads_to_what_it_became(middle, client):
    crowd(middle, 1, 1)
    twin, other = (
        actions.put(model=Country, public_id="twin", values={"name": "Twin"}, reason="A test.")[0],
        middle.country,
    )
    actions.merge(record=twin, into=other, reason="A test.")
    assert client.get("/relations/twin/crowd-1-state/")["Location"].startswith("/relations/")


def test_drafts_are_neither_told_nor_counted(middle, client, read):
    crowd(middle, 1, 1)
    crowd(middle, 2, 2, state=State.DRAFT, word=SECRET)
    before = read("/relations/crowd-1-state/hubland/").html
    assert SECRET not in before
    assert client.get("/relations/hubland/zyzzyva-2-state/").status_code == 404


def test_it_needs_as_many_queries_for_twenty_lines_as_for_one(middle, queries):
    """
    1 to 4 the two countries by their ids, 5 their order, 6 to 11 figures, sanctions and events, each with their
    citations;
    12 to 16 how many lines there, 17 to 21 back: how many, their equipment (2), their values, which of these overlap;
    22 to 27 and 28 to 32 dated and undated lines each way with their citations (none is undated back), how many
    are no arms,
    what they lack; 33 to 36 companies; 37 sources.
    """
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        _bring_together(Country.objects.get(public_id="crowd-1-state"), middle.country)
        needed.append(queries("/relations/crowd-1-state/hubland/"))
    assert needed == [37, 37]


def _bring_together(one, other):
    """Make every line of the crowd one between these two, and every figure and event about both."""
    Transfer.objects.exclude(recipient=other).update(recipient=one, value_low=1, value_currency="USD")
    Transfer.objects.filter(recipient=other).update(supplier=one, value_low=1, value_currency="USD")
    for figure in Figure.objects.all():
        FigureSubject.objects.get_or_create(figure=figure, country=one)
    for event in Event.objects.all():
        EventParticipant.objects.get_or_create(event=event, country=one)
