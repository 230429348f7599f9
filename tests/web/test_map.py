"""The map: its numbers are those of the facets, each side that is asked for stands alone, and it is light."""

import gzip
import json
from collections import Counter

import pytest


@pytest.fixture
def rows(client):
    def found(query):
        answer = client.get(f"/explore/map.json?{query}")
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)["rows"]

    return found


@pytest.mark.parametrize("query", ["", "category=combat-aircraft", "year_from=1985&year_to=2021", "evidence=disputed"])
def test_both_sides_have_the_numbers_of_the_facets(query, registers, db, client, rows):
    found: Counter[tuple] = Counter()
    for row in rows(query):
        found[row["side"], row["country"]] += row["transfers"]
    facets = client.get(f"/api/v1/transfers/facets/?{query}").json()["facets"]
    told = {(side, row["value"]): row["count"] for side in ("supplier", "recipient") for row in facets[side]}
    assert found == told


def test_of_one_country_both_ways_are_drawn(seeded, read, rows):
    """Guards against transfers of a country that seem to come from itself."""
    page = read("/explore/map/?country=burma")
    assert "Where those came from that Myanmar received" in page.text
    assert "Where those went that Myanmar supplied" in page.text
    assert 'class="here"' in page.html
    suppliers = {row["country"] for row in rows("country=myanmar") if row["side"] == "supplier"}
    assert "russia" in suppliers
    assert "myanmar" not in suppliers


@pytest.mark.parametrize(
    ("query", "sides"),
    [
        ("supplier=russia", {"recipient"}),
        ("recipient=myanmar", {"supplier"}),
        ("supplier=russia&recipient=myanmar", {"supplier", "recipient"}),
    ],
)
def test_of_a_side_that_is_asked_for_the_other_is_drawn(query, sides, seeded, rows):
    assert {row["side"] for row in rows(query)} == sides


def test_what_no_country_is_told_for_is_said(seeded, read):
    page = read("/explore/map/?recipient=myanmar")
    assert "tells no country" in page.text or "tell no country" in page.text


def test_a_former_state_has_a_square(registers, db, read):
    page = read("/explore/map/?dataset=sipri-16")
    assert "a state that is no more, or was not recognised by most, at its capital" in page.text


def test_shapes_come_once_and_the_page_is_light(registers, db, client):
    """Guards phones: a map may take 500 kB on the wire with all that belongs to it, the page itself far less."""
    answer = client.get("/explore/map/")
    assert answer.content.count(b'id="world-RU"') == 1
    assert answer.content.count(b'href="#world-RU"') >= 4
    assert len(gzip.compress(answer.content)) < 80_000
    assert b"world-RU" not in client.get("/explore/years/").content
