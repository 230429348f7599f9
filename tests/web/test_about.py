"""Pages about the site: what they promise is there, and what they offer works."""

import html
import re

import pytest
from django.test import Client, override_settings

from armsdb.filters import TransferFilterSet
from armsdb.lib.evidence import DOCUMENTS, RULE_VERSION
from armsdb.lib.vocab import Grade
from armsdb.models import Citation, Dataset

PAGES = {"/about/": "About and method", "/data/": "Data", "/api/": "API"}


@pytest.mark.parametrize("address", PAGES)
def test_each_has_its_own_title_and_one_heading(address, seeded, read):
    page = read(address)
    assert page.title == f"{PAGES[address]} · ArmsDB"
    assert [words for level, words in page.headings if level == "h1"] == [PAGES[address]]
    assert page.canonical == f"http://testserver{address}"
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("address", [*PAGES, "/"])
def test_none_needs_scripts_styles_of_its_own_or_a_cookie(address, seeded, client):
    answer = client.get(address)
    html = answer.content.decode()
    data = html.count('<script type="application/ld+json">')  # which no browser runs
    assert html.count("<script") - data == html.count('<script src="/static/js/')  # better with it, and whole without
    assert " style=" not in answer.content.decode()
    assert not answer.cookies


def test_the_addresses_that_the_foot_names_are_on_the_page(seeded, read):
    page = read("/about/")
    named = {href.partition("#")[2] for href, _words in page.links if href.startswith("/about/#")}
    assert {"glossary", "corrections", "accessibility"} <= named
    assert named <= set(page.ids)
    assert {href[1:] for href, _words in page.links if href.startswith("#")} <= set(page.ids) | {"main"}


def test_every_grade_and_the_version_of_its_rule_are_explained(seeded, read):
    page = read("/about/")
    assert f"version {RULE_VERSION} of the rule" in page.text
    for grade in Grade:
        assert f"#mark-{grade}" in page.html


@pytest.mark.parametrize("address", ["/", "/about/"])
def test_documented_is_said_to_rest_on_documents_that_may_only_be_quoted(address, seeded, read):
    """In the seed, every document that makes a grade is known through an article alone."""
    documents = Citation.objects.published().filter(basis__in=DOCUMENTS, stance="supports")
    assert documents.exists()
    assert not documents.filter(source__kind__in=["official-report", "customs-record"]).exists()
    (told,) = [block.text for block in read(address).blocks if block.text.startswith("documented")]
    assert "only quoted by an article" in told or "Quoted is often all it is" in told


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("corrections@arms.example.org", "mailto:corrections@arms.example.org"),
        ("https://arms.example.org/write", "https://arms.example.org/write"),
    ],
)
def test_a_contact_that_is_set_is_where_corrections_go(contact, href, db, read):
    with override_settings(SITE_CONTACT=contact):
        assert read("/about/").link(contact) == href


@pytest.mark.parametrize("contact", ["", "javascript:alert(1)"])
def test_without_a_contact_readers_turn_to_whoever_runs_the_copy(contact, db, read):
    with override_settings(SITE_CONTACT=contact):
        page = read("/about/")
    assert "whoever runs this copy" in page.text
    assert "javascript:" not in page.html


def test_the_data_page_names_every_dataset_with_its_licence(seeded, read):
    page = read("/data/")
    assert page.link("http://testserver/api/v1/") == "http://testserver/api/v1/"
    for dataset in Dataset.objects.published():
        assert page.link(dataset.name) == dataset.get_absolute_url()
        assert dataset.licence in page.text


def test_the_five_questions_work_as_they_stand(seeded, read, client):
    """Each curl line names this server and is quoted, so that a shell leaves it whole; each has an answer in
    the seed."""
    lines = [html.unescape(line) for line in re.findall(r"<code>(curl .*?)</code>", read("/api/").html)]
    assert len(lines) == 5
    for line in lines:
        address = re.fullmatch(r"curl 'http://testserver(/api/v1/[^']*)'", line)
        assert address, line
        answer = client.get(address[1])
        assert answer.status_code == 200, line
        body = answer.json()
        assert body.get("count", 1) > 0, line


def test_the_api_page_tells_the_parameters_that_there_are(seeded, read):
    page = read("/api/")
    for name in TransferFilterSet.base_filters:
        assert re.search(rf"\b{name}\b", page.text), name
    assert page.link("Every address, to read and to try") == "/api/v1/docs/"
    assert page.link("its description in OpenAPI 3.1") == "/api/v1/schema/"


def test_the_error_that_the_api_page_shows_is_the_one_that_is_given(seeded, read, client):
    answer = client.get("/api/v1/transfers/?suplier=russia")
    (told,) = [error["detail"] for error in answer.json()["errors"]]
    assert answer.json()["title"] in read("/api/").text
    assert told in read("/api/").text


@pytest.mark.parametrize("address", PAGES)
def test_each_is_only_read(address, db):
    """A client that comes without a token of any kind: the test client of the others would pass over it."""
    answer = Client(enforce_csrf_checks=True).post(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_request_that_is_refused_is_answered_with_a_page(db, read):
    page = read("/transfers/?q=%00", 400)
    assert page.headings[0] == ("h1", "This is not answered")
    assert "The address holds bytes that are no text." in page.text
    assert page.title == "Not answered (400) · ArmsDB"
    assert page.meta["robots"] == "noindex"


@pytest.mark.parametrize(
    "address",
    [
        "/countries/",
        "/countries/myanmar/",
        "/equipment/",
        "/equipment/mig-29/",
        "/organisations/",
        "/companies/rostec/",
    ],
)
def test_transfers_are_called_so_and_not_lines(address, seeded, read):
    """A newcomer does not know the word; it stays where a register's own lines are meant."""
    assert not re.search(r"\blines?\b", read(address).text, re.IGNORECASE)
