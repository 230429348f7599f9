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


@pytest.mark.keeps_memory
@pytest.mark.parametrize("address", ["/", "/countries/myanmar/", "/explore/flows/", "/relations/russia/myanmar/"])
def test_a_page_that_is_remembered_is_the_same_packed_or_not(address, seeded, client):
    """Guards whoever takes no packed answers, or the first who asks, against another page than all others get."""
    heads = [{"accept-encoding": "gzip"}, {}, {"accept-encoding": "gzip"}, {"accept-encoding": "identity"}]
    answers = [client.get(address, headers=one) for one in heads]
    whole = [gzip.decompress(one.content) if one.get("Content-Encoding") == "gzip" else one.content for one in answers]
    assert [one.get("Content-Encoding") for one in answers] == ["gzip", None, "gzip", None]
    assert len(set(whole)) == 1
    assert b"</html>" in whole[0]
    assert all("Accept-Encoding" in one["Vary"] and int(one["Content-Length"]) == len(one.content) for one in answers)


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity, gzip;q=0.0", "x-gzip", "br"])
@pytest.mark.parametrize("address", ["/", "/about/", "/api/v1/datasets/"])
def test_who_refuses_gzip_gets_none(address, accepted, seeded, client):
    """Guards clients that say so since they cannot unpack it."""
    answer = client.get(address, headers={"accept-encoding": accepted})
    assert answer.get("Content-Encoding") in (None, "br")
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.keeps_memory
def test_only_the_very_address_is_remembered(seeded, client):
    """Guards what an address answers against what others asked before: paths are not put in order."""
    assert client.get("/countries/").status_code == 200
    assert client.get("/countries/./").status_code == 404
    assert client.get("/relations/../countries/").status_code == 404


@pytest.mark.keeps_memory
def test_an_answer_without_a_page_is_not_packed(seeded, client):
    """Guards readers who are led on, first and later, against a body that is none."""
    for _time in range(2):
        answer = client.get("/countries/burma/", headers={"accept-encoding": "gzip"})
        assert (answer.status_code, answer.content, "Content-Encoding" in answer) == (308, b"", False)


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
