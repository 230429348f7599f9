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
