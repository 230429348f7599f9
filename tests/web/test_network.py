"""The network: every published link and no other, each with the facts behind it, growing by links to follow."""

import json
from collections import Counter
from typing import Any

import pytest
from django.http import QueryDict

from armsdb.filters import networks
from armsdb.models import Ownership, Role, Sanction, Transfer
from armsdb.web.pictures import NETWORK

from .crowds import SECRET, crowd


@pytest.fixture
def links(client):
    """The links of a network, as data."""

    def rows(query):
        answer = client.get(f"/explore/network.json?{query}")
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)["rows"]

    return rows


def test_transfers_are_those_of_the_list(registers, client, links):
    """Guards against a line that stands for other transfers than those it leads to."""
    found: Counter[tuple] = Counter()
    for row in links("around=myanmar"):
        if row["link"] == "transfers":
            found[row["source"], row["target"], row["dataset"]] += row["number"]
    assert len(found) > 10
    for (source, target, dataset), number in found.items():
        sides = f"supplier={source.partition(':')[2]}&recipient={target.partition(':')[2]}"
        assert client.get(f"/api/v1/transfers/?dataset={dataset}&{sides}").json()["count"] == number
    assert {row["target"] for row in links("around=myanmar") if row["link"] == "transfers"} > {"country:myanmar"}


def test_parts_are_those_of_the_list(seeded, client, links):
    """Guards against a transfer that counts twice because it names a company in two roles."""
    found: Counter[tuple] = Counter()
    for row in links("around=rosoboronexport"):
        if row["link"] == "part":
            found[row["side"], row["target"].partition(":")[2]] += row["number"]
    assert found
    for (side, country), number in found.items():
        address = f"/api/v1/transfers/?organisation=rosoboronexport&{side}={country}"
        assert client.get(address).json()["count"] == number


def test_facts_of_every_kind_are_there_each_in_one_click(seeded, read, links):
    """Guards against a link without its passages; and against links of unpublished facts."""
    told = links("around=organisation:myanmar-air-force")
    sanctions = Sanction.objects.published().filter(target_rows__organisation__public_id="myanmar-air-force")
    named = {fact.public_id for fact in sanctions if fact.imposer_rows.exists()}
    assert {row["fact"] for row in told if row["link"] == "sanctions"} == named
    page = read("/explore/network/?around=organisation:myanmar-air-force")
    assert {f"/sanctions/{public_id}/" for public_id in named} <= {href for href, _words in page.links}
    owned, post = Ownership.objects.published()[0], Role.objects.published().exclude(person=None)[0]
    ends: list[tuple[str, Any, Any]] = [("owns", owned, owned.child), ("post", post, post.person)]
    for kind, fact, end in ends:
        rows = links(f"around={end.TYPE}:{end.public_id}")
        assert fact.public_id in {row["fact"] for row in rows if row["link"] == kind}


def test_it_grows_by_links_and_each_leads_back(seeded, read):
    """Guards readers without JavaScript: a click adds to the middle, the address says who is there."""
    page = read("/explore/network/?around=myanmar")
    added = "/explore/network/?around=country%3Amyanmar&around=country%3Arussia"
    assert (added, "add Russia to the middle") in page.links
    both = read("/explore/network/?around=country:myanmar&around=country:russia")
    assert "Links of Myanmar and Russia: " in both.text
    assert "Between those in the middle" in both.text
    assert ("/explore/network/?around=country%3Arussia", "around it: Russia alone") in page.links
    assert any(href.startswith("/explore/network/?around=country%3Achina") for href, _words in both.links)


def test_names_of_any_kind_are_understood_and_others_refused_in_a_sentence(seeded, read, client):
    assert "Links of Myanmar: " in read("/explore/network/?around=Burma").text
    assert "Links of Min Aung Hlaing: " in read("/explore/network/?around=person:min-aung-hlaing").text
    assert "There is no country, organisation or person" in read("/explore/network/?around=nowhere", status=400).text
    six = "&".join(f"around={name}" for name in ("russia", "china", "india", "japan", "israel", "myanmar"))
    assert "At most five stand in the middle, not 6." in read(f"/explore/network/?{six}", status=400).text
    assert client.get("/explore/network.csv?evidence=reported").status_code == 400


def test_pages_of_records_lead_to_their_network(seeded, read):
    for page, around in (
        ("/countries/myanmar/", "country:myanmar"),
        ("/people/min-aung-hlaing/", "person:min-aung-hlaing"),
    ):
        address = f"/explore/network/?around={around}"
        assert address in {href for href, _words in read(page).links}
        read(address)


def test_without_anybody_it_offers_some(seeded, read):
    page = read("/explore/network/")
    assert "Name whom to draw it around" in page.text
    assert ("/explore/network/?around=country%3Amyanmar", "Myanmar") in page.links


def test_filters_narrow_transfers_alone(seeded, links):
    all_of_them, disputed = links("around=myanmar"), links("around=myanmar&evidence=disputed")
    assert {row["evidence"] for row in disputed if row["link"] in ("transfers", "part")} <= {"disputed"}
    others = [row for row in all_of_them if row["link"] not in ("transfers", "part")]
    assert others == [row for row in disputed if row["link"] not in ("transfers", "part")]


def test_what_has_no_link_is_told(seeded, read):
    page = read("/explore/network/?around=myanmar")
    assert "tells no country at the other end" in page.text or "tell no country at the other end" in page.text
    assert "that name nobody at the other end: " in page.text


def test_drafts_have_no_links(middle, client):
    crowd(middle, 1, 2)
    crowd(middle, 3, 3, state="draft", word=SECRET)
    for around in ("country:hubland", "organisation:hub-works", "person:hub-person"):
        for form in ("/?", ".json?", ".svg?"):
            body = client.get(f"/explore/network{form}around={around}").content.decode()
            assert "Crowd 1" in body
            assert SECRET.casefold() not in body.casefold()


def test_it_needs_as_many_queries_for_twenty_links_as_for_one(middle, queries):
    """
    1 the data version, 2 the record by its id, 3 itself, 4 to 6 ownerships (none of a country), roles, sanctions with
    their passages and parties, the columns of transfers, the names of countries, four of parts, organisations,
    countries and datasets.
    """
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        needed.append(
            [queries(f"/explore/network/?around={one}") for one in ("country:hubland", "organisation:hub-works")]
        )
    assert needed[0] == needed[1]
    assert max(needed[1]) <= 30


def test_many_organisations_are_told_to_be_left_out(seeded, monkeypatch):
    """Guards against a network that silently has the first ones alone."""
    monkeypatch.setattr(networks, "MOST_COMPANIES", 2)
    question = NETWORK.asked(QueryDict("around=myanmar"))
    assert not question.problems
    network = networks.read(question)
    parts = {link.source for link in network.links if link.kind == "part"}
    assert (len(parts), network.unread["part"] > 3) == (2, True)
    assert "more are not read." in " ".join(NETWORK.drawn(question, site="").left_out)


def test_rows_that_the_page_has_no_room_for_are_counted(seeded, read, monkeypatch):
    """Guards against pages of megabytes around a country that thousands are linked with."""
    assert "more stand in the files." not in read("/explore/network/?around=russia").text
    monkeypatch.setattr("armsdb.web.pictures.network.ROWS", 2)
    assert "more stand in the files." in read("/explore/network/?around=russia").text


def test_every_transfer_of_a_country_is_drawn_or_counted(seeded, links):
    """Guards against transfers between the lines: those without a country at the other end are told in a number."""
    question = NETWORK.asked(QueryDict("around=myanmar"))
    assert not question.problems
    network = networks.read(question)
    linked = sum(link.number for link in network.links if link.kind == "transfers")
    mine = Transfer.objects.published().filter(supplier__public_id="myanmar") | Transfer.objects.published().filter(
        recipient__public_id="myanmar"
    )
    assert linked + network.unknown + network.own == mine.distinct().count()
