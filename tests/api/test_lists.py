"""Lists: pages, what they leave out, fields, and the data version."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps

from armsdb import actions
from armsdb.models import Country, Dataset, Equipment, Role, Transfer
from armsdb.models.profiles import CountryProfile

from .asking import COLLECTIONS, FACTS, Api
from .builders import copies, copy, draft


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_list_stands_in_the_same_frame(api: Api, collection: str):
    answer = api.json(f"{collection}/")
    assert list(answer) == ["count", "next", "previous", "meta", "results"]
    assert list(answer["meta"]) == ["data_version", "licence", "left_out", "like"]
    assert answer["meta"]["left_out"] == {"undated": 0, "currency": 0, "licence": 0}
    assert answer["meta"]["licence"] == "CC BY 4.0"
    assert int(answer["meta"]["data_version"]) > 0
    assert len(answer["results"]) == min(answer["count"], 50)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_walking_the_pages_gives_each_row_once(api: Api, collection: str):
    everything = api.ids(f"{collection}/?page_size=500&fields=id")
    found, path = [], f"{collection}/?page_size=7&fields=id"
    while path:
        answer = api.json(path)
        assert answer["count"] == len(everything)
        found += [row["id"] for row in answer["results"]]
        path = (answer["next"] or "").partition("/api/v1/")[2]
    assert found == everything
    assert len(set(found)) == len(found)


def test_the_pages_around_keep_the_question(api: Api):
    answer = api.json("transfers/?country=myanmar&page_size=5&page=2&undated=include")
    assert urlsplit(answer["next"]).query == "country=myanmar&page_size=5&page=3&undated=include"
    assert urlsplit(answer["previous"]).query == "country=myanmar&page_size=5&undated=include"
    assert api.json("transfers/?page_size=500")["previous"] is None


def test_an_empty_list_is_one_page(api: Api):
    answer = api.json("transfers/?supplier=myanmar&recipient=myanmar")
    assert (answer["count"], answer["results"], answer["next"]) == (0, [], None)
    api.problem("transfers/?supplier=myanmar&recipient=myanmar&page=2", 404)


@pytest.mark.parametrize("name", ["RUS", "ru", "russia", "RU", "Russia"])
def test_a_country_goes_by_id_code_or_name(api: Api, name: str):
    assert api.ids(f"transfers/?supplier={name}&page_size=500") == api.ids("transfers/?supplier=russia&page_size=500")


def test_a_former_name_finds_the_country(api: Api):
    found = api.rows("transfers/?recipient=burma&page_size=500")
    assert found
    assert {row["recipient"]["id"] for row in found} == {"myanmar"}


def test_a_country_has_the_sanctions_on_its_forces_and_on_those_who_lead_it(api: Api):
    """S01 to S03 are aimed at the air force, S05 at the head of the military government."""
    found = set(api.ids("sanctions/?country=myanmar"))
    assert found == {f"articles-s0{number}" for number in (1, 2, 3, 4, 5)}


def test_a_list_has_what_the_page_of_the_country_tells(api: Api):
    """Pages and API would else answer the same question differently, and the counts of a country neither."""
    for country in Country.objects.published():
        profile = CountryProfile(country)
        facts = api.json(f"countries/{country.public_id}/")["facts"]
        for kind in ("sanctions", "events", "figures", "roles"):
            told = sorted(fact.public_id for fact in getattr(profile, kind))
            assert sorted(api.ids(f"{kind}/?country={country.public_id}&page_size=500")) == told
            assert facts[kind]["count"] == len(told)


def test_a_draft_of_a_role_leads_to_no_country(api: Api):
    """Guards the way by which a sanction on a person belongs to the country of the person's post."""
    role, canada = Role.objects.get(public_id="articles-r04"), Country.objects.get(public_id="canada")
    draft(role, "articles-r99", of_country=canada)
    assert "articles-s05" not in api.ids("sanctions/?country=canada")
    assert api.json("countries/canada/")["facts"]["sanctions"]["count"] == 1


@pytest.mark.parametrize("parameter", ["company", "organisation", "supplier", "recipient", "category"])
def test_unknown_asks_for_the_rows_that_have_none(api: Api, parameter: str):
    """An armed force that receives is an organisation, but no company."""

    def has(row: dict[str, Any]) -> bool:
        parties = [row["supplier_organisation"], row["recipient_organisation"]]
        return {
            "supplier": row["supplier"],
            "recipient": row["recipient"],
            "category": row["equipment"]["category"],
            "company": row["companies"] or any(party and "/companies/" in party["url"] for party in parties),
            "organisation": row["companies"] or any(parties),
        }[parameter]

    rows = api.rows("transfers/?page_size=500")
    none = [row["id"] for row in rows if not has(row)]
    assert api.ids(f"transfers/?{parameter}=unknown&page_size=500") == none


def test_a_question_about_years_says_how_many_undated_rows_it_leaves_out(api: Api):
    asked = api.json("transfers/?supplier=russia&year_from=2001&year_to=2021&page_size=500")
    undated = api.json("transfers/?supplier=russia&undated=only&page_size=500")
    assert asked["meta"]["left_out"]["undated"] == undated["count"] > 0
    both = api.json("transfers/?supplier=russia&year_from=2001&year_to=2021&undated=include&page_size=500")
    assert both["count"] == asked["count"] + undated["count"]


def test_a_question_about_values_says_how_many_rows_have_another_currency_or_none(api: Api):
    asked = api.json("transfers/?currency=USD&page_size=500")
    assert asked["meta"]["left_out"]["currency"] == api.json("transfers/")["count"] - asked["count"]
    assert all(row["value"]["currency"] == "USD" for row in asked["results"])


def test_fields_pick_keys_in_lists_and_records(api: Api):
    assert all(list(row) == ["id", "supplier"] for row in api.rows("transfers/?fields=supplier,id&page_size=500"))
    assert list(api.json("transfers/articles-t44/?fields=value, id")) == ["id", "value"]
    assert list(api.json("countries/myanmar/?fields=facts")) == ["facts"]


def test_a_change_of_anything_that_a_list_tells_of_moves_its_data_version(api: Api):
    """Equipment is named in transfers and may be in figures; the list of citations does not tell of it."""
    before = {name: api.json(f"{name}/?page_size=1")["meta"]["data_version"] for name in COLLECTIONS}
    values = {"summary": "Another summary."}
    actions.put(model=Equipment, public_id="ammunition", values=values, reason="A test.")
    after = {name: api.json(f"{name}/?page_size=1")["meta"]["data_version"] for name in COLLECTIONS}
    moved = {name for name in COLLECTIONS if before[name] != after[name]}
    assert {"transfers", "equipment", "figures"} <= moved


def test_a_draft_moves_no_data_version(api: Api):
    before = {name: api.json(f"{name}/?page_size=1")["meta"]["data_version"] for name in COLLECTIONS}
    values = {"name": "A draft", "summary": "Nobody sees it."}
    actions.put(model=Equipment, public_id="a-draft", values=values, reason="A test.")
    assert before == {name: api.json(f"{name}/?page_size=1")["meta"]["data_version"] for name in COLLECTIONS}


@pytest.mark.parametrize("collection", FACTS)
def test_a_list_of_facts_tells_the_licences_of_its_rows_and_no_others(api: Api, collection: str):
    """Of all pages; a dataset without a row that answers counts for nothing, nor does a draft."""
    register = copy(Dataset.objects.get(), "register", licence="Quote under a tenth", terms="quote")
    told = api.json(f"{collection}/?page_size=1")["results"][0]
    row = apps.get_model("armsdb", told["type"]).objects.get(public_id=told["id"])
    draft(row, "register-draft", dataset=register)
    assert api.json(f"{collection}/")["meta"]["licence"] == "CC BY 4.0"
    assert api.json(f"{collection}/?dataset=register")["meta"]["licence"] == ""
    copy(row, "register-1", dataset=register)
    assert api.json(f"{collection}/?page_size=1")["meta"]["licence"] == "CC BY 4.0; Quote under a tenth"
    assert api.json(f"{collection}/?dataset=register")["meta"]["licence"] == "Quote under a tenth"
    assert api.json(f"{collection}/?dataset=articles")["meta"]["licence"] == "CC BY 4.0"


def test_a_relation_tells_the_licences_of_what_it_tells_and_no_others(api: Api):
    register = copy(Dataset.objects.get(), "register", licence="Quote under a tenth", terms="quote")
    assert api.json("relations/russia/myanmar/")["meta"]["licence"] == "CC BY 4.0"
    copy(Transfer.objects.get(public_id="articles-t44"), "register-1", dataset=register)
    assert api.json("relations/russia/myanmar/")["meta"]["licence"] == "CC BY 4.0; Quote under a tenth"


def test_a_page_has_at_most_500_rows_and_can_have_as_many(api: Api):
    copies(Transfer.objects.get(public_id="articles-t44"), 3)
    assert len(api.rows("transfers/?page_size=500")) == Transfer.objects.published().count()
