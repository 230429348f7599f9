"""Feeds: what changed last, of any question and about any entity, as readers of feeds understand it."""

import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from armsdb import actions
from armsdb.models import Country, Transfer
from armsdb.web.feeds import ENTITIES, LISTS, MOST
from tests import factories

ATOM = {"a": "http://www.w3.org/2005/Atom"}
REASON = "For a test."
ABOUT = ["countries/myanmar", "companies/rosoboronexport", "organisations/myanmar-armed-forces", "equipment/su-30"]
ABOUT.append("people/min-aung-hlaing")


def feed(path: str, client: Client | None = None) -> Any:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(path: str) -> list[str]:
    return [entry.text for entry in feed(path).findall("a:entry/a:title", ATOM)]


@pytest.mark.parametrize("section", LISTS)
def test_every_list_has_a_feed_that_its_page_names(seeded: None, section: str):
    page = Client().get(f"/{section}/").content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" href="/{section}/feed/">' in page
    root = feed(f"/{section}/feed/")
    entries = root.findall("a:entry", ATOM)
    assert 0 < len(entries) <= MOST
    moments = [entry.findtext("a:updated", "", ATOM) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert root.findtext("a:updated", "", ATOM) == moments[0]
    for entry in entries[:2]:
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert Client().get(link.get("href", "").replace("http://testserver", "")).status_code == 200


@pytest.mark.parametrize("path", ABOUT)
def test_an_entity_has_a_feed_of_the_facts_about_it_that_its_page_names(seeded: None, path: str):
    assert path.partition("/")[0] in ENTITIES
    assert f'href="/{path}/feed/"' in Client().get(f"/{path}/").content.decode()
    assert len(titles(f"/{path}/feed/")) > 1


def test_the_last_change_comes_first_and_a_draft_never(seeded: None):
    line = Transfer.objects.get(public_id="articles-t44")
    actions.put(model=Transfer, public_id=line.public_id, values={"comment": "Another."}, reason=REASON)
    factories.transfer("M1", published=False, comment="Nobody sees it.")
    for path in ("/transfers/feed/", "/countries/myanmar/feed/", "/equipment/tank-sights/feed/"):
        assert titles(path)[0] == line.name
    assert "Nobody" not in Client().get("/transfers/feed/").content.decode()


def test_a_feed_follows_a_question(seeded: None):
    """Disputed facts, for one."""
    disputed = titles("/transfers/feed/?evidence=disputed")
    assert sorted(disputed) == sorted(
        Transfer.objects.published().filter(evidence="disputed").values_list("name", flat=True)
    )
    page = Client().get("/transfers/?evidence=disputed&ordering=name&page_size=5").content.decode()
    assert 'href="/transfers/feed/?evidence=disputed"' in page


def test_an_entry_tells_how_the_fact_is_known(seeded: None):
    entry = feed("/transfers/feed/").find("a:entry", ATOM)
    assert entry is not None
    told = entry.findtext("a:summary", "", ATOM)
    assert told.split(":")[0] in {"Disputed", "Documented", "Corroborated", "Reported", "Alleged"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/transfers/feed/?suplier=x", 400),
        ("/transfers/feed/?ordering=name", 400),
        ("/transfers/feed/?page=2", 400),
        ("/transfers/feed/?country=atlantis", 400),
        ("/countries/myanmar/feed/?year_from=2001", 400),
        ("/countries/atlantis/feed/", 404),
        ("/organisations/rosoboronexport/feed/", 404),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(seeded: None, path: str, status: int):
    answer = Client().get(path)
    assert answer.status_code == status
    assert "<h1" in answer.content.decode()


def test_any_text_leaves_the_feed_well_formed(seeded: None):
    text = "<b>&amp;\u202e</b> ]]> {{ x }}"
    actions.put(model=Country, public_id="myanmar", values={"summary": text}, reason=REASON)
    assert text in [entry.text for entry in feed("/countries/feed/").findall("a:entry/a:summary", ATOM)]


def test_a_feed_that_did_not_change_is_304(seeded: None):
    first = Client().get("/transfers/feed/")
    assert Client(headers={"If-None-Match": first["ETag"]}).get("/transfers/feed/").status_code == 304
    actions.put(model=Transfer, public_id="articles-t44", values={"comment": "Another."}, reason=REASON)
    assert Client(headers={"If-None-Match": first["ETag"]}).get("/transfers/feed/").status_code == 200


def test_a_feed_takes_as_many_queries_for_one_entry_as_for_twenty(seeded: None, monkeypatch: Any):
    """The data version, the columns of transfers, which tests read anew, which changed last, and the rows."""
    counts = []
    for most in (1, 20):
        monkeypatch.setattr("armsdb.web.feeds.MOST", most)
        with CaptureQueriesContext(connection) as queries:
            assert len(titles("/transfers/feed/")) == most
        counts.append(len(queries))
    assert counts == [4, 4]


@pytest.mark.parametrize("sign", ["%01", "%EF%BF%BE", "%EF%BF%BF"])
def test_a_question_with_signs_that_are_no_text_is_told_without_them(seeded: None, sign: str):
    assert feed(f"/transfers/feed/?q=tank{sign}").findtext("a:title", "", ATOM)
    assert Client().get(f"/explore/years.png?q=rifle{sign}").status_code == 200
    assert Client().get(f"/transfers/?q={sign}").status_code == 400
