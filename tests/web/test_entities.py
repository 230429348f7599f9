"""Pages of countries, organisations, people and equipment: what is told, how it is known, what is not known."""

import re
from decimal import Decimal
from typing import Any

import pytest

from armsdb import search
from armsdb.actions import records
from armsdb.lib.vocab import CompanyRole, Known, State
from armsdb.models import (
    Alias,
    Country,
    Dataset,
    Delivery,
    Equipment,
    Event,
    Organisation,
    Ownership,
    Person,
    Role,
    Succession,
    Transfer,
    TransferCompany,
)
from armsdb.models.field_words import essence
from armsdb.models.gaps import gaps_in
from armsdb.models.ledgers import partners_of
from armsdb.models.profiles import MOST, PARTS, CountryProfile, Excerpt, OrganisationProfile
from armsdb.models.years import YearRow, year_tables
from tests.search.builders import cite, entity, fact

from .crowds import SECRET, crowd

ENTITIES = (Country, Organisation, Person, Equipment)


@pytest.mark.walk
@pytest.mark.any_engine
@pytest.mark.parametrize("kind", ENTITIES)
def test_every_entity_has_its_page(kind, seeded, read):
    """Each with a title of its own, one h1, its id, its API record, and how to ask for a correction."""
    titles = set()
    for record in kind.objects.published():
        page = read(record.get_absolute_url())
        titles.add(page.title)
        assert [words for level, words in page.headings if level == "h1"] == [record.name]
        assert record.public_id in page.text
        assert page.link("This record in the API") == record.get_api_url()
        assert page.link("How to ask for one") == "/about/#corrections"
        assert page.canonical == f"http://testserver{record.get_absolute_url()}"
        assert page.under("What we do not know")
        assert len(page.ids) == len(set(page.ids)), f"an id stands twice on {record}"
    assert len(titles) == kind.objects.published().count()


@pytest.mark.parametrize("kind", ENTITIES)
def test_the_api_record_of_every_entity_answers(kind, seeded, client):
    record = kind.objects.published().first()
    assert client.get(record.get_api_url()).status_code == 200


# --- addresses


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("/organisations/rostec/", "/companies/rostec/"), ("/companies/al-jazeera/", "/organisations/al-jazeera/")],
)
def test_an_organisation_at_the_other_address_leads_to_its_own(wrong, right, seeded, client):
    answer = client.get(f"{wrong}?a=b")
    assert (answer.status_code, answer["Location"]) == (308, f"{right}?a=b")


def test_nobody_is_at_an_unknown_address(seeded, client):
    assert client.get("/countries/atlantis/").status_code == 404


def test_a_renamed_entity_is_found_at_its_old_address(seeded, client):
    country = Country.objects.get(public_id="belarus")
    records.rename(record=country, public_id="white-russia", reason="A test.")
    answer = client.get("/countries/belarus/")
    assert (answer.status_code, answer["Location"]) == (308, "/countries/white-russia/")


# --- names


def test_other_names_tell_their_kind_their_language_and_where_they_are_met(seeded, read):
    page = read("/countries/myanmar/")
    assert "Burma (former name until 1989) B13 , Republic of the Union of Myanmar" in page.text
    assert '<span lang="my">မြန်မာ</span>' in page.html
    assert ("/sources/article-b/", "B13") in page.links
    assert "ISO 3166 MM , MMR" in page.text


def test_a_name_met_in_a_document_that_is_no_longer_shown_stands_without_it(middle, read):
    crowd(middle, 1, 1)
    alias: Any = Alias.objects.get(country=middle.country)
    assert page_has(read, middle.country, alias.name, alias.locator)
    alias.source.__class__.objects.filter(pk=alias.source.pk).update(state=State.DRAFT)
    page = read(middle.country.get_absolute_url())
    assert alias.name in page.text
    assert f"Source of this name: {alias.locator}" not in page.html


def page_has(read, record, *words: str) -> bool:
    text = read(record.get_absolute_url()).text
    return all(word in text for word in words)


# --- countries


def test_a_country_tells_all_that_is_asked_of_it(seeded, read):
    page = read("/countries/myanmar/")
    expected = [
        "Years",
        "Partners",
        "Received by Myanmar",
        "Supplied by Myanmar",
        "Training, services and backing",
        "Arms to recipients that are no government",
        "Equipment",
        "Companies in these transfers",
        "Organisations of Myanmar",
        "Figures stated about Myanmar",
        "Sanctions and embargoes",
        "Timeline",
        "People with a role there",
        "Sources",
        "What we do not know",
        "History, citation, data",
    ]
    assert [words for level, words in page.headings if level == "h2"] == expected
    assert page.link("All transfers received, with filters") == "/transfers/?recipient=myanmar"
    assert page.link("All transfers supplied, with filters") == "/transfers/?supplier=myanmar"


def test_training_and_lines_to_groups_stand_apart(seeded):
    profile = CountryProfile(Country.objects.get(public_id="myanmar"))
    ids = {name: {line.public_id for line in getattr(profile, name)} for name in ("received", "not_arms", "to_others")}
    assert ids["not_arms"] == {"articles-t23", "articles-t38", "articles-t52", "articles-t59"}
    assert ids["to_others"] == {"articles-t25"}
    assert not ids["received"] & (ids["not_arms"] | ids["to_others"])
    assert "Japan" not in {str(partner.party) for partner in profile.suppliers}


def test_a_partner_leads_to_the_page_of_both_countries(seeded, read, client):
    page = read("/countries/myanmar/")
    address = next(href for href, words in page.links if words == "China" and "relations" in href)
    assert client.get(address).status_code == 200
    assert client.get("/relations/myanmar/russia/").headers.get("Location", "/relations/myanmar/russia/") in {
        href for href, words in page.links if words == "Russia"
    }


def test_a_group_of_states_is_a_partner_by_itself(seeded, read):
    page = read("/countries/myanmar/")
    (group,) = {href for href, words in page.links if words == "States of the former Yugoslavia"}
    assert group.startswith("/organisations/")


def test_a_former_state_keeps_its_lines_and_leads_to_its_successor(seeded, read):
    soviet_union, russia = read("/countries/soviet-union/"), read("/countries/russia/")
    assert soviet_union.link("Russia") == "/countries/russia/"
    assert "Former state · ISO 3166-3 SUHH" in soviet_union.text
    assert "No transfer that is recorded names it." in soviet_union.text
    assert russia.link("Soviet Union") == "/countries/soviet-union/"


def test_a_line_of_a_former_state_is_not_its_successors(middle):
    crowd(middle, 1, 1)
    former = Country.objects.get(public_id="crowd-1-state")
    assert Succession.objects.filter(country=former, successor=middle.country).exists()
    third = entity(Country, "Third")
    line = fact(Transfer, "T9", middle.dataset, supplier=former, recipient=third, equipment=middle.equipment)
    cite(line, middle.article)
    assert line in CountryProfile(former).supplied.rows
    assert line not in CountryProfile(middle.country).supplied.rows


def test_an_expected_event_is_told_as_expected(seeded, read):
    assert "Expected; nobody cited here reports that it happened." in read("/countries/myanmar/").text


# --- years, partners, gaps


class Lines:
    """Makes lines to the hub with these dates, and gives all lines to it."""

    def __init__(self, middle: Any) -> None:
        self.middle = middle
        self.supplier = entity(Country, "Supplier")
        self.all = Transfer.objects.published().received_by(middle.country)

    def __call__(self, key: str, **values: Any) -> Any:
        parties = {"supplier": self.supplier, "recipient": self.middle.country, "equipment": self.middle.equipment}
        row = fact(Transfer, key, self.middle.dataset, **{**parties, **values})
        cite(row, self.middle.article, locator=key)
        return row


@pytest.fixture
def lines(middle):
    return Lines(middle)


def test_no_line_stands_under_a_year_that_is_not_told(lines):
    lines("T1", delivered="2019")
    lines("T2", delivered="2019-05/2019-12")
    lines("T3", delivered="2000/2009")
    lines("T4", delivered="../2021-02")
    lines("T5", ordered="2018")
    lines("T6", talked="2022-09")
    lines("T7")
    lines("T8", delivered="{2015,2017}")
    lines("T9", delivered="[2015,2017]")
    (table,) = year_tables(lines.all, lines.all.none())
    assert table.years == [
        YearRow("2022, talks", [1, 0], []),
        YearRow("2019", [2, 0], []),
        YearRow("2018, ordered", [1, 0], []),
        YearRow("2017", [1, 0], []),
        YearRow("2015", [1, 0], []),
    ]
    assert table.spans == [YearRow("2015 or 2017", [1, 0], []), YearRow("2000s", [1, 0], [])]
    assert table.open == [YearRow("up to February 2021", [1, 0], [])]
    assert table.undated == [YearRow("date not stated", [1, 0], [])]


def test_a_line_told_in_deliveries_counts_once_in_each_of_their_years(lines):
    line = lines("T1", delivered="2010/2012")
    for date in ("2010", "2010-06", "2010?", "2010-10/2010-12", "2012"):
        delivery = Delivery(transfer=line)
        delivery.date = date
        delivery.save()
    (table,) = year_tables(lines.all)
    assert table.years == [YearRow("2012", [1], []), YearRow("2010", [1], [])]
    assert table.spans == []


def test_datasets_stand_in_tables_of_their_own_with_their_volumes(middle, lines):
    """Guards a delivery that two registers tell against counting twice, and a total of two years against division."""
    register = entity(Dataset, "Arms register")
    lines("T1", delivered="2019")
    for key, delivered, volume in (("R1", "2019", "12.50"), ("R2", "2019", "0.00"), ("R3", "{2019,2021}", "4.00")):
        line = lines(key, delivered=delivered)
        Transfer.objects.filter(pk=line.pk).update(dataset=register, tiv_delivered=Decimal(volume))
    ours, theirs = sorted(year_tables(lines.all), key=lambda table: table.dataset == register)
    assert (ours.volume_columns, ours.years) == ([], [YearRow("2019", [1], [])])
    assert theirs.volume_columns == [0]
    assert theirs.years == [YearRow("2021", [1], [None]), YearRow("2019", [3], [Decimal("12.50")])]
    assert theirs.spans == [YearRow("2019; 2021", [0], [Decimal("4.00")])]


def test_partners_tell_lines_dates_documents_and_places(middle, lines):
    group = entity(Organisation, "Some states", kind="group-of-states")
    lines("A10", delivered="2019")
    lines("A2", delivered="2000/2009")
    lines("A3")
    lines("A4", supplier=None, supplier_organisation=group, supplier_known=Known.GROUP_OF_STATES)
    lines("A5", supplier=None, supplier_known=Known.UNKNOWN, delivered="2011")
    Transfer.objects.filter(key="A2").update(evidence="documented")
    first, second, third = partners_of(lines.all, "supplier")
    assert (str(first.party), first.lines, first.undated, first.documented) == ("Supplier", 3, 1, 1)
    assert [date.short() for date in first.each] == ["2000s", "2019"]
    assert [place.locator for place in first.places] == ["A2", "A3", "A10"]
    assert (second.party, second.lines, second.undated) == (group, 1, 1)
    assert (third.party, [date.short() for date in third.each]) == (None, ["2011"])


def test_many_dates_of_a_partner_are_told_as_the_years_that_they_span(lines):
    for number, date in enumerate(("../1999", "2001", "2003", "2005/..")):
        lines(f"A{number}", delivered=date)
    (partner,) = partners_of(lines.all, "supplier")
    assert (partner.each, partner.span()) == ([], "1999 or earlier – 2005 or later")


def test_what_is_not_known_is_counted(lines):
    lines("T1", delivered="2019", quantity_delivered=12, value={"low": 5, "high": 5, "currency": "USD"})
    lines("T2", quantity_delivered={"text": "thousands", "approximate": True}, equipment=entity(
        Equipment, "Something", type_given=False
    ))  # fmt: skip
    lines("T3", supplier=None, supplier_known=Known.UNKNOWN)
    gaps = gaps_in(lines.all)
    assert (gaps.lines, gaps.date, gaps.quantity, gaps.value) == (3, 2, 2, 2)
    assert (gaps.designation, gaps.supplier, gaps.recipient) == (1, 1, 0)


def test_the_gaps_stand_on_the_page(seeded, read):
    gaps = CountryProfile(Country.objects.get(public_id="myanmar")).gaps
    assert f"Without any date: {gaps.date} of {gaps.lines} transfers." in read("/countries/myanmar/").text


# --- organisations


def test_a_company_tells_whose_it_is_and_what_it_did(seeded, read):
    page = read("/companies/rosoboronexport/")
    assert page.link("Rostec") == "/companies/rostec/"
    assert "Belongs to Rostec share not stated; time not stated" in page.text
    assert "articles-o01" in page.ids
    assert [words for level, words in page.headings if level == "h3"] == [
        "Who received the transfers in which it takes part",
        "Who received what it supplied",
        "What it exports",
        "What it supplies",
    ]
    assert page.link("All its transfers, with filters") == "/transfers/?organisation=rosoboronexport"


def test_an_owner_lists_its_holdings(seeded, read):
    page = read("/companies/rostec/")
    assert "Owns Rosoboronexport" in page.text
    assert [str(row.child) for row in OrganisationProfile(Organisation.objects.get(public_id="rostec")).holdings] == [
        "Rosoboronexport"
    ]


def test_an_address_of_an_ownership_a_role_and_their_citations_lead_to_them(seeded, read):
    for fact_kind in (Ownership, Role):
        for row in fact_kind.objects.published():
            address, _, anchor = row.get_absolute_url().partition("#")
            page = read(address)
            assert anchor in page.ids
            for citation in row.citations.published():
                assert citation.get_absolute_url() == f"{address}#{citation.public_id}"
                assert citation.public_id in page.ids


def test_a_newsroom_tells_what_it_published_and_what_it_says(seeded, read):
    page = read("/organisations/al-jazeera/")
    assert page.under("Published by it")
    assert page.under("What it says")
    assert "/sources/article-a/" in {href for href, _words in page.links}


def test_an_armed_force_tells_what_it_received(seeded, read):
    page = read("/organisations/myanmar-armed-forces/")
    assert "What it receives" in [words for level, words in page.headings if level == "h3"]
    assert "Armed force · Myanmar" in page.text


# --- people


def test_a_person_tells_public_roles_events_sanctions_and_words(seeded, read):
    page = read("/people/min-aung-hlaing/")
    for heading in ("Roles", "What Min Aung Hlaing says", "Events", "Sanctions", "Sources"):
        assert page.under(heading), heading
    assert "Roles without any date: 3 of 4." in page.text


def test_what_a_person_says_leads_to_the_passage(seeded, read):
    page = read("/people/kirill-budanov/")
    assert "/transfers/articles-t46/#articles-t46-c1" in {href for href, _words in page.links}


def test_who_makes_what_it_receives_stands_under_both(middle):
    """Guards local production: the maker that is the recipient too keeps its side."""
    sides = {
        "supplier": middle.country,
        "recipient_organisation": middle.company,
        "recipient_known": Known.ORGANISATION,
    }
    line = fact(Transfer, "T1", middle.dataset, **sides, equipment=middle.equipment)
    TransferCompany.objects.create(transfer=line, company=middle.company, role="producer")
    assert [part.role for part in OrganisationProfile(middle.company).parts] == ["producer", "recipient"]


def test_what_leaves_a_company_stands_before_what_comes_to_it(middle):
    """Each role has a heading of its own, and none is lost."""
    assert set(PARTS) == {*CompanyRole.values, "recipient"}
    line = fact(
        Transfer, "T1", middle.dataset, supplier=middle.country, recipient=middle.country, equipment=middle.equipment
    )
    for role in ("consignee", "buyer", "maintainer", "exporter"):
        TransferCompany.objects.create(transfer=line, company=middle.company, role=role)
    assert [part.label for part in OrganisationProfile(middle.company).parts] == [
        "What it exports",
        "What it maintains",
        "What it buys",
        "What is sent to it",
    ]


def test_no_is_another_answer_than_none():
    """Guards a passage that says no against being told as one that says nothing."""
    assert essence(False) != essence(None)
    assert essence("") == essence(None)


# --- equipment


def test_equipment_tells_its_category_and_who_has_it_from_whom(seeded, read):
    page = read("/equipment/mig-29/")
    assert "category: combat aircraft (UN Register IV)" in page.text
    assert re.search(
        r"Who has it from whom .*? Myanmar Russia 1 0 0 2000s in the first decade of the 2000s B16", page.text
    )


def test_a_family_has_the_lines_of_its_members(middle, read):
    crowd(middle, 1, 1)
    page = read(middle.equipment.get_absolute_url())
    addresses = {href for href, _words in page.links}
    assert {"/equipment/crowd-1-type/", "/transfers/articles-u-crowd-1/"} <= addresses


# --- many rows, and unpublished ones


def test_long_ledgers_are_cut_and_say_so(middle, read):
    for number in range(MOST + 1):
        line = fact(
            Transfer,
            f"T{number}",
            middle.dataset,
            supplier=entity(Country, f"Land {number}"),
            recipient=middle.country,
            equipment=middle.equipment,
        )
        cite(line, middle.article)
    page = read(middle.country.get_absolute_url())
    assert f"The newest {MOST} stand here." in page.text
    assert len({href for href, _words in page.links if href.startswith("/transfers/articles-")}) == MOST


def test_a_page_needs_as_many_queries_for_twenty_rows_as_for_one(middle, queries):
    """
    Every page: 1 the data version, 2 the record, 3 its names, 4 its identifiers, 5-7 how often documents are read and
    quoted, and these; 8 figures, 9 their citations.
    A country, an organisation, a person also: 10-13 sanctions and events with citations, 14 and 15 roles the same.

    A country also: 16-23 suppliers and recipients (lines by partner, countries, dates, places), 24 and 25 lines there
    and back with each country, 26 and 27 states before and after it, 28-36 ledgers received, supplied and not arms
    (which lines, these, their citations), 37 lines to others, 38-47 years received and supplied (deliveries, other
    lines, the volumes of both, datasets), 48 and 49 equipment, 50-56 companies (how many lines as a part, as supplier
    and as recipient; what they did in each; the companies), 57 organisations, 58 which
    equipment is not named (what else is not known stands in memory).

    A company also: 16 and 17 ownerships, 18-21 its lines with its parts and citations, 22-31 years, 32-39 partners,
    40 and 41 equipment, 42 what it published, 43 what it says, 44 and 45 what is not known (which lines, which
    equipment is not named). Of twenty lines between the same two the dates are too many to be told one by one: two
    queries less.

    A newsroom, of which less is told, has no documents and no lines: 15 and 16 what is not known, 17 the columns of
    transfers. A person also: 16 what it says.
    Equipment also: 10 its family's members, 11-13 lines with citations, 14-17 who has it from whom, 18-22 years,
    23 and 24 what is not known.

    The pictures of a country, a company and equipment also: the record of each question (of a company and of equipment
    its lines too); for each picture the datasets, for those by party the countries; and, as here in every answer anew,
    the columns of transfers and their times (3).

    And the history of each: of itself, of names and of identifiers; of roles and their citations where it can have
    such, of the states after a country, of the ownerships of an organisation and their citations.
    """
    pages = [middle.country, middle.company, middle.newsroom, middle.person, middle.equipment]
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        assert [queries(record.get_absolute_url()) for record in pages] == [
            58 + 6 + 13,
            45 + 7 + 11 - (2 if last == 20 else 0),
            17 + 7,
            16 + 5,
            24 + 3 + 11,
        ]


def test_nothing_unpublished_stands_on_any_page(middle, read):
    """A draft of every kind, around published entities: no name of one, and no count that moves."""
    crowd(middle, 1, 2)
    kinds = "countries companies organisations people equipment transfers figures sanctions events sources datasets"
    addresses = [f"/{kind}/" for kind in kinds.split()]
    addresses += [
        record.get_absolute_url()
        for record in (middle.country, middle.company, middle.newsroom, middle.person, middle.equipment)
    ]
    addresses += ["/search/?q=hub", "/search/?q=articles"]
    before = {address: read(address).text for address in addresses}
    crowd(middle, 1, 1, state=State.DRAFT, word=SECRET)
    for address in addresses:
        page = read(address)
        assert SECRET.casefold() not in page.html.casefold(), address
        assert page.text == before[address], address
    assert "Nothing that is recorded has this word." in read(f"/search/?q={SECRET}").text


def test_a_draft_has_no_page(middle, client):
    crowd(middle, 1, 1, state=State.DRAFT, word=SECRET)
    for kind, name in (("countries", "state"), ("companies", "works"), ("people", "person"), ("equipment", "type")):
        assert client.get(f"/{kind}/{SECRET.lower()}-1-{name}/").status_code == 404


def test_text_of_a_record_is_escaped(middle, read):
    middle.person.name = "<script>alert(1)</script>{{ 7|add:1 }}"
    middle.person.save()
    event = fact(
        Event, "E1", middle.dataset, name="<b>x</b>", statement="…", kind="other", place_country=middle.country
    )
    cite(event, middle.article, note="<img src=x onerror=alert(1)>")
    search.index([event])
    for page in (read(middle.person.get_absolute_url()), read(middle.country.get_absolute_url()), read("/people/")):
        assert "<script>" not in page.html
        assert "<b>x</b>" not in page.html
        assert "<img" not in page.html


def test_the_picture_of_a_country_draws_the_dated_lines_that_it_lists(seeded, client):
    """Lines that are drawn and not listed, or listed with a date and not drawn; a drawing without its table."""
    answer = client.get("/countries/myanmar/")
    axis, profile = answer.context["axis"], answer.context["profile"]
    drawn = {item.fact for item in axis["rows"] if item.fact.TYPE == "transfer"}
    assert drawn == {line for line in (*profile.received, *profile.supplied) if line.dates}
    table = answer.content.decode().partition("The same as a table")[2].partition("</table>")[0]
    assert table.partition("<tbody>")[2].count("<tr>") == len(axis["rows"])


@pytest.mark.parametrize(("rows", "open_", "folded"), [(0, 0, 0), (10, 10, 0), (12, 12, 0), (13, 10, 3), (50, 10, 40)])
def test_a_long_part_of_a_page_folds_after_ten_rows(rows, open_, folded):
    excerpt = Excerpt(list(range(rows)))
    assert (len(excerpt.open), len(excerpt.folded)) == (open_, folded)
    assert [*excerpt.open, *excerpt.folded] == excerpt.rows


def test_a_country_folds_its_ledger_and_loses_no_line(seeded, read):
    page = read("/countries/myanmar/")
    lines = CountryProfile(Country.objects.get(public_id="myanmar")).received
    assert f"Show {len(lines) - 10} more" in page.text
    assert {line.get_absolute_url() for line in lines} <= {href for href, _words in page.links}
    assert page.link("All transfers received, with filters") == "/transfers/?recipient=myanmar"
