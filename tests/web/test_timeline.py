"""The line of time: the transfers of its question and no others, what happened beside them, and what is not drawn."""

import json

import pytest

from armsdb.filters import timelines
from armsdb.models import Dataset, Event, Sanction, Transfer

from .crowds import SECRET, crowd

BOTH = "supplier=russia&supplier=myanmar&recipient=russia&recipient=myanmar"


@pytest.fixture
def rows(client):
    """The rows of the line of time of a question, as data."""

    def found(query):
        answer = client.get(f"/explore/timeline.json?{query}")
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)["rows"]

    return found


def lines_in(rows):
    return [row for row in rows if row["transfers"]]


def test_one_country_has_its_transfers_both_ways_its_sanctions_and_its_events(seeded, read, rows):
    page = read("/explore/timeline/?country=myanmar")
    for words in ("Received by Myanmar", "Supplied by Myanmar", "Visits and meetings", "Sanctions", "Other events"):
        assert words in page.text
    myanmar = Transfer.objects.published().filter(recipient__public_id="myanmar")
    told = rows("country=myanmar")
    received = [row for row in lines_in(told) if row["part"] == "Received by Myanmar"]
    assert len(received) == myanmar.dated().count()
    events = Event.objects.published().filter(place_country__public_id="myanmar")
    assert {row["name"] for row in told} >= set(events.values_list("name", flat=True))
    assert {"event", "sanction"} <= {row["part"] for row in told}


def test_two_countries_have_what_went_between_them_alone(seeded, read, rows):
    """Guards against lines of a third country, and against sanctions that concern neither."""
    ways = {row["part"] for row in lines_in(rows(BOTH))}
    assert ways == {"Russia to Myanmar", "Myanmar to Russia"}
    between = Transfer.objects.published().filter(supplier__public_id="russia", recipient__public_id="myanmar").dated()
    assert sum(row["part"] == "Russia to Myanmar" for row in lines_in(rows(BOTH))) == between.count()
    assert "Coup of February 2021 in Myanmar" in read(f"/explore/timeline/?{BOTH}").text


def test_many_transfers_are_counted_and_told_to_be(seeded, read, rows, monkeypatch):
    """Guards against a hairball; and against two numbers of the same transfers."""
    one_by_one = lines_in(rows("country=myanmar"))
    monkeypatch.setattr(timelines, "FEW", 5)
    counted = lines_in(rows("country=myanmar"))
    dated = [row for row in counted if row["date"]]
    assert sum(row["transfers"] for row in dated) == len(one_by_one)
    assert not any(row["name"] for row in counted)
    page = read("/explore/timeline/?country=myanmar")
    assert "so they are counted by year and not drawn one by one." in page.text
    assert "The numbers as a table" in page.text


def test_filters_narrow_transfers_and_years_narrow_all(seeded, rows):
    alleged = rows("country=myanmar&evidence=alleged")
    assert {row["evidence"] for row in lines_in(alleged)} == {"alleged"}
    assert len(alleged) - len(lines_in(alleged)) == len(
        [row for row in rows("country=myanmar") if not row["transfers"]]
    )
    assert {row["date"] for row in rows("country=myanmar&year_from=2021&year_to=2021") if row["part"] == "event"} <= {
        row["date"] for row in rows("country=myanmar") if row["date"] and ("2021" in row["date"] or "/" in row["date"])
    }


def test_a_side_that_is_asked_for_is_the_only_way(seeded, rows):
    assert {row["part"] for row in lines_in(rows("recipient=myanmar"))} == {"Received by Myanmar"}
    assert {row["part"] for row in lines_in(rows("recipient=myanmar&country=russia&supplier=russia"))} == {
        "Russia to Myanmar"
    }


def test_what_has_no_date_is_told(seeded, read):
    page = read("/explore/timeline/?country=myanmar")
    undated = Transfer.objects.published().undated().filter(recipient__public_id="myanmar").count()
    undated += Transfer.objects.published().undated().filter(supplier__public_id="myanmar").count()
    assert f"{undated} transfers have no date and are not drawn." in page.text


def test_without_a_country_some_are_offered(seeded, read, client):
    page = read("/explore/timeline/")
    assert page.link("Myanmar") == "/explore/timeline/?country=myanmar"
    assert "<figure" not in page.html
    assert client.get("/explore/timeline.svg").status_code == 400
    narrowed = read("/explore/timeline/?evidence=documented")
    assert narrowed.link("Myanmar") == "/explore/timeline/?evidence=documented&country=myanmar"


@pytest.mark.parametrize("query", ["country=russia&country=myanmar", "country=russia&supplier=china&recipient=india",
                                   "supplier=russia&supplier=china"])  # fmt: skip
def test_what_is_not_of_one_line_is_refused_in_a_sentence(query, seeded, read, client):
    """Guards against transfers of a question that a picture leaves out in silence."""
    words = "A line of time is drawn of one country, or of two"
    assert words in read(f"/explore/timeline/?{query}", status=400).text
    answer = client.get(f"/explore/timeline.csv?{query}")
    assert (answer.status_code, words in answer.content.decode()) == (400, True)


def test_it_needs_as_many_queries_for_twenty_of_everything_as_for_one(middle, queries):
    """
    1 the data version, 2 and 5 to 6 the record that is asked for, 3 the columns of transfers, 4 the country, 7 lines,
    8 their passages, 9 datasets, 10 countries, 11 organisations, 12 equipment, 13 documents, 14 people; 15 sanctions,
    16 their passages, 17 and 18 their parties, 19 events, 20 their passages, 21 and 22 how many of both; 23 datasets,
    24 whom to credit for them.
    """
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        needed.append(queries("/explore/timeline/?country=hubland"))
    assert needed == [24, 24]


def test_drafts_are_nowhere_on_it(middle, client):
    crowd(middle, 1, 3)
    before = client.get("/explore/timeline/?country=hubland").content
    crowd(middle, 4, 6, state="draft", word=SECRET)
    after = client.get("/explore/timeline/?country=hubland").content
    assert SECRET.encode() not in after
    assert before == after


def test_sanctions_of_several_imposers_are_rows_of_their_own_in_the_files(seeded, rows):
    told = [row for row in rows("country=myanmar") if row["part"] == "sanction"]
    assert len(told) == Sanction.objects.published().filter(name__in=[row["name"] for row in told]).count()


def test_what_may_not_be_passed_on_stands_in_no_file(middle, client):
    """Lines of a register that is shown as quotation leave neither one by one as CSV nor as JSON."""
    crowd(middle, 1, 2)
    shown = [client.get(f"/explore/timeline.{extension}?country=hubland").content for extension in ("csv", "json")]
    Dataset.objects.filter(pk=middle.dataset.pk).update(terms="closed")
    for extension, before in zip(("csv", "json"), shown, strict=True):
        now = client.get(f"/explore/timeline.{extension}?country=hubland").content.decode()
        assert "/transfers/" in before.decode()
        assert "/transfers/" not in now
        assert "/sanctions/" not in now
