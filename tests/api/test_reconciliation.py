"""The Reconciliation API, version 0.2: what OpenRefine and its like ask, and what they are answered."""

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from armsdb.lib.vocab import State
from armsdb.models import Organisation

from .asking import Api
from .builders import draft
from .reconciliation_forms import faults

HERE = "http://testserver"
FORM = "application/x-www-form-urlencoded"


def valid(form: str, answer: Any) -> Any:
    """An answer, which has the form that the specification gives it."""
    assert faults(form, answer) == []
    return answer


def post(api: Api, **form: Any) -> Any:
    sent = urlencode({name: value if isinstance(value, str) else json.dumps(value) for name, value in form.items()})
    return api.client.post("/api/v1/reconcile/", sent, content_type=FORM)


def batch(api: Api, **queries: Any) -> Any:
    answer = post(api, queries=queries)
    assert answer.status_code == 200, answer.content
    return valid("reconciliation-result-batch", answer.json())


def one(api: Api, name: str | None, **more: Any) -> list[Any]:
    asked = more if name is None else {"query": name, **more}
    found: list[Any] = batch(api, q=asked)["q"]["result"]
    return found


def matched(found: list[Any]) -> list[str]:
    return [each["id"] for each in found if each["match"]]


def test_the_manifest_tells_what_there_is(api: Api):
    told = valid("manifest", api.json("reconcile/"))
    assert told["versions"] == ["0.2"]
    assert [kind["id"] for kind in told["defaultTypes"]] == [
        "country",
        "organisation",
        "company",
        "person",
        "equipment",
    ]
    for name in ("entity", "type", "property"):
        service = told["suggest"][name]
        assert api.client.get(service["service_url"].removeprefix(HERE) + service["service_path"]).status_code == 200
    for template in (told["view"]["url"], told["preview"]["url"]):
        for placed in ("country:myanmar", quote("country:myanmar", safe="")):
            assert api.client.get(template.removeprefix(HERE).replace("{{id}}", placed)).status_code in (200, 302)


def test_a_batch_is_answered_by_its_keys_with_get_and_with_post_alike(api: Api):
    queries = {
        "q0": {"query": "Бирма"},
        "q1": {"query": "Rosoboroneksport", "type": "company", "limit": 3},
        "": {"query": "?"},
    }
    answer = batch(api, **queries)
    assert list(answer) == ["q0", "q1", ""]
    assert answer == api.json(f"reconcile/?queries={quote(json.dumps(queries))}")
    assert answer["q0"]["result"][0]["id"] == "country:myanmar"
    assert answer[""] == {"result": []}
    first = answer["q1"]["result"][0]
    assert (first["id"], first["name"], first["match"]) == ("organisation:rosoboronexport", "Rosoboronexport", True)
    assert first["type"] == [{"id": "company", "name": "Company"}, {"id": "organisation", "name": "Organisation"}]
    assert "Rosoboroneksport" in first["description"]


@pytest.mark.parametrize(
    ("name", "type_", "meant"),
    [
        ("Uralvagonzavood", "company", "organisation:uralvagonzavod"),
        ("АО «Рособоронэкспорт»", "organisation", "organisation:rosoboronexport"),
        ("Putin, Vladimir", "person", "person:vladimir-putin"),
        ("Gen. Min Aung Hlaing", "person", "person:min-aung-hlaing"),
        ("Korea, North", "country", "country:north-korea"),
        ("su30", "equipment", "equipment:su-30"),
        ("PRK", "country", "country:north-korea"),
    ],
)
def test_other_scripts_orders_and_spellings_match(api: Api, name: str, type_: str, meant: str):
    assert matched(one(api, name, type=type_)) == [meant]


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Su-35", "equipment"),
        ("Korea", "country"),
        ("Dmitry Putin", "person"),
        ("Rosatom", "company"),
        ("Jones", "organisation"),
    ],
)
def test_what_is_only_like_a_name_is_no_match(api: Api, name: str, type_: str):
    assert matched(one(api, name, type=type_)) == []


@pytest.mark.parametrize("name", ["zeppelin", "", "?", "—", "n/a", "unknown", "JSC", "12", "Ltd.", "\u202e", "🚀"])
def test_a_name_that_is_nothing_matches_nothing(api: Api, name: str):
    assert matched(one(api, name)) == []


def test_a_score_is_explained(api: Api):
    (first,) = one(api, "Rosoboroneskport", type="company", properties=[{"pid": "country", "v": "RUS"}])
    told = {feature["id"]: feature["value"] for feature in first["features"]}
    assert told["typing_errors"] > 0
    assert told["name_is_safe"] is True
    assert told["property_country"] is True
    assert first["score"] == min(100, told["name_likeness"] + 5)


def test_properties_tell_records_apart(api: Api):
    found = one(api, "Rosoboronexport", properties=[{"pid": "country", "v": ["Myanmar", "Burma"]}])
    assert [each["match"] for each in found] == [False]
    assert found[0]["score"] == 75
    agreed = one(api, "Rosoboronexport", properties=[{"pid": "country", "v": {"id": "country:russia", "name": "x"}}])
    assert matched(agreed) == ["organisation:rosoboronexport"]
    kind = one(api, "Rosoboronexport", properties=[{"pid": "kind", "v": "news-outlet"}])
    assert matched(kind) == []


@pytest.mark.parametrize(
    ("pid", "value", "meant"),
    [("alpha-3", "mmr", "country:myanmar"), ("alpha-2", "BY", "country:belarus"), ("id", "su-30", "equipment:su-30")],
)
def test_what_identifies_needs_no_name(api: Api, pid: str, value: str, meant: str):
    assert matched(one(api, None, properties=[{"pid": pid, "v": value}])) == [meant]


def test_an_identifier_leads_to_its_record_with_and_without_its_scheme(api: Api):
    nikkei = Organisation.objects.get(public_id="nikkei")
    nikkei.identifiers.create(scheme="lei", value="5299000J2N45DDNE4Y28")
    for value in ("5299000J2N45DDNE4Y28", "lei:5299000j2n45ddne4y28".upper().replace("LEI", "lei")):
        found = one(api, "Nihon Keizai Shimbun", properties=[{"pid": "identifier", "v": value}])
        assert matched(found) == ["organisation:nikkei"]


def test_two_records_of_one_name_are_both_told_and_neither_matches(api: Api):
    twin = Organisation.objects.get(public_id="nikkei")
    twin.pk, twin.public_id, twin._state.adding = None, "nikkei-2", True
    twin.save()
    from armsdb import search

    search.index([twin])
    found = one(api, "Nikkei", type="organisation")
    assert {each["id"] for each in found} == {"organisation:nikkei", "organisation:nikkei-2"}
    assert matched(found) == []


def test_types_that_should_be_are_only_told_lower(api: Api):
    assert one(api, "Myanmar", type="person") == []
    (first, *_others) = one(api, "Myanmar", type=["person"], type_strict="should")
    assert (first["id"], first["score"], first["match"]) == ("country:myanmar", 90, False)
    assert matched(one(api, "Rostec", type=["organisation", "company"], type_strict="all")) == ["organisation:rostec"]
    assert one(api, "Nikkei", type=["organisation", "company"], type_strict="all") == []
    assert matched(one(api, "Rostec", type=["country", "company"], type_strict="any")) == ["organisation:rostec"]
    assert one(api, "Nikkei", type="company") == []


def test_no_more_candidates_than_are_wanted(api: Api):
    found = one(api, "Armed Forces")
    assert len(found) > 1
    assert one(api, "Armed Forces", limit=1) == found[:1]


def test_drafts_and_what_was_withdrawn_never_match(api: Api):
    record = Organisation.objects.get(public_id="nikkei")
    hidden = draft(record, "hidden-nikkei", name="Zarathustra Works")
    record.state, record.state_reason = State.WITHDRAWN, "A test."
    record.save()
    for name in ("Zarathustra Works", "Nikkei"):
        assert one(api, name) == []
    for pid in ("hidden-nikkei", "nikkei"):
        assert one(api, None, properties=[{"pid": "id", "v": pid}]) == []
        for place in ("view", "preview"):
            assert api.ask(f"reconcile/{place}/organisation:{pid}/").status_code == 404
    wanted = {"ids": [f"organisation:{hidden.public_id}"], "properties": [{"id": "name"}]}
    told = post(api, extend=wanted).json()
    assert told["rows"] == {"organisation:hidden-nikkei": {"name": []}}


def test_properties_of_records_extend_a_table(api: Api):
    wanted: dict[str, Any] = {
        "ids": ["organisation:rostec", "country:myanmar", "person:nobody", "x", "\u0007:\ud7ff"],
        "properties": [{"id": name} for name in ("id", "country", "alpha-3", "page", "other-names", "kind")],
    }
    told = valid("data-extension-response", post(api, extend=wanted).json())
    assert [each["id"] for each in told["meta"]] == [each["id"] for each in wanted["properties"]]
    rostec = told["rows"]["organisation:rostec"]
    assert rostec["country"] == [{"id": "country:russia", "name": "Russia"}]
    assert rostec["kind"] == [{"str": "state-conglomerate"}]
    assert told["rows"]["country:myanmar"]["alpha-3"] == [{"str": "MMR"}]
    assert {"str": "Бирма"} in told["rows"]["country:myanmar"]["other-names"]
    assert api.client.get(rostec["page"][0]["str"].removeprefix(HERE), follow=True).status_code == 200
    assert set(map(str, told["rows"]["person:nobody"].values())) == {"[]"}


def test_properties_are_proposed_for_a_type(api: Api):
    told = valid("properties", api.json("reconcile/properties/?type=equipment"))
    assert "category" in {each["id"] for each in told["properties"]}
    assert "alpha-3" not in {each["id"] for each in told["properties"]}
    assert len(api.json("reconcile/properties/?type=company&limit=2")["properties"]) == 2
    assert "country" in {each["id"] for each in api.json("reconcile/properties/?type=company")["properties"]}


def test_suggestions_as_somebody_types(api: Api):
    told = valid("suggest-entities-response", api.json("reconcile/suggest/entity/?prefix=rosob"))
    assert told["result"][0]["id"] == "organisation:rosoboronexport"
    assert told["result"][0]["notable"][0]["id"] == "company"
    everything = api.json("reconcile/suggest/entity/?prefix=m")["result"]
    assert api.json("reconcile/suggest/entity/?prefix=m&cursor=2")["result"] == everything[2:]
    assert api.json("reconcile/suggest/entity/?prefix=")["result"] == []
    types = valid("suggest-types-response", api.json("reconcile/suggest/type/?prefix=comp"))
    assert [kind["id"] for kind in types["result"]] == ["company"]
    assert len(api.json("reconcile/suggest/type/")["result"]) == 5
    properties = valid("suggest-properties-response", api.json("reconcile/suggest/property/?prefix=cat"))
    assert [each["id"] for each in properties["result"]] == ["category"]
    api.problem("reconcile/suggest/colour/", 404)
    assert api.problem("reconcile/suggest/entity/?prefix=m&cursor=-1", 400)["errors"][0]["parameter"] == "cursor"


def test_a_preview_may_stand_in_frames_of_other_sites_and_nothing_else_may(api: Api):
    answer = api.ask("reconcile/preview/country:myanmar/", Accept="text/html")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "Myanmar" in page
    assert "Бирма" in page
    assert "<script" not in page
    other = api.client.get("/countries/myanmar/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


def test_the_view_of_an_id_leads_to_its_page(api: Api):
    answer = api.ask("reconcile/view/organisation:rostec/")
    assert (answer.status_code, answer["Location"]) == (302, "/companies/rostec/")
    for entity in ("country:burma-x", "nothing", "ship:x", "country:"):
        api.problem(f"reconcile/view/{entity}/", 404)


BAD = [
    ("queries", "{", "queries", "no JSON"),
    ("queries", "[]", "queries", "JSON object"),
    ("queries", '{"q": 5}', "queries.q", "is an object"),
    ("queries", '{"q": {}}', "queries.q", "a name to look for"),
    ("queries", '{"q": {"query": 5}}', "queries.q", "a name to look for"),
    ("queries", '{"q": {"query": "a", "typo": 1}}', "queries.q", "no key"),
    ("queries", '{"q": {"query": "a", "type": "ship"}}', "queries.q.type", "not one of"),
    ("queries", '{"q": {"query": "a", "type": 5}}', "queries.q.type", "text"),
    ("queries", '{"q": {"query": "a", "type_strict": "never"}}', "queries.q.type_strict", "not one of"),
    ("queries", '{"q": {"query": "a", "limit": 0}}', "queries.q.limit", "whole number"),
    ("queries", '{"q": {"query": "a", "limit": 1.5}}', "queries.q.limit", "whole number"),
    ("queries", '{"q": {"query": "a", "limit": true}}', "queries.q.limit", "whole number"),
    ("queries", '{"q": {"query": "a", "limit": NaN}}', "queries", "no JSON"),
    (
        "queries",
        '{"q": {"query": "a", "properties": [{"pid": "colour", "v": "red"}]}}',
        "queries.q.properties",
        "colour",
    ),
    ("queries", '{"q": {"query": "a", "properties": [{"pid": "country"}]}}', "queries.q.properties", "pid"),
    (
        "queries",
        '{"q": {"query": "a", "properties": [{"pid": "country", "v": [null]}]}}',
        "queries.q.properties",
        "text",
    ),
    ("queries", '{"q": {"query": "a\\u0000"}}', "queries", "NUL"),
    ("queries", '{"q": {"query": "\\ud800"}}', "queries", "no JSON"),
    ("queries", '{"q": {"query": "' + "a" * 501 + '"}}', "queries.q", "500 characters"),
    ("queries", "[" * 5000, "queries", "no JSON"),
    ("queries", json.dumps({str(n): {"query": "a"} for n in range(51)}), "queries", "at most 50"),
    ("extend", "{}", "extend.ids", "list"),
    ("extend", '{"ids": ["a"], "properties": []}', "extend.properties", "list"),
    ("extend", '{"ids": ["a"], "properties": [{"id": "colour"}]}', "extend.properties", "colour"),
    (
        "extend",
        '{"ids": ["a"], "properties": [{"id": "name", "settings": {"limit": 1}}]}',
        "extend.properties",
        "settings",
    ),
    ("extend", '{"ids": ["a"], "properties": [{"id": "name"}], "x": 1}', "extend", "no key"),
    ("callback", "f", "callback", "Unknown parameter"),
]


@pytest.mark.parametrize(("parameter", "value", "named", "told"), BAD)
def test_what_is_not_understood_is_refused_with_a_sentence(api: Api, parameter: str, value: str, named: str, told: str):
    answer = post(api, **{parameter: value})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["parameter"] == named
    assert told in error["detail"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", FORM, 400),
        (b"queries=%ff", FORM, 400),
        (b"a=1&" * 20, FORM, 400),
        (b"queries=" + b"a" * 300_000, FORM, 413),
        (b"queries={}&queries={}", FORM, 400),
        (b"queries={}&extend={}", FORM, 400),
        (b"{}", "application/json", 415),
        (b"{}", "text/plain", 415),
    ],
)
def test_a_body_that_is_no_form_is_refused(api: Api, body: bytes, kind: str, status: int):
    answer = api.client.post("/api/v1/reconcile/", body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_only_this_address_takes_posts(api: Api):
    assert api.ask("reconcile/", "OPTIONS")["Access-Control-Allow-Methods"] == "GET, POST, HEAD, OPTIONS"
    for path in ("reconcile/properties/", "reconcile/suggest/entity/", "reconcile/preview/country:myanmar/", "search/"):
        api.problem(path, 405, "POST")
        assert "POST" not in api.ask(path, "POST")["Allow"]
    assert post(api, queries={"q": {"query": "Burma"}})["Access-Control-Allow-Origin"] == "*"


def test_a_name_takes_few_queries_and_a_batch_no_more_for_each(api: Api, django_assert_max_num_queries):
    """The names of candidates in two, the records of one type in three; of a misspelt one, the words in four more."""
    with django_assert_max_num_queries(8):
        one(api, "Burma", type="country")
    with django_assert_max_num_queries(14):
        one(api, "Uralvagonzavood", type="company")
    with django_assert_max_num_queries(20 * 8):
        batch(api, **{str(number): {"query": "Burma", "type": "country"} for number in range(20)})
