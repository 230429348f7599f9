"""The page of two countries: one address, both directions, and nothing that is not published."""

import re

import pytest

from armsdb import actions
from armsdb.lib.vocab import State
from armsdb.models import Country, Event, EventParticipant, Figure, FigureSubject, Source, Transfer
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
    assert f"From Russia to Myanmar {there.count()} transfers , as sources tell them: delivered" in page.text
    assert f"{there.undated().count()} have no date ; " in page.text
    assert f"From Myanmar to Russia {back.count()} transfers" in page.text
    leads_to = {href for href, _words in page.links}
    for line in (*there, *back):
        assert line.get_absolute_url() in leads_to
    assert "One transfer states a value: at least 24,000,000 USD (what it stands for is not stated)" in page.text


def test_what_concerns_both_is_told(seeded, read):
    page = read("/relations/russia/myanmar/")
    for heading in (
        "Figures, as they are said",
        "Visits and meetings",
        "Sanctions on either",
        "Statements, reports and other events",
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
    assert f"When: {there.undated().count()} of {there.count()} transfers are without a date." in page.text
    assert "Whether anything came of talks: 2 of 6 transfers are only negotiated." in page.text


def test_the_page_alone_answers_what_a_reader_asks_first(seeded, read):
    """What came back and how sure it is, sums and their measure, companies, denials, gaps: before all else."""
    text = read("/relations/russia/myanmar/").text
    brief = re.sub(r" (?=[,.;:])", "", text[text.index("In brief") : text.index("On one time axis")])
    back = brief[brief.index("To Russia") : brief.index("Sums, never added up")]
    assert "Delivered: reported Mortar shells, 24 Feb 2022 – 2023 B53." in back
    assert (
        "In delivery: reported Tank sights, buy-back (≥ 24 m USD), 24 Feb 2022 – Dec 2022 B51 ( B50 says: delivered)"
        in back
    )
    assert (
        "Talks only: alleged Military equipment, return, Sep 2022 B46; disputed Ammunition, up to Mar 2023 B52." in back
    )
    assert "All of it rests on one document: Article B, on arms between Russia and Myanmar (publisher not" in back
    assert (
        "reported 276 m USD B47, according to Article B; delivered, 2 February 2021 to 24 February 2022: Russian arms"
        in brief
    )
    assert (
        "reported 156 m USD B47, according to Article B; contract, 2 February 2021 to 24 February 2022: Chinese"
        in brief
    )
    assert "(for comparison, on another basis)" in brief
    assert "Rostec (6 transfers, 2 of them only alleged), Rosoboronexport (3 transfers)" in brief
    assert "Kirill Budanov, head of Ukraine's military intelligence says so ( B52 );" in brief
    assert "military government of Myanmar denies it ( B53 )." in brief
    assert "When: 18 of 29 transfers are without a date." in brief


def test_no_figure_stands_without_those_who_say_so(seeded, read):
    """Guards against sums of one document that read as facts, and against what a witness says under its name."""
    text = read("/relations/russia/myanmar/").text
    figures = text[text.index("Figures, as they are said") : text.index("Company In these transfers")]
    assert "According to Article B: Myanmar officially paid Russia 1.7 billion US dollars" in figures
    assert (
        "According to Al Jazeera, which says that it learned this; a source of Al Jazeera who did not want to be "
        "named: At least three officials"
    ) in figures
    assert (
        figures.count("According to ")
        == Relation(*Country.objects.filter(public_id__in=["russia", "myanmar"])).figures().count() + 1
    )


def test_notes_beside_a_statement_are_not_folded(seeded, read):
    """Guards against tellers that stand behind a click on phones: short notes take no more room than their fold."""
    html = read("/relations/russia/myanmar/").html
    notes = [note.partition("</ul>")[0] for note in html.split('<div class="ev">')[1:]]
    assert len(notes) > 20
    assert [note for note in notes if "<details" in note or 'class="loc" href="/sources/' not in note] == []


def test_sanctions_that_differ_in_their_imposer_alone_stand_once(seeded, client, read):
    """Guards against one announcement that reads like three, and against “of Canada” where Canada imposed them."""
    page = read("/relations/russia/myanmar/")
    name = "Sanctions by Canada, the United Kingdom and the United States"
    sanctions = re.sub(r" (?=[,.;:])", "", page.text[page.text.index("Sanctions on either") :])
    assert (
        f"h 26 Mar 2022 a Saturday (a reading: 26 March 2022) {name} "
        "by Canada S03 A3; by the United Kingdom S02 A3; by the United States S01 A3 "
        "Aimed at: the Myanmar Air Force; arms dealers, not named, and the air force. "
        "Who of them sanctions whom is not told apart. "
    ) in sanctions
    assert page.text.count(name) == 2, "in the list and in the table of the axis"
    for number in (1, 2, 3):
        assert page.html.count(f'href="/sanctions/articles-s0{number}/"') == 2
        assert page.html.count(f'href="/sources/article-a/#articles-s0{number}-c1"') >= 2
    axis = client.get("/relations/russia/myanmar/").context["axis"]
    assert [item.number for item in axis["rows"] if item.shape == "square"] == ["h"]


def test_each_company_stands_with_its_lines_each_way_and_how_they_are_known(seeded, read):
    text = read("/relations/russia/myanmar/").text
    companies = text[text.index("In these transfers") :]
    assert (
        "To Myanmar: reported Tank sights , exporter B50 , B51 . To Russia: reported Tank sights , consignee B50"
        in companies
    )


def test_every_place_leads_to_its_passage(seeded, read):
    """One click from a statement to the passage that tells it: not to the top of the document."""
    page = read("/relations/russia/myanmar/")
    places = [(href, words) for href, words in page.links if re.fullmatch(r"[AB][0-9]+", words)]
    assert len(places) > 100
    for href, _words in places:
        assert re.fullmatch(r"/sources/article-[ab]/#articles-[a-z0-9]+-c[0-9]+", href)


def test_the_table_has_what_the_drawings_have(seeded, client):
    """A drawing that tells more, or less, to those who see it."""
    answer = client.get("/relations/russia/myanmar/")
    rows = answer.context["axis"]["rows"]
    table = answer.content.decode().partition("The same as a table")[2].partition("</table>")[0]
    body = table.partition("<tbody>")[2]
    assert body.count("<tr>") == len(rows)
    for item in rows:
        for record in getattr(item.fact, "records", [item.fact]):
            assert f'href="{record.get_absolute_url()}"' in body
    for name in ("wide", "upright"):
        assert answer.context["axis"][name]["left_out"] == 0
    lines = Transfer.objects.published().filter(
        pk__in=[item.fact.pk for item in rows if isinstance(item.fact, Transfer)]
    )
    both = Relation(*Country.objects.filter(public_id__in=["russia", "myanmar"])).all_transfers()
    assert set(lines) == set(both.dated())


def test_every_bar_of_the_upright_drawing_is_named_in_the_ledgers(seeded, client):
    """A number on a phone that leads nowhere."""
    answer = client.get("/relations/russia/myanmar/")
    named = {text["words"] for text in answer.context["axis"]["upright"]["texts"] if text["size"] == 11}
    lines = {name for name in named if name.isdigit()}
    html = answer.content.decode()
    assert lines == {str(number) for number in range(1, 18)}
    assert all(f'<span class="tid drawn">{name}</span>' in html for name in lines)


def test_the_table_of_years_says_what_it_counts(seeded, read):
    table = read("/relations/russia/myanmar/").html.partition('<table class="led years">')[2]
    caption = " ".join(table.partition(">")[2].partition("</caption>")[0].split())
    assert caption == "Transfers between Russia and Myanmar by year, dataset: Two articles on the arms trade of Myanmar"


def test_what_was_only_expected_is_told_so_on_the_axis(seeded, read, client):
    """Guards against a parade that nobody reports to have happened, drawn like those that took place."""
    page = read("/relations/russia/myanmar/")
    axis = client.get("/relations/russia/myanmar/").context["axis"]
    assert [item.fact.key for item in axis["rows"] if item.shape == "expected"] == ["E23"]
    assert "<td>Parade, expected; nobody cited here reports that it happened</td>" in page.html
    assert "expected only: nobody cited here reports that it happened" in page.text
    assert "f (expected)" in [text["words"] for text in axis["wide"]["texts"]]


def test_turns_that_guide_the_eye_are_chosen_by_their_kind(seeded, client):
    axis = client.get("/relations/russia/myanmar/").context["axis"]
    assert [words for _numeral, words in axis["numbered"]] == [
        "Coup of February 2021 in Myanmar",
        "Russia's full-scale invasion of Ukraine, 24 Feb 2022",
    ]


def test_a_sum_told_for_comparison_stands_after_the_one_of_its_time(seeded):
    relation = Relation(*Country.objects.filter(public_id__in=["russia", "myanmar"]))
    assert [figure.public_id for figure in relation.figures_beside()] == ["articles-f14"]


def test_two_countries_of_which_nothing_is_told_say_so_and_stay_out_of_search_engines(seeded, read):
    page = read("/relations/canada/japan/")
    assert "From Canada to Japan no transfer is recorded." in page.text
    assert page.meta["robots"] == "noindex"
    assert not page.under("On one time axis")
    assert "no transfer is recorded, which does not mean that there was none" in page.text
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
    1 the data version, 2 and 3 the two countries by their ids, 4 their order;
    5 to 9 how many lines there, 10 to 14 back: how many, their equipment (2), their values, which of these overlap;
    15 to 22 and 23 to 29 dated and undated lines each way with their citations (none is undated back), how many
    are no arms, what they lack (2), which may overlap;
    30 to 38 figures, events, sanctions with their citations and parties, and the figures beside (there are none);
    39 coups and wars (none); 40 to 43 companies, 44 and 45 whose they are; 46 to 48 sources; 49 to 58 the years of the
    lines each way (deliveries, other lines, the volumes of both, datasets); 59 to 69 their pictures: the countries of
    each question, columns and times of transfers (3), datasets of each picture; 70 whom to credit for each dataset.
    """
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        _bring_together(Country.objects.get(public_id="crowd-1-state"), middle.country)
        needed.append(queries("/relations/crowd-1-state/hubland/"))
    assert needed == [70, 70]


def _bring_together(one, other):
    """Make every line of the crowd one between these two, and every figure and event about both."""
    Transfer.objects.exclude(recipient=other).update(recipient=one, value_low=1, value_currency="USD")
    Transfer.objects.filter(recipient=other).update(supplier=one, value_low=1, value_currency="USD")
    for figure in Figure.objects.all():
        FigureSubject.objects.get_or_create(figure=figure, country=one)
    for event in Event.objects.all():
        EventParticipant.objects.get_or_create(event=event, country=one)


@pytest.mark.parametrize(
    "address",
    [
        "/transfers/articles-t46/",
        "/transfers/?supplier=burma&recipient=russia",
        "/transfers/?country=russia&country=myanmar",
    ],
)
def test_it_is_reached_from_lines_and_from_questions_about_both(address, seeded, read):
    assert read(address).link("Everything between Myanmar and Russia") == "/relations/russia/myanmar/"


@pytest.mark.parametrize(
    "query",
    ["supplier=russia", "supplier=russia&supplier=china&recipient=myanmar", "supplier=unknown&recipient=russia"],
)
def test_other_questions_do_not_lead_there(query, seeded, read):
    assert "Everything between" not in read(f"/transfers/?{query}").text


def test_companies_stand_with_their_owners_and_as_the_source_names_them(seeded, read):
    """Guards against a group that reads as the supplier where companies of it are meant, and its parts as no part."""
    page = read("/relations/russia/myanmar/")
    companies = page.text[page.text.index("Company In these transfers") :]
    assert "Rosoboronexport 3 transfers reported owned by Rostec" in companies
    assert "Parts for fighter aircraft (supplied by companies of Rostec) A20" in companies


def test_what_is_told_to_go_back_is_told_so_in_brief(seeded, read):
    """Guards against mines of one's own that read as a return: only what a source calls one is called so."""
    page = read("/relations/russia/myanmar/")
    brief = page.text[page.text.index("In brief") :]
    assert "To Russia Delivered" in brief
    assert "Tank sights , buy-back (≥ 24 m USD), 24 Feb 2022 – Dec 2022 B51" in brief
    assert "Mines , since 24 Feb 2022 B1" in brief


def test_quantities_in_words_are_no_numbers_and_not_nothing(seeded, read):
    """Guards against “no number” where a source says thousands."""
    text = read("/relations/russia/myanmar/").text
    assert "How many: all 6 transfers are without a number; 2 tell it in words (“thousands”, “a portion”)." in text


def test_what_to_know_of_a_document_stands_where_it_is_leaned_on(seeded, read):
    """Guards against a garbled copy that reads like its publisher's own text."""
    text = read("/relations/russia/myanmar/").text
    brief, sources = text[text.index("In brief") : text.index("On one time axis")], text[text.rindex("Sources") :]
    first, second = (Source.objects.get(public_id=f"article-{letter}") for letter in "ab")
    assert f"Article A (Al Jazeera): {first.caution} Article B (publisher not stated): {second.caution}" in brief
    assert f"Article B, on arms between Russia and Myanmar (publisher not stated). {second.caution}" in brief
    assert first.caution.startswith("Known only through a copy that a machine translated")
    for source in (first, second):
        assert source.caution.endswith(".")
        assert source.reliability in sources


def test_what_we_took_as_delivered_is_told_as_our_reading(seeded, read):
    """Guards against a delivery that no passage tells: A28 says that they supply, and not that anything came."""
    page = read("/relations/russia/myanmar/")
    brief = re.sub(r" (?=[,.;:])", "", page.text[page.text.index("In brief") : page.text.index("To Russia Delivered")])
    delivered, read_so = brief.index("Delivered: "), brief.index("Delivered, as we read it (")
    assert delivered < read_so < brief.index("alleged Helicopter gunships A28, Fighter aircraft A28.")
    assert "Helicopter gunships A28" not in brief[delivered:read_so]
    assert page.link("no passage says so in so many words") == "/about/#reading"
    assert 'id="reading"' in read("/about/").html
    assert "T04 delivered (our reading)" in page.text
    assert "Delivered (our reading) ·" in read("/transfers/articles-t04/").text


def test_a_stage_that_a_passage_tells_otherwise_is_told_beside_it(seeded, read):
    """Guards against sights that are in delivery here and delivered there, without a word on it."""
    page = read("/relations/russia/myanmar/")
    brief = page.html[page.html.index('id="brief"') : page.html.index('id="axis"')]
    assert '(<a class="loc" href="/sources/article-b/#articles-t44-c1">B50</a> says: delivered)' in brief
    assert "buy-back; in delivery (B50 says: delivered)" in page.text
    assert "In delivery (B50 says: delivered) ·" in read("/transfers/articles-t44/").text


def test_the_table_of_the_axis_names_the_date_and_not_the_stage(seeded, read):
    table = read("/relations/russia/myanmar/").html.partition("The same as a table")[2].partition("</table>")[0]
    assert "<td>date of delivery</td>" in table
    assert "<td>date of talks</td>" in table
    assert "<td>delivered</td>" not in table


def test_the_newest_are_named_first_with_their_date_and_the_rest_is_a_step_away(seeded, read):
    """Guards against aircraft of the 2000s without a year, before what came after the coup."""
    page = read("/relations/russia/myanmar/")
    brief = re.sub(r" (?=[,.;:])", "", page.text[page.text.index("In brief") : page.text.index("To Russia Delivered")])
    places = [
        brief.index(words)
        for words in (
            "reported Parts for surface-to-air missiles, up to Feb 2021 A29",
            "Artillery, since Feb 2021 A21",
            "MiG-29, 2000s B16",
            "Su-30 A46",
        )
    ]
    assert places == sorted(places)


def test_a_brief_tells_all_unless_there_are_very_many(seeded, read, monkeypatch):
    """Guards against gunships and missile systems that stand behind “and 6 more”."""
    page = read("/relations/russia/myanmar/")
    brief = page.text[page.text.index("In brief") : page.text.index("To Russia Delivered")]
    told = Transfer.objects.published().filter(supplier__public_id="russia", recipient__public_id="myanmar")
    names = {name.partition(",")[0] for name in told.values_list("equipment__name", flat=True)}
    assert {name for name in names if name not in brief} == set()
    assert not re.search(r"and [0-9]+ more", brief)
    monkeypatch.setattr("armsdb.web.briefs.NAMED", 9)
    short = read("/relations/russia/myanmar/")
    here = "supplier=russia&recipient=myanmar&evidence=reported&status=delivered"
    (more,) = {href for href, words in short.links if re.fullmatch(r"and [0-9]+ more, of an older date or none", words)}
    assert more == f"/transfers/?{here}"
    assert read(more).rows > 9


def test_what_has_one_name_is_named_once_with_all_its_places(seeded, read):
    """Guards against two lines of one name that read like a slip of the pen."""
    page = read("/relations/russia/myanmar/")
    brief = page.html[page.html.index('id="brief"') : page.html.index('id="axis"')]
    assert brief.count("Air-force technology") == 1
    text = re.sub(r" (?=[,.;:)])", "", page.text[page.text.index("In brief") :])
    assert "Air-force technology ( T56 A29; T55 A29)" in text


def test_the_opening_counts_no_stages_where_the_page_has_not_all_lines(seeded, read, monkeypatch):
    """Guards against numbers of a first page of lines that stand for all of them."""
    monkeypatch.setattr("armsdb.web.relations.MOST", 3)
    text = read("/relations/russia/myanmar/").text
    assert re.search(r"From Russia to Myanmar 29 transfers ?\. From Myanmar to Russia 6 transfers ?\.", text)


@pytest.mark.parametrize(("most", "newest", "some"), [(3, True, True), (17, False, True), (500, False, False)])
def test_of_many_lines_the_page_has_those_that_begin_last_and_says_how_many_there_are(
    most, newest, some, seeded, read, monkeypatch
):
    """Guards against pages of megabytes, and against a first part of the lines that seems to be all."""
    monkeypatch.setattr("armsdb.web.relations.MOST", most)
    page = read("/relations/russia/myanmar/")
    assert ("Of those with a date, the ones that begin last stand here." in page.text) is newest
    assert (f"Show {most} of the 18 without a date" in page.text) is some
    assert ("All 29 transfers" in page.text) is some
    if some:
        assert page.link("All 29 transfers") == "/transfers/?supplier=russia&recipient=myanmar"
    dated = Transfer.objects.published().filter(supplier__public_id="russia", recipient__public_id="myanmar").dated()
    begin = [line.when_earliest for line in dated]
    known = [day for day in begin if day is not None]
    assert begin == sorted(known, reverse=True) + [None] * (len(begin) - len(known))


def test_what_is_folded_is_told_before_the_fold(seeded, read):
    """Guards against headings over a fold and nothing else."""
    page = read("/relations/russia/myanmar/")
    years = page.html[page.html.index(' id="years"') :].partition("<details")[0]
    assert "How many transfers there are by the year of delivery" in years
    statements = page.html[page.html.index(' id="statements"') :].partition("<details")[0]
    words = " ".join(statements.split())
    assert "What else concerns both countries, each with how we know. Statement: 6; report: 2; other: 1." in words
    assert 'class="mh"' not in statements


def test_grades_are_explained_where_they_are_first_used(seeded, read):
    page = read("/relations/russia/myanmar/")
    start = page.text[: page.text.index("On one time axis")]
    assert "reported – a source says so that is not an interested party, which does not make it true" in start
    assert page.link("How the grades come about") == "/about/#grades"


def test_a_document_that_was_not_read_is_told_as_quoted(seeded, read):
    """Guards against a report of the United Nations that seems to lie before us: one article tells of it."""
    page = read("/relations/russia/myanmar/")
    assert "documented Weapons , Feb 2021 – Feb 2022 A9 , as quoted by Article A, not read" in page.text
    assert "T12 delivered; document quoted by Article A, not read" in page.text
    assert "It was not read, and is known as Article A quotes it." in read("/transfers/articles-t12/").text
    assert "It was not read" not in read("/transfers/articles-t44/").text


def test_the_opening_counts_arms_apart_and_leads_to_the_lists(seeded, read):
    """Guards against two counts of the same lines: the pages of countries leave training out, and this one did not."""
    page = read("/relations/russia/myanmar/")
    opening = re.sub(
        r" (?=[,.;:])", "", page.text[page.text.index("From Russia to Myanmar") : page.text.index("In brief")]
    )
    assert opening.startswith(
        "From Russia to Myanmar 29 transfers, as sources tell them: delivered 16; delivered, as we read it, 5; "
        "in delivery 1; ordered 5; how far it went is not told 2. From Myanmar to Russia 6 transfers, "
        "as sources tell them: delivered 1; in delivery 3; talks only 2. "
        "To Myanmar: the earliest date is 2000s, but 1 transfer has a date without a beginning; 18 have no date; "
        "1 is of training, services or backing, and not counted among arms on the pages of countries. "
        "To Russia: the earliest date is 24 Feb 2022 – Dec 2022, but 1 transfer has a date without a beginning."
    )
    there = "/transfers/?supplier=russia&recipient=myanmar"
    assert read(page.link("29 transfers")).rows == 29
    assert page.link("1 is of training, services or backing") == f"{there}&arms=false"
    assert read(page.link("18 have no date")).rows == 18


def test_the_page_says_how_to_cite_it_and_where_its_data_is(seeded, read):
    page = read("/relations/russia/myanmar/")
    foot = page.text[page.text.rindex("Citation, data") :]
    assert re.search(
        r"Cite as “Russia and Myanmar”, ArmsDB, data version [0-9]+, [0-9]+ [A-Z][a-z]+ [0-9]{4}, http://testserver/rel",
        foot,
    )
    assert "Corrections How to ask for one" in foot
    assert page.link("This page in the API") == "/api/v1/relations/russia/myanmar/"
    assert page.link("its transfers from Myanmar") == "/api/v1/transfers/?supplier=myanmar&recipient=russia"
    assert "Credit also the original sources: " in foot
    assert "Credit also" not in read("/relations/canada/japan/").text


def test_the_page_leads_to_its_parts_and_has_the_long_ones_last(seeded, read):
    page = read("/relations/russia/myanmar/")
    jumps = page.html.partition('<nav class="contents"')[2].partition("</nav>")[0]
    leads_to = re.findall('href="#([^"]+)"', jumps)
    assert leads_to[:6] == ["brief", "axis", "years", "way-1", "way-2", "figures"]
    assert leads_to[6:] == ["companies", "unknown", "visits", "sanctions", "statements", "sources", "data"]
    places = [page.html.index(f' id="{name}"') for name in leads_to]
    assert places == sorted(places)
    assert 'href="#axis"' not in read("/relations/canada/japan/").html


def test_the_part_of_a_company_stands_beside_each_transfer(seeded, read):
    """Guards against roles in one heap: who exported the sights and who got them back was the same to a reader."""
    text = re.sub(r" (?=[,.;:)])", "", read("/relations/russia/myanmar/").text)
    companies = text[text.index("Company In these transfers") :]
    assert "Uralvagonzavod 2 transfers To Myanmar: reported Tank sights, exporter B50, B51." in companies
    assert "To Russia: reported Tank sights, consignee B50, B51." in companies
    assert "Rostec 6 transfers, 2 of them only alleged" in companies
    assert "alleged Helicopter gunships, supplier (how is not stated) A28" in companies
    assert "Rostec (6 transfers, 2 of them only alleged), Rosoboronexport (3 transfers)" in text
