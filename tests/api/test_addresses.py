"""Ids and addresses that change lead on; what was withdrawn says why."""

import pytest

from armsdb import actions
from armsdb.models import Country, Event, Organisation, Transfer

from .asking import COLLECTIONS, ROOT, Api
from .builders import copy


def test_a_company_is_at_home_under_companies_and_others_under_organisations(api: Api):
    response = api.ask("organisations/rosoboronexport/?fields=id,name")
    assert response.status_code == 308
    assert response["Location"] == f"{ROOT}companies/rosoboronexport/?fields=id,name"
    response = api.ask("companies/al-jazeera/?fields=id")
    assert response.status_code == 308
    assert response["Location"] == f"{ROOT}organisations/al-jazeera/?fields=id"


def test_organisations_lists_all_and_companies_the_commercial_kinds(api: Api):
    organisations, companies = api.rows("organisations/?page_size=500"), api.rows("companies/?page_size=500")
    assert {row["kind"] for row in companies} <= {"company", "state-conglomerate", "plant"}
    commercial = [row for row in organisations if row["kind"] in {"company", "state-conglomerate", "plant"}]
    assert commercial == companies
    assert len(organisations) > len(companies)


def test_a_renamed_record_answers_at_its_old_address_with_308(api: Api):
    actions.rename(record=Country.objects.get(public_id="serbia"), public_id="republic-of-serbia", reason="A test.")
    response = api.ask("countries/serbia/?fields=id")
    assert response.status_code == 308
    assert response["Location"] == f"{ROOT}countries/republic-of-serbia/?fields=id"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert api.json("countries/republic-of-serbia/?fields=id") == {"id": "republic-of-serbia"}


def test_a_renamed_company_leads_on_from_both_collections(api: Api):
    company = Organisation.objects.get(public_id="uralvagonzavod")
    actions.rename(record=company, public_id="uvz", reason="A test.")
    for collection in ("companies", "organisations"):
        assert api.ask(f"{collection}/uralvagonzavod/")["Location"] == f"{ROOT}companies/uvz/"


def test_a_merged_record_leads_to_the_other_one(api: Api):
    twin = copy(Event.objects.get(public_id="articles-e11"), "articles-e99")
    actions.merge(record=twin, into=Event.objects.get(public_id="articles-e11"), reason="A test.")
    response = api.ask("events/articles-e99/")
    assert response.status_code == 308
    assert response["Location"] == f"{ROOT}events/articles-e11/"


def test_a_withdrawn_record_is_410_with_its_reason(api: Api):
    actions.withdraw(record=Transfer.objects.get(public_id="articles-t44"), reason="Entered twice.")
    assert api.problem("transfers/articles-t44/", 410)["detail"].endswith(": Entered twice.")
    assert "articles-t44" not in api.ids("transfers/?page_size=500&fields=id")
    assert api.json("transfers/articles-t45/")["returned_by"] == []


def test_the_citation_of_a_withdrawn_fact_is_gone_with_it(api: Api):
    actions.withdraw(record=Transfer.objects.get(public_id="articles-t44"), reason="Entered twice.")
    assert api.problem("citations/articles-t44-c1/", 410)["detail"].endswith(": Entered twice.")
    assert api.json("citations/?fact=articles-t45")["count"] >= 1


@pytest.mark.parametrize("path", ["transfers", "transfers/articles-t44", "relations/russia/myanmar", "search?q=tank"])
def test_an_address_without_its_last_slash_leads_to_the_one_with_it(api: Api, path: str):
    response = api.ask(path)
    assert response.status_code == 308
    name, mark, query = path.partition("?")
    assert response["Location"] == f"{ROOT}{name}/{mark}{query}"


def test_the_root_leads_to_every_collection(api: Api):
    root = api.json("")
    assert list(root["collections"]) == list(COLLECTIONS)
    for address in root["collections"].values():
        assert api.client.get(address).status_code == 200
