"""What went wrong is told in one shape, whatever the cause."""

from typing import Any

import pytest
from django.db import OperationalError
from rest_framework.exceptions import Throttled

from armsdb.api.base import RecordViewSet
from armsdb.api.errors import handle, problem_response
from armsdb.filters import Problem

from .asking import COLLECTIONS, Api

WRITES = ("POST", "PUT", "PATCH", "DELETE", "MOVE")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("suplier=russia", "suplier"),
        ("supplier=atlantis", "supplier"),
        ("nature=gift", "nature"),
        ("evidence=", None),
        ("undated=perhaps", "undated"),
        ("year_from=abc", "year_from"),
        ("year_from=1_999", "year_from"),
        ("year_from=%2B2020", "year_from"),
        ("year_from=2020.0", "year_from"),
        ("year_from=%D9%A2%D9%A0%D9%A2%D9%A0", "year_from"),
        ("year_from=99999999999", "year_from"),
        ("year_from=2005&year_to=2001", "year_from"),
        ("value_min=nan&currency=USD", "value_min"),
        ("value_min=1e400&currency=USD", "value_min"),
        ("value_min=5", "currency"),
        ("ordering=password", "ordering"),
        ("ordering=relevance", "ordering"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1e18", "page"),
        ("page=abc", "page"),
        ("page=%D9%A1", "page"),
        ("page=1&page=2", "page"),
        ("page_size=0", "page_size"),
        ("page_size=501", "page_size"),
        ("page_size=100000", "page_size"),
        ("fields=id,password", "fields"),
        ("fields=,", "fields"),
        ("format=xml", "format"),
        ("q=" + "a" * 501, "q"),
        ("q=-tanks", "q"),
    ],
)
def test_a_question_that_is_not_understood_names_its_parameter(api: Api, query: str, parameter: str | None):
    """None is for a value that is empty: it asks nothing."""
    if parameter is None:
        assert api.json(f"transfers/?{query}")["count"] == api.json("transfers/")["count"]
    else:
        problem = api.problem(f"transfers/?{query}", 400)
        assert parameter in [error["parameter"] for error in problem["errors"]]


def test_a_misspelt_parameter_is_corrected_and_the_allowed_ones_are_named(api: Api):
    problem = api.problem("transfers/?suplier=russia", 400)
    assert problem["errors"] == [{"parameter": "suplier", "detail": "Unknown parameter. Did you mean supplier?"}]
    assert "supplier, recipient" in problem["detail"]


def test_a_field_that_is_not_there_is_named_with_those_that_are(api: Api):
    for path in ("transfers/?fields=id,suplier", "transfers/articles-t44/?fields=id,suplier"):
        detail = api.problem(path, 400)["errors"][0]["detail"]
        assert "“suplier”" in detail
        assert "Did you mean supplier?" in detail
        assert "id, type, name" in detail


def test_all_problems_of_a_question_are_told_at_once(api: Api):
    problem = api.problem("transfers/?suplier=russia&page=0&fields=x&ordering=y&year_from=z", 400)
    told = {error["parameter"] for error in problem["errors"]}
    assert told == {"suplier", "page", "fields", "ordering", "year_from"}


@pytest.mark.parametrize("path", ["", "transfers/articles-t44/", "relations/russia/myanmar/", "schema/"])
def test_other_answers_are_strict_as_well(api: Api, path: str):
    assert api.problem(f"{path}?suplier=russia", 400)["errors"][0]["parameter"] == "suplier"
    assert api.problem(f"{path}?format=xml", 400)["errors"][0]["parameter"] == "format"


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "nothing/",
        "transfer/articles-t44/",
        "transfers/articles-t44/citations/",
        "transfers//articles-t44/",
        "//example.org/",
        "%2F%2Fexample.org/",
        "transfers/nobody/",
        "transfers/../people/",
        "countries/Myanmar/",
        "transfers/?page=3&page_size=500",
        "transfers/?page=999999999",
        "relations/russia/atlantis/",
        "relations/russia/russia/",
        "relations/russia/",
    ],
)
def test_what_is_not_there_is_404_and_its_address_is_not_repeated(api: Api, path: str):
    problem = api.problem(path, 404)
    assert "example.org" not in str(problem)
    assert "atlantis" not in str(problem)


def test_unknown_addresses_outside_the_version_are_problems_too(api: Api):
    response = api.client.get("/api/v2/transfers/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["", "transfers/", "transfers/articles-t44/", "search/?q=tank", "relations/russia/myanmar/"]
)
@pytest.mark.parametrize("method", WRITES)
def test_nothing_is_written_through_the_api(api: Api, path: str, method: str):
    """Whoever asks, without a token of any kind, and with what is offered in Allow."""
    response = api.ask(path, method)
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    api.problem(path, 405, method)


def test_trace_is_refused_everywhere(api: Api):
    for path in ("", "transfers/", "nothing/"):
        assert api.ask(path, "TRACE")["Allow"] == "GET, HEAD, OPTIONS"
        api.problem(path, 405, "TRACE")


@pytest.mark.parametrize("accept", ["image/png", "text/html", "application/xml", "garbage"])
def test_a_format_that_is_not_offered_is_406(api: Api, accept: str):
    for path in ("", "transfers/", "transfers/articles-t44/", "search/?q=tank"):
        api.problem(path, 406, Accept=accept)


@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8"])
def test_json_is_what_everybody_else_gets(api: Api, accept: str):
    """The last one is a browser's: it takes anything."""
    response = api.ask("transfers/", Accept=accept)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


def test_a_long_address_is_414(api: Api):
    api.problem("transfers/?q=" + "a" * 9000, 414)


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", "supplier=%ed%a0%80", "%00=1", "&".join(["q=1"] * 1000)])
def test_bytes_that_are_no_text_and_endless_questions_are_400(api: Api, query: str):
    api.problem(f"transfers/?{query}", 400)


@pytest.mark.parametrize("path", ["transfers/%00/", "transfers/%ff/", "countries/%ed%a0%80/"])
def test_ids_that_are_no_text_are_refused(api: Api, path: str):
    response = api.ask(path)
    assert response.status_code in {400, 404}
    assert response["Content-Type"] == "application/problem+json"


def test_a_database_that_does_not_answer_is_503_and_says_when_to_ask_again(api: Api, monkeypatch: Any):
    def fail(self: Any) -> None:
        raise OperationalError("password authentication failed for user secret")

    monkeypatch.setattr(RecordViewSet, "rows", fail)
    problem = api.problem("transfers/", 503)
    assert "secret" not in str(problem)
    assert int(api.ask("transfers/")["Retry-After"]) > 0


def test_a_fault_of_ours_is_500_without_details(api: Api, monkeypatch: Any):
    def fail(self: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(RecordViewSet, "rows", fail)
    assert "secret" not in str(api.problem("transfers/", 500))


def test_a_client_that_asks_too_much_is_told_when_to_come_back():
    response = handle(Throttled(wait=20), {})
    assert response is not None
    assert response.status_code == 429
    assert response["Retry-After"] == "20"
    assert response["Content-Type"] == "application/problem+json"


def test_a_problem_can_be_made_without_a_view():
    """Middleware and the handlers of Django answer in the same shape."""
    response = problem_response(400, "No.", [Problem("q", "Too long.")], {"Retry-After": "1"})
    assert response.status_code == 400
    assert response["Retry-After"] == "1"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert b'"errors": [{"parameter": "q", "detail": "Too long."}]' in response.content


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_head_is_get_without_the_body(api: Api, collection: str):
    response = api.ask(f"{collection}/", "HEAD")
    assert response.status_code == 200
    assert response.content == b""
    assert response["Content-Type"] == "application/json"


def test_options_tell_what_is_offered_to_pages_of_other_sites(api: Api):
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    for path in ("", "transfers/", "transfers/articles-t44/", "search/", "relations/russia/myanmar/"):
        response = api.ask(path, "OPTIONS", **headers)
        assert response.status_code == 200
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["", "transfers/", "nothing/", "countries/burma-x/", "companies/", "schema/"])
def test_every_answer_is_open_to_other_sites_without_credentials(api: Api, path: str):
    response = api.ask(path, Origin="https://elsewhere.example")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Accept" in response["Vary"]
    assert not response.cookies
