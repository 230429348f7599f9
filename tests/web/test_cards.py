"""Cards: every published record has one, it says how sure the record is, and whoever has it is told so cheaply."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armsdb.models import Country, Transfer, kinds
from armsdb.web.cards import HEIGHT, WIDTH, card_of, svg_of
from tests.factories import transfer

from .crowds import SECRET, crowd


def test_a_card_is_as_large_as_its_page_says(seeded, client):
    page = client.get("/transfers/articles-t46/").content.decode()
    assert '<meta property="og:image" content="http://testserver/cards/transfer/articles-t46.png">' in page
    assert f'<meta property="og:image:width" content="{WIDTH}">' in page
    assert 'content="summary_large_image"' in page
    answer = client.get("/cards/transfer/articles-t46.png")
    assert (answer["Content-Type"], answer["Cross-Origin-Resource-Policy"]) == ("image/png", "cross-origin")
    size = tuple(int.from_bytes(answer.content[at : at + 4], "big") for at in (16, 20))
    assert size == (WIDTH, HEIGHT)
    assert len(answer.content) > 20_000, "it has words"


@pytest.mark.parametrize("kind", [kind for name, kind in kinds().items() if name not in ("citation", "deal")])
def test_a_record_of_every_kind_has_a_card_with_its_name(kind, seeded):
    """Guards the kinds that nobody thought of: one without numbers, one with a long name."""
    record = kind._default_manager.published().first()
    card = card_of(record)
    assert card.name == record.name
    assert card.kind
    assert "<svg" in svg_of(card, "arms.example.org")


def test_it_tells_how_sure_a_fact_is_and_who_stands_against_it(seeded):
    card = card_of(Transfer.objects.get(public_id="articles-t46"))
    assert (card.grade, card.reason) == ("disputed", "One party says so, another denies it.")
    assert [number for number, _words in card.numbers][:2] == ["1", "1"]
    assert "disputed" in svg_of(card, "arms.example.org")


def test_numbers_of_a_country_are_those_of_the_list(seeded, client):
    card = card_of(Country.objects.get(public_id="myanmar"))
    assert card.numbers[0][0] == str(client.get("/api/v1/transfers/?country=myanmar").json()["count"])
    assert sum(number for _grade, number in card.grades) == int(card.numbers[0][0])


def test_drafts_have_no_card(middle, client):
    crowd(middle, 1, 1, state="draft", word=SECRET)
    for kind in (Country, Transfer):
        draft = kind._default_manager.filter(state="draft")[0]
        assert client.get(f"/cards/{kind.TYPE}/{draft.public_id}.png").status_code == 404
    assert client.get("/cards/nothing/at-all.png").status_code == 404


@pytest.mark.parametrize("address", ["/cards/country/myanmar.png", "/explore/years.png?country=myanmar"])
def test_who_has_a_file_is_told_so_without_drawing(address, seeded, client):
    """Guards against a picture that is drawn anew, a second each, for every visitor of a page that shows it."""
    tag = client.get(address)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Access-Control-Allow-Origin"] == "*"
    assert len(captured) == 1
    assert client.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_what_is_refused_has_no_mark(seeded, client):
    """Guards against an error that is kept as if it were the picture."""
    assert "ETag" not in client.get("/explore/years.png?country=nowhere")


def test_a_change_that_readers_see_gives_a_new_mark(seeded, client):
    before = client.get("/cards/country/myanmar.png")["ETag"]
    transfer(delivered="1987")
    assert client.get("/cards/country/myanmar.png")["ETag"] != before
