"""Records as linked data: on pages as a block that no text can leave, at their addresses by name, in lists as files."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from armsdb import actions
from armsdb.exporters.linked import MEDIA_TYPE
from armsdb.lib.vocab import State, Terms
from armsdb.models import Citation, Transfer
from tests import factories
from tests.api.asking import COLLECTIONS

#: What each kind is in the words of schema.org.
TYPES = {
    "countries/myanmar": "Country",
    "companies/rosoboronexport": "Corporation",
    "people/min-aung-hlaing": "Person",
    "equipment/su-30": "Product",
    "transfers/articles-t44": "Claim",
    "figures/articles-f01": "Claim",
    "sanctions/articles-s01": "Claim",
    "events/articles-e11": "Claim",
    "sources/article-b": "AnalysisNewsArticle",
    "datasets/articles": "Dataset",
}
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def ask(path: str, accept: str = MEDIA_TYPE) -> Any:
    return Client(headers={"host": "localhost", "accept": accept}).get(path)


def block(path: str) -> Any:
    """The linked data of a page."""
    (found,) = _BLOCK.findall(ask(path, "text/html").content.decode())
    return json.loads(found)


@pytest.mark.parametrize(("place", "kind"), TYPES.items())
def test_a_page_and_its_address_tell_the_same(seeded: None, place: str, kind: str) -> None:
    told = block(f"/{place}/")
    answer = ask(f"/{place}/")
    assert answer["Content-Type"] == MEDIA_TYPE
    assert json.loads(answer.content) == told
    assert (told["@context"], told["@type"]) == ("https://schema.org", kind)
    assert told["@id"] == told["url"] == f"http://localhost/{place}/"
    assert all(value not in (None, "", []) for value in told.values())


def test_a_claim_tells_who_says_so_and_who_denies(seeded: None) -> None:
    """Guards against a claim that reads like a fact: no verdict of ours, and the other side beside it."""
    told = block("/transfers/articles-t46/")
    assert told["description"] == "Evidence: disputed. One party says so, another denies it."
    assert told["appearance"]
    assert [one["description"].partition(";")[0] for one in told["subjectOf"]] == ["denies"]
    assert {one["name"] for one in told["about"]} >= {"Myanmar", "Russia"}
    assert told["license"] == "CC BY 4.0"
    assert "Review" not in json.dumps(told)


def test_no_text_leaves_the_block(seeded: None) -> None:
    odd = "</script><script>alert(1)</script> & <!--\u2028"
    Transfer.objects.filter(public_id="articles-t44").update(comment=odd)
    page = ask("/transfers/articles-t44/", "text/html").content.decode()
    assert "</script><script>alert" not in page
    assert block("/transfers/articles-t44/")["abstract"] == odd


@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        ("*/*", 200, "text/html; charset=utf-8"),
        ("", 200, "text/html; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200, "text/html; charset=utf-8"),
        ("image/png", 200, "text/html; charset=utf-8"),
        (MEDIA_TYPE, 200, MEDIA_TYPE),
        (f"{MEDIA_TYPE};q=0.9, text/html;q=0.8", 200, MEDIA_TYPE),
        (f"text/html, {MEDIA_TYPE};q=0.9", 200, "text/html; charset=utf-8"),
        ("application/json", 303, None),
    ],
)
@pytest.mark.keeps_memory
def test_the_form_is_the_one_asked_for(seeded: None, accept: str, status: int, media_type: str | None) -> None:
    """Asked twice: the second time the page is remembered, and must not come for another form."""
    for _time in range(2):
        answer = ask("/countries/myanmar/", accept)
        assert answer.status_code == status
        assert "Accept" in answer["Vary"].split(", ")
        if media_type:
            assert answer["Content-Type"] == media_type
        else:
            assert answer["Location"] == "/api/v1/countries/myanmar/"


def test_who_was_renamed_or_withdrawn_answers_as_the_page(seeded: None) -> None:
    actions.withdraw(record=Transfer.objects.get(public_id="articles-t46"), reason="For a test.")
    assert ask("/transfers/articles-t46/").status_code == 410
    assert ask("/countries/Burma/")["Location"] == "/countries/myanmar/"
    assert ask("/countries/nowhere/").status_code == 404


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_list_is_a_graph_of_its_rows(seeded: None, collection: str) -> None:
    found = Client(headers={"host": "localhost"}).get(f"/api/v1/{collection}/?format=jsonld")
    graph = json.loads(found.getvalue())["@graph"]
    assert len(graph) == int(found["ArmsDB-Rows"]) > 0
    assert len({one["@id"] for one in graph}) == len(graph)


def test_a_list_without_rows_is_an_empty_graph(seeded: None) -> None:
    found = Client().get("/api/v1/transfers/?format=jsonld&q=zzznothing")
    assert json.loads(found.getvalue()) == {"@context": "https://schema.org", "@graph": []}


def test_drafts_and_what_may_not_be_passed_on_are_not_in_it(seeded: None) -> None:
    """Pages show rows of a closed dataset, and name its terms; files do not have them. Drafts are nowhere."""
    closed = factories.dataset("Closed register", terms=Terms.CLOSED, licence="All rights reserved")
    line = factories.transfer("Z1", dataset=closed, comment="zzclosed")
    Citation.objects.filter(public_id="articles-t44-c1").update(state=State.DRAFT, note="zzdraft")
    for collection in ("transfers", "citations"):
        body = Client().get(f"/api/v1/{collection}/?format=jsonld").getvalue()
        assert b"zzclosed" not in body
        assert b"zzdraft" not in body
    assert b"zzdraft" not in ask("/transfers/articles-t44/").content
    assert block(f"/transfers/{line.public_id}/")["license"] == "All rights reserved"
    assert "distribution" not in block(f"/datasets/{closed.public_id}/")


def test_lists_and_the_page_of_data_tell_what_they_are(seeded: None) -> None:
    told = block("/transfers/?supplier=russia")
    assert told["@type"] == "CollectionPage"
    assert told["mainEntity"]["numberOfItems"] == len(told["mainEntity"]["itemListElement"]) == 30
    catalog = block("/data/")
    assert (catalog["@type"], [one["@type"] for one in catalog["dataset"]]) == ("DataCatalog", ["Dataset"])
