"""What each of two countries supplied to the other."""

from decimal import Decimal
from typing import Any

import pytest

from armsdb.models import Country, Transfer
from armsdb.models.relations import Relation

from .asking import ROOT, Api


def test_a_relation_tells_both_ways(api: Api):
    relation = api.json("relations/russia/myanmar/")
    assert list(relation) == [
        "countries",
        "page",
        "supplied",
        "companies",
        "figures",
        "sanctions",
        "events",
        "sources",
        "meta",
    ]
    assert [country["id"] for country in relation["countries"]] == ["russia", "myanmar"]
    ways = [(way["supplier"]["id"], way["recipient"]["id"]) for way in relation["supplied"]]
    assert ways == [("russia", "myanmar"), ("myanmar", "russia")]
    for way in relation["supplied"]:
        listed = api.rows(way["url"].partition("/api/v1/")[2] + "&page_size=500")
        assert way["transfers"] == len(listed) == sum(way["evidence"].values())
        assert sum(row["transfers"] for row in way["equipment"]) == len(listed)
        undated = [row for row in listed if not (row["ordered"] or row["delivered"] or row["talked"])]
        assert way["undated"] == len(undated)
        assert list(way["years"]) == ["earliest", "latest", "open_start", "open_end"]


def test_the_value_of_the_tank_sights_is_told_on_its_way(api: Api):
    back = api.json("relations/russia/myanmar/")["supplied"][1]["values"]
    assert [(worth["currency"], worth["low"], worth["high"]) for worth in back] == [("USD", "24000000.00", None)]
    assert back[0]["dataset"]["id"] == "articles"


def test_both_orders_tell_the_same(api: Api):
    there, back = api.json("relations/russia/myanmar/"), api.json("relations/myanmar/russia/")
    assert there["supplied"] == back["supplied"][::-1]
    assert there["page"] == back["page"]
    for key in ("companies", "figures", "sanctions", "events"):
        assert there[key] == back[key]
    assert {source["id"] for source in there["sources"]} == {source["id"] for source in back["sources"]}


def test_companies_are_told_with_what_they_do(api: Api):
    companies = {part["company"]["id"]: part for part in api.json("relations/russia/myanmar/")["companies"]}
    assert "consignee" in companies["uralvagonzavod"]["roles"]
    assert all(part["transfers"] > 0 for part in companies.values())


def test_facts_about_both_lead_to_themselves_with_their_grade(api: Api):
    relation = api.json("relations/russia/myanmar/")
    assert relation["figures"]
    assert relation["events"]
    for fact in relation["figures"] + relation["sanctions"] + relation["events"]:
        assert fact["evidence"]
        assert api.client.get(fact["url"]).status_code == 200
    assert all(figure["statement"] for figure in relation["figures"])


@pytest.mark.parametrize("names", ["RUS/burma", "russia/MM", "Russia/myanmar"])
def test_names_and_codes_lead_to_the_ids_in_the_order_given(api: Api, names: str):
    response = api.ask(f"relations/{names}/?format=json")
    assert response.status_code == 308
    assert response["Location"] == f"{ROOT}relations/russia/myanmar/?format=json"


def test_two_countries_without_anything_between_them_have_an_empty_relation(api: Api):
    relation = api.json("relations/japan/serbia/")
    assert [way["transfers"] for way in relation["supplied"]] == [0, 0]
    assert relation["supplied"][0]["years"] is None
    assert relation["companies"] == []


def worth(**values: Any) -> list[tuple[Decimal | None, Decimal | None, int]]:
    """What the lines from Myanmar to Russia are worth, after a change of the tank sights."""
    Transfer.objects.filter(public_id="articles-t44").update(**values)
    relation = Relation(*(Country.objects.get(public_id=name) for name in ("myanmar", "russia")))
    return [(row.low, row.high, row.transfers) for row in relation.supplied()[0].values]


def test_lines_that_may_overlap_count_once_at_least_and_each_at_most(seeded):
    """T31 may be the same shipment as T44: together they are worth the greater of the two, or both."""
    value = {"value_low": 10, "value_high": 15, "value_currency": "USD", "value_basis": ""}
    Transfer.objects.filter(public_id="articles-t31").update(**value)
    assert worth(value_low=24, value_high=30) == [(Decimal(24), Decimal(45), 2)]


def test_lines_apart_are_added_up(seeded):
    value = {"value_low": 10, "value_high": 15, "value_currency": "USD", "value_basis": ""}
    Transfer.objects.filter(public_id="articles-t46").update(**value)
    assert worth(value_low=24, value_high=30) == [(Decimal(34), Decimal(45), 2)]


def test_a_line_without_an_upper_end_leaves_the_sum_open(seeded):
    assert worth(value_low=24, value_high=None) == [(Decimal(24), None, 1)]
    assert worth(value_low=None, value_high=None, value_text="a lot") == [(None, None, 1)]


def test_bases_and_currencies_are_never_added_up(seeded):
    value = {"value_low": 10, "value_high": 15, "value_currency": "EUR", "value_basis": ""}
    Transfer.objects.filter(public_id="articles-t46").update(**value)
    value = {"value_low": 5, "value_high": 5, "value_currency": "USD", "value_basis": "contract"}
    Transfer.objects.filter(public_id="articles-t47").update(**value)
    assert len(worth(value_low=24, value_high=30)) == 3
