"""What every page has around its contents: words for search engines, and a body that travels packed."""

import gzip

import pytest


@pytest.mark.parametrize("address", ["/", "/transfers/", "/search/", "/search/?q=burma", "/about/", "/about/design/"])
def test_a_page_says_in_a_sentence_what_it_holds(address, seeded, read):
    """Guards what search engines and shared links show of it."""
    assert len(read(address).meta["description"]) > 30


def test_an_answer_travels_packed_for_those_who_unpack_it(seeded, client):
    """Guards readers with a slow line: a country's page is a tenth of its size then."""
    plain = client.get("/countries/myanmar/")
    packed = client.get("/countries/myanmar/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) * 5 < len(plain.content)


def test_a_country_is_found_by_any_of_its_names(seeded, client):
    """Guards who types an address: filters and the page of two countries take every name, so does its own page."""
    answer = client.get("/countries/burma/")
    assert (answer.status_code, answer["Location"]) == (308, "/countries/myanmar/")
    assert client.get("/countries/mmr/")["Location"] == "/countries/myanmar/"
    assert client.get("/countries/nowhere/").status_code == 404


def test_a_page_that_is_not_there_says_why(seeded, client):
    """Guards a reader who went past the end of a list against being told that the address is mistyped."""
    answer = client.get("/transfers/?page=99")
    assert answer.status_code == 404
    assert "The list ends at page 2." in answer.content.decode()
