"""Suggestions while somebody types."""

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from tests import factories

from .asking import Api


def test_a_suggestion_names_a_record_and_why(api: Api):
    answer = api.json("suggest/?q=rosoboroneks")
    assert list(answer) == ["results"]
    assert answer["results"][0] == {
        "id": "rosoboronexport",
        "type": "organisation",
        "name": "Rosoboronexport",
        "url": "http://testserver/api/v1/companies/rosoboronexport/",
        "page": "http://testserver/companies/rosoboronexport/",
        "matched": "other-name",
        "matched_name": "Rosoboroneksport",
        "matched_kind": "transliteration",
    }


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("my", "myanmar"),
        ("бирм", "myanmar"),
        ("su3", "su-30"),
        ("СУ-3", "su-30"),
        ("ante", "almaz-antey"),
        ("hlaing", "min-aung-hlaing"),
        ('"tank si', "tank-sights"),
    ],
)
def test_what_is_begun_leads_to_the_record(api: Api, q: str, first: str):
    results = api.json(f"suggest/?q={q}")["results"]
    assert results[0]["id"] == first
    assert len(results) <= 10


def test_nothing_that_begins_so_is_no_fault(api: Api):
    assert api.json("suggest/?q=zeppelin") == {"results": []}


def test_every_suggestion_leads_to_its_record_at_once(api: Api):
    for letter in "mr":
        for one in api.json(f"suggest/?q={letter}")["results"]:
            for address in (one["url"], one["page"]):
                assert api.client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("query", "parameter", "told"),
    [
        ("", "q", "A suggestion needs a beginning"),
        ("q=", "q", "A suggestion needs a beginning"),
        ("q=%20", "q", "A suggestion needs a beginning"),
        ("q=***", "q", "at least one word"),
        ("q=%22%28%2A%25_%5C", "q", "at least one word"),
        ("q=-russia", "q", "at least one word"),
        ("q=" + "a" * 501, "q", "at most 500"),
        ("q=my&type=country", "type", "Unknown parameter"),
        ("q=my&q=bu", "q", "more than once"),
        ("q=my&page=2", "page", "Unknown parameter"),
    ],
)
def test_a_beginning_that_is_not_understood_is_refused_with_a_sentence(api: Api, query: str, parameter: str, told: str):
    (error,) = api.problem(f"suggest/?{query}", 400)["errors"]
    assert error["parameter"] == parameter
    assert told in error["detail"]


@pytest.mark.parametrize("q", ['a"', "tank*", "(a", "a AND", "NEAR(a", "100%", "a_", "a\\", "🚀 a", "\u202ea", "ﷺ"])
def test_signs_of_query_languages_are_only_text(api: Api, q: str):
    assert api.client.get("/api/v1/suggest/", {"q": q}).status_code == 200


def test_a_beginning_takes_two_queries(api: Api, django_assert_num_queries):
    """The data version; the names that begin so, with the kinds of the organisations among them."""
    for q in ("r", "rosob", "mig"):
        with django_assert_num_queries(2):
            assert api.json(f"suggest/?q={q}")["results"]


@pytest.mark.keeps_memory
def test_a_beginning_that_was_asked_before_takes_one_query(api: Api, django_assert_num_queries):
    """The data version alone; what is remembered is the same to the last header but for the id of the request."""
    first = api.client.get("/api/v1/suggest/?q=rosob")
    with django_assert_num_queries(1):
        again = api.client.get("/api/v1/suggest/?q=rosob")
    assert again.content == first.content
    told = [{name: value for name, value in one.headers.items() if name != "X-Request-ID"} for one in (first, again)]
    assert told[0] == told[1]
    assert {"ETag", "Link", "Vary", "Access-Control-Allow-Origin"} <= set(told[1])


@pytest.mark.keeps_memory
@pytest.mark.parametrize("first", ["br, gzip", "gzip", "", "gzip;q=0"])
def test_who_takes_an_answer_otherwise_packed_gets_it_so(api: Api, first: str):
    """Guards against what is remembered for one client being told to another that cannot read it."""
    for q, packed in (("r", ["br", "br", "gzip", None, None]), ("rosoboron", ["gzip", None, "gzip", None, None])):
        path = f"/api/v1/suggest/?q={q}"
        assert (len(api.client.get(path).content) > 500) == (q == "r")  # a short one is left to gzip
        api.client.get(path, headers={"accept-encoding": first})
        told = [
            api.client.get(path, headers={"accept-encoding": accepted}).headers.get("Content-Encoding")
            for accepted in ("br, gzip", "br", "gzip", "", "gzip;q=0")
        ]
        assert told == packed


@pytest.mark.keeps_memory
def test_what_was_asked_by_https_is_not_told_without_it(api: Api, settings):
    api.client.get("/api/v1/suggest/?q=r", secure=True)
    settings.SECURE_SSL_REDIRECT = True
    assert api.client.get("/api/v1/suggest/?q=r", secure=True).status_code == 200
    assert Client().get("/api/v1/suggest/?q=r").status_code == 301


@pytest.mark.keeps_memory
def test_what_is_told_from_memory_counts_by_its_route(api: Api):
    labels = {"route": "/api/v1/suggest/", "method": "GET", "status": "200"}
    for _time in range(2):
        before = REGISTRY.get_sample_value("armsdb_requests_total", labels) or 0
        api.client.get("/api/v1/suggest/?q=rosob")
        assert REGISTRY.get_sample_value("armsdb_requests_total", labels) == before + 1


@pytest.mark.keeps_memory
def test_a_name_that_came_is_suggested_at_once(api: Api):
    """Guards what is remembered against being told after anything changed."""
    assert api.json("suggest/?q=thirdl")["results"] == []
    factories.country("Thirdland")
    assert [one["name"] for one in api.json("suggest/?q=thirdl")["results"]] == ["Thirdland"]


@pytest.mark.keeps_memory
@pytest.mark.parametrize("query", ["q=", "q=my&kind=country"])
def test_a_fault_is_not_remembered_as_an_answer(api: Api, query: str):
    told = [api.client.get(f"/api/v1/suggest/?{query}") for _time in range(2)]
    assert [one.status_code for one in told] == [400, 400]
    assert told[0].json()["errors"] == told[1].json()["errors"]
