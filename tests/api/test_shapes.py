"""The contract: which keys each kind of record has, in which order, and what stands in them."""

from typing import Any

import pytest
from django.utils.dateparse import parse_datetime

from armsdb.lib.locators import reading_order
from armsdb.models import Citation, Event, Source

from .asking import COLLECTIONS, FACTS, Api

RECORD = ["id", "type", "name", "url", "page", "updated"]
FACT_HEAD = [*RECORD, "dataset", "key"]
FACT_TAIL = ["comment", "evidence", "evidence_reason", "citations"]
ENTITY_TAIL = ["aliases", "identifiers", "summary", "facts"]
CITATION = [
    *RECORD,
    "fact",
    "source",
    "quotes",
    "locator",
    "stance",
    "attributed_to",
    "attributed_to_record",
    "basis",
    "interested",
    "reported",
    "note",
]
KEYS = {
    "countries": [
        *RECORD,
        "alpha_2",
        "alpha_3",
        "alpha_4",
        "existed_from",
        "existed_until",
        "predecessors",
        "successors",
        *ENTITY_TAIL,
    ],
    "organisations": [*RECORD, "kind", "country", *ENTITY_TAIL],
    "companies": [*RECORD, "kind", "country", *ENTITY_TAIL],
    "people": [*RECORD, *ENTITY_TAIL],
    "equipment": [
        *RECORD,
        "description",
        "family",
        "type_given",
        "category",
        "un_register",
        "sipri_category",
        *ENTITY_TAIL,
    ],
    "transfers": [
        *FACT_HEAD,
        "deal",
        "supplier",
        "supplier_organisation",
        "supplier_known",
        "supplier_as_stated",
        "recipient",
        "recipient_organisation",
        "recipient_known",
        "recipient_as_stated",
        "companies",
        "equipment",
        "nature",
        "status",
        "condition",
        "local_production",
        "to_government",
        "counts_as_arms",
        "ordered",
        "delivered",
        "talked",
        "quantity_ordered",
        "quantity_delivered",
        "value",
        "tiv",
        "deliveries",
        "returns",
        "returned_by",
        "may_overlap",
        *FACT_TAIL,
    ],
    "figures": [*FACT_HEAD, "about", "statement", "value", "number", "unit", "period", *FACT_TAIL],
    "sanctions": [
        *FACT_HEAD,
        "kind",
        "statement",
        "imposed_by",
        "imposed_by_as_stated",
        "targets",
        "targets_as_stated",
        "imposed",
        "ended",
        "programme",
        *FACT_TAIL,
    ],
    "events": [
        *FACT_HEAD,
        "kind",
        "statement",
        "date",
        "place",
        "place_country",
        "participants",
        "count",
        "status",
        *FACT_TAIL,
    ],
    "ownerships": [*FACT_HEAD, "parent", "child", "share", "period", *FACT_TAIL],
    "roles": [*FACT_HEAD, "person", "of", "title", "period", *FACT_TAIL],
    "sources": [
        *RECORD,
        "kind",
        "publisher",
        "authors",
        "published",
        "document_url",
        "archived_url",
        "language",
        "reliability",
        "via",
        "locator_prefix",
        "locator_count",
        "sections",
        "quoted_sources",
        "citations",
        "citations_count",
        "citations_url",
    ],
    "citations": CITATION,
    "datasets": [*RECORD, "publisher", "version", "licence", "terms", "summary", "facts"],
}
LISTS = {
    "aliases",
    "identifiers",
    "companies",
    "deliveries",
    "returned_by",
    "may_overlap",
    "about",
    "imposed_by",
    "targets",
    "participants",
    "authors",
    "sections",
    "quoted_sources",
    "citations",
    "predecessors",
    "successors",
}


def everything_in(value: Any) -> list[Any]:
    """A JSON value and all values inside it."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [value, *(found for item in inside for found in everything_in(item))]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_row_of_a_list_has_every_key_of_the_record_in_order(api: Api, collection: str):
    for row in api.rows(f"{collection}/?page_size=500"):
        assert list(row) == KEYS[collection]
        assert all(list(citation) == CITATION for citation in row.get("citations", []))


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_record_is_the_same_as_its_row(api: Api, collection: str):
    for row in api.rows(f"{collection}/?page_size=500")[:3]:
        path = row["url"].partition("/api/v1/")[2]
        assert api.json(path) == row


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_leads_to_itself_and_to_a_page(api: Api, collection: str):
    for row in api.rows(f"{collection}/?page_size=500"):
        assert row["url"].startswith("http://testserver/api/v1/")
        assert row["url"].endswith(f"/{row['id']}/")
        assert row["page"].startswith("http://testserver/")
        assert "/api/" not in row["page"]
        updated = parse_datetime(row["updated"])
        assert updated is not None
        assert row["updated"].endswith("Z")


@pytest.mark.parametrize("collection", ["citations", "roles", "ownerships"])
def test_what_has_no_page_of_its_own_stands_on_another_at_its_id(api: Api, collection: str):
    for row in api.rows(f"{collection}/?page_size=500"):
        assert row["page"].endswith(f"#{row['id']}")
        assert row["page"].count("#") == 1


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_absent_is_null_and_a_list_is_never_null(api: Api, collection: str):
    rows = api.rows(f"{collection}/?page_size=500")
    assert rows
    for row in rows:
        assert "" not in [value for value in everything_in(row) if isinstance(value, str)]
        assert all(isinstance(row[key], list) for key in LISTS & row.keys())


@pytest.mark.parametrize("collection", FACTS)
def test_every_fact_of_the_seed_has_a_grade_a_reason_and_citations_in_the_order_of_their_numbers(
    api: Api, collection: str
):
    rows = api.rows(f"{collection}/?dataset=articles&page_size=500")
    assert rows
    for row in rows:
        assert row["id"] == f"articles-{row['key'].lower()}"
        assert row["evidence"] in {"documented", "corroborated", "reported", "alleged", "disputed"}
        assert row["evidence_reason"]
        numbers = [int(citation["id"].removeprefix(f"{row['id']}-c")) for citation in row["citations"]]
        assert numbers
        assert numbers == sorted(numbers)
        assert {citation["fact"]["id"] for citation in row["citations"]} == {row["id"]}


def test_references_have_id_type_name_and_address(api: Api):
    """A record inside another is found by its url key; each begins with the same four keys."""
    for collection in COLLECTIONS:
        for row in api.rows(f"{collection}/?page_size=500"):
            for value in everything_in(row)[1:]:
                if isinstance(value, dict) and "type" in value:
                    assert list(value)[:4] == ["id", "type", "name", "url"]


def test_tank_sights_come_back_for_at_least_24_million_dollars(api: Api):
    """T44: a return with its words, an open value, and what it may overlap with."""
    transfer = api.json("transfers/articles-t44/")
    assert transfer["supplier"] == {
        "id": "myanmar",
        "type": "country",
        "name": "Myanmar",
        "url": "http://testserver/api/v1/countries/myanmar/",
    }
    assert transfer["recipient_organisation"]["id"] == "uralvagonzavod"
    assert transfer["recipient_organisation"]["url"] == "http://testserver/api/v1/companies/uralvagonzavod/"
    assert [(row["role"], row["company"]["id"]) for row in transfer["companies"]] == [("consignee", "uralvagonzavod")]
    assert transfer["equipment"]["category"] == "parts-and-sensors"
    assert (transfer["nature"], transfer["to_government"], transfer["counts_as_arms"]) == ("buy-back", True, True)
    assert transfer["delivered"] == {
        "edtf": "2022-02-24/2022-12",
        "earliest": "2022-02-24",
        "latest": "2022-12-31",
        "text": "by December 2022",
    }
    assert transfer["quantity_delivered"] == {"low": None, "high": None, "approximate": True, "text": "thousands"}
    value = transfer["value"]
    assert list(value) == ["low", "high", "approximate", "currency", "basis", "text"]
    assert (value["low"], value["high"], value["currency"]) == ("24000000.00", None, "USD")
    assert (transfer["tiv"], transfer["deliveries"], transfer["deal"]) == (None, [], None)
    assert transfer["returns"]["id"] == "articles-t45"
    assert "articles-t31" in [other["id"] for other in transfer["may_overlap"]]


def test_returns_and_overlaps_are_told_on_both_sides(api: Api):
    assert "articles-t44" in [other["id"] for other in api.json("transfers/articles-t45/")["returned_by"]]
    assert "articles-t44" in [other["id"] for other in api.json("transfers/articles-t31/")["may_overlap"]]


def test_ammunition_talks_are_disputed(api: Api):
    """T46: negotiated, with one citation that supports and one that denies."""
    transfer = api.json("transfers/articles-t46/")
    assert (transfer["evidence"], transfer["status"]) == ("disputed", "negotiated")
    stances = [citation["stance"] for citation in transfer["citations"]]
    assert stances.count("supports") >= 1
    assert stances.count("denies") == 1


def test_the_coup_is_dated_as_each_place_dates_it(api: Api):
    """E11: the month in the record, and what one article says differently, with its document."""
    event = api.json("events/articles-e11/")
    assert event["date"]["edtf"] == "2021-02"
    told = {(citation["source"]["id"], citation["reported"].get("date", "")) for citation in event["citations"]}
    assert ("article-b", "2021-02-02") in told


def test_a_country_has_its_codes_other_names_and_counts_of_facts(api: Api):
    country = api.json("countries/myanmar/")
    assert (country["alpha_2"], country["alpha_3"], country["alpha_4"]) == ("MM", "MMR", None)
    assert {"scheme": "iso-3166-1-alpha-3", "value": "MMR"} in country["identifiers"]
    assert [alias["kind"] for alias in country["aliases"] if alias["name"] == "Burma"] == ["former"]
    assert list(country["facts"]) == [
        "transfers",
        "supplied",
        "received",
        "figures",
        "sanctions",
        "events",
        "ownerships",
        "roles",
    ]


def test_a_former_state_and_its_successors_name_each_other(api: Api):
    successors = [country["id"] for country in api.json("countries/soviet-union/")["successors"]]
    assert "russia" in successors
    assert "soviet-union" in [country["id"] for country in api.json("countries/russia/")["predecessors"]]


@pytest.mark.walk
@pytest.mark.parametrize("collection", ["countries", "organisations", "people", "equipment", "datasets"])
def test_counts_of_facts_are_those_of_the_lists_that_they_lead_to(api: Api, collection: str):
    for row in api.rows(f"{collection}/?page_size=500"):
        for counted in row["facts"].values():
            assert counted["count"] == api.json(counted["url"].partition("/api/v1/")[2] + "&page_size=1")["count"]


def test_a_source_has_its_citations_in_reading_order_each_with_its_fact(api: Api):
    source = api.json("sources/article-a/")
    locators = [int(citation["locator"].removeprefix("A")) for citation in source["citations"]]
    assert locators == sorted(locators)
    assert {2, 10} < set(locators)
    assert source["citations_count"] == len(source["citations"])
    assert api.json(source["citations_url"].partition("/api/v1/")[2])["count"] == source["citations_count"]
    assert all(citation["fact"]["url"] for citation in source["citations"])
    assert source["publisher"]["id"] == "al-jazeera"


def test_a_source_that_was_not_read_says_through_which_it_is_known(api: Api):
    source = api.json("sources/sipri-data/")
    assert source["via"]["id"] == "article-a"
    assert "sipri-data" in [quoted["id"] for quoted in api.json("sources/article-a/")["quoted_sources"]]
    assert {citation["quotes"]["id"] for citation in source["citations"]} == {"sipri-data"}


def test_a_source_has_at_most_500_citations_with_it(api: Api):
    event = Event.objects.get(public_id="articles-e11")
    article = Source.objects.get(public_id="article-a")
    told = {"event": event, "source": article, "basis": "reporting", "state": "published"}
    numbers = range(100, 700)
    Citation.objects.bulk_create(
        Citation(public_id=f"articles-e11-c{number}", locator=f"A{number}", **told) for number in numbers
    )
    source = api.json("sources/article-a/")
    assert len(source["citations"]) == 500
    assert source["citations_count"] > 600
    locators = [citation["locator"] for citation in source["citations"]]
    assert locators == sorted(locators, key=reading_order)


def test_equipment_tells_the_number_of_its_category_where_the_register_has_one(api: Api):
    assert api.json("equipment/su-30/")["un_register"] == "IV"
    assert api.json("equipment/tank-sights/")["un_register"] is None


def test_a_role_is_of_an_organisation_or_a_country_and_may_name_nobody(api: Api):
    roles = api.rows("roles/?page_size=500")
    assert {"country", "organisation"} <= {role["of"]["type"] for role in roles if role["of"]}
    assert any(role["person"] is None for role in roles)
