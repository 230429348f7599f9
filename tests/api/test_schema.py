"""The description of the API in OpenAPI: sound, complete, and true of every answer."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from drf_spectacular.renderers import OpenApiYamlRenderer
from jsonschema import Draft202012Validator, FormatChecker

from armsdb.api import schema
from armsdb.api.root import description

from .asking import COLLECTIONS, Api

SCHEMA = json.loads(json.dumps(description()))
OPERATIONS = {path: item["get"] for path, item in SCHEMA["paths"].items()}
EXAMPLES = sorted(path.stem for path in schema.EXAMPLES.glob("*.json"))


@cache
def validator(reference: str) -> Draft202012Validator:
    """A validator of one component."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{reference}", "components": SCHEMA["components"]},
        format_checker=FormatChecker(),
    )


def faults(reference: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(reference).iter_errors(value)]


def component(path: str) -> str:
    """The name of the component that an address answers with, when `fields` picks nothing."""
    answer = OPERATIONS[path]["responses"]["200"]["content"]["application/json"]["schema"]
    reference: str = answer.get("$ref") or answer["anyOf"][0]["$ref"]
    return reference.removeprefix("#/components/schemas/")


def test_the_description_is_valid_and_made_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert SCHEMA["openapi"].startswith("3.1")


def test_the_committed_description_is_what_the_software_says():
    """Guards the contract: whoever changes it sees so. After a change that is meant:
    `manage.py spectacular --file docs/openapi.yaml`."""
    committed = Path(settings.BASE_DIR, "docs", "openapi.yaml").read_text(encoding="utf-8")
    assert OpenApiYamlRenderer().render(SCHEMA, renderer_context={}).decode() == committed


def test_every_address_is_described():
    lists = {f"/api/v1/{collection}/" for collection in COLLECTIONS}
    details = {f"/api/v1/{collection}/{{id}}/" for collection in COLLECTIONS}
    others = {"", "search/", "suggest/", "changes/", "relations/{first}/{second}/"}
    others |= {"transfers/summary/", "transfers/facets/"}
    assert set(OPERATIONS) == lists | details | {f"/api/v1/{path}" for path in others}
    assert all(set(item) == {"get"} for item in SCHEMA["paths"].values())


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_list_and_every_record_is_as_described(api: Api, collection: str):
    answer = api.json(f"{collection}/?page_size=500")
    name = component(f"/api/v1/{collection}/{{id}}/")
    assert faults(component(f"/api/v1/{collection}/"), answer) == []
    for row in answer["results"]:
        assert faults(name, row) == []
    assert faults(name, api.json(answer["results"][0]["url"].partition("/api/v1/")[2])) == []


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("", ""),
        ("search/", "search/?q=burma"),
        ("suggest/", "suggest/?q=burm"),
        ("changes/", "changes/"),
        ("relations/{first}/{second}/", "relations/russia/myanmar/"),
        ("transfers/summary/", "transfers/summary/?group_by=year,supplier"),
    ],
)
def test_every_other_answer_is_as_described(api: Api, template: str, path: str):
    assert faults(component(f"/api/v1/{template}"), api.json(path)) == []


def test_picked_keys_are_as_described(api: Api):
    """The list allows records with some keys; a record with all of them is the first choice."""
    answer = api.json("transfers/?fields=id,value&page_size=500")
    assert faults("PaginatedTransferList", answer) == []
    assert faults("PickedTransfer", answer["results"][0]) == []
    assert faults("Transfer", answer["results"][0]) != []


def test_problems_are_as_described(api: Api):
    for path, status in (("transfers/?suplier=russia", 400), ("nothing/", 404), ("transfers/nobody/", 404)):
        assert faults("Problem", api.problem(path, status)) == []


def test_a_wrong_answer_would_be_noticed(api: Api):
    """The validator is strict where it matters: types, words of vocabularies, missing keys."""
    transfer = api.json("transfers/articles-t44/")
    for wrong in ({"nature": "gift"}, {"citations": None}, {"type": "figure"}, {"updated": 5}, {"supplier": "myanmar"}):
        assert faults("Transfer", transfer | wrong)
    assert faults("Transfer", {key: value for key, value in transfer.items() if key != "deal"})


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_as_described(name: str):
    names = {"root": "Root", "search": "Search", "relation": "Relation"}
    assert faults(names.get(name) or name.capitalize(), schema.example(name)) == []


@pytest.mark.parametrize("path", sorted(OPERATIONS))
def test_everything_about_an_address_is_told(path: str):
    """A summary, a description, an example of the answer, and of each parameter what it is, allows and looks like."""
    operation = OPERATIONS[path]
    assert operation["summary"]
    assert operation["description"]
    assert operation["responses"]["200"]["content"]["application/json"]["examples"]
    for parameter in operation["parameters"]:
        assert parameter["description"], parameter["name"]
        assert parameter["schema"]["type"], parameter["name"]
        assert parameter["examples"], parameter["name"]


@pytest.mark.parametrize("path", sorted(OPERATIONS))
def test_the_example_of_each_parameter_is_one_that_it_allows(path: str):
    for parameter in OPERATIONS[path]["parameters"]:
        for shown in parameter["examples"].values():
            Draft202012Validator(parameter["schema"]).validate(shown["value"])


@pytest.mark.parametrize("path", sorted(OPERATIONS))
def test_every_error_is_described_as_a_problem(path: str):
    responses = OPERATIONS[path]["responses"]
    expected = {"400", "404", "405", "406", "414", "429", "500", "503"} | ({"410"} if "{id}" in path else set())
    assert expected <= responses.keys()
    for status in expected:
        told = SCHEMA["components"]["responses"][responses[status]["$ref"].rpartition("/")[2]]
        assert told["description"]
        content = told["content"]["application/problem+json"]
        assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert [example["value"]["status"] for example in content["examples"].values()] == [int(status)]


def keys_of(name: str, found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in found.get("properties", {}).items():
        yield f"{name}.{key}", value
        yield from keys_of(f"{name}.{key}", value)


def test_every_key_has_a_description_and_a_type():
    bare = [
        place
        for name, found in SCHEMA["components"]["schemas"].items()
        for place, value in keys_of(name, found)
        if not (value.get("description") or place.endswith("List.results"))
        or not value.keys() & {"type", "$ref", "allOf", "oneOf", "anyOf", "const", "enum"}
    ]
    assert bare == []


def test_every_filter_is_a_parameter():
    told = {parameter["name"] for parameter in OPERATIONS["/api/v1/transfers/"]["parameters"]}
    controls = {"ordering", "page", "page_size", "fields", "format"}
    assert controls | {"supplier", "recipient", "country", "undated", "value_min", "currency", "q"} <= told


def test_the_description_is_served_as_json_and_as_yaml(api: Api):
    assert api.json("schema/")["info"]["title"] == "ArmsDB API"
    assert api.ask("schema/?format=yaml").content.startswith(b"openapi: 3.1")


def test_the_page_for_readers_keeps_to_the_content_security_policy(api: Api):
    """No script or style in the page itself, and nothing from another host."""
    response = api.ask("docs/", Accept="text/html")
    page = response.content.decode()
    assert response.status_code == 200
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "<style" not in page
    assert page.count("<script") == page.count('<script src="/') > 0
    assert page.count("<h1") == 1
    assert "const ui = SwaggerUIBundle" in api.ask("docs/?script=").content.decode()
