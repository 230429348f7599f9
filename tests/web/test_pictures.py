"""Pictures of numbers: their tables are the API's numbers, any question of the list can be drawn, bad ones are told."""

import csv
import gzip
import io
import json
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from armsdb import actions
from armsdb.filters.pictured import asked, flows
from armsdb.models import Transfer
from armsdb.models.columns import columns
from armsdb.web.pictures import PICTURES, drawn
from armsdb.web.pictures.fonts import FILES, VENDORED
from armsdb.web.pictures.fonts.make import plain
from tests.factories import REASON, transfer

from .crowds import crowd

NAMES = [picture.name for picture in PICTURES]
#: Those that draw any question; others need something named, see `needs`.
OF_ANY = [picture.name for picture in PICTURES if not picture.needs]
#: What some of them need beside a question about Myanmar.
BESIDE = {"compare": "&supplier=russia&supplier=china", "network": "&around=myanmar"}
QUESTIONS = [
    "",
    "country=germany",
    "dataset=sipri-17&supplier=united-states",
    "year_from=1985&year_to=2021",
    "evidence=disputed&evidence=alleged",
    "undated=only",
    "q=missile",
    "recipient=myanmar&arms=true&government=true&government=unknown",
]


@pytest.fixture
def data(client):
    """The numbers of a picture of a question, as data."""

    def numbers(name, query):
        answer = client.get(f"/explore/{name}.json?{query}")
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)

    return numbers


@pytest.fixture
def summary(client):
    """The totals of the API, by what they are grouped by."""

    def totals(query, *groups):
        answer = client.get(f"/api/v1/transfers/summary/?group_by={','.join(groups)}&{query}")
        found: Counter[tuple] = Counter()
        for row in answer.json()["results"]:
            keys = [row[name]["id"] if isinstance(row[name], dict) else row[name] for name in groups]
            found[row["dataset"]["id"], *keys, row["span"]] += row["transfers"]
        return found

    return totals


# By year


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_numbers_by_year_are_those_of_the_api(query, registers, db, data, summary):
    """Guards against two answers to one question: that of the picture, and that of the totals."""
    found: Counter[tuple] = Counter()
    for row in data("years", query)["rows"]:
        found[row["dataset"], row["year"], row["evidence"], row["span"]] += row["transfers"]
    assert found == summary(query, "year", "evidence")
    assert sum(found.values()) >= data("years", query)["transfers"]


def test_the_table_by_year_has_the_same_numbers(registers, db, read, summary):
    """Guards what a screen reader, and a reader without the drawing, gets."""
    page = read("/explore/years/?dataset=articles")
    totals = summary("dataset=articles", "year")
    cells: Counter[str] = Counter()
    for row in page.html.split("<tr>")[1:]:
        words = [part.split("<")[0].strip() for part in row.split(">") if part.split("<")[0].strip()]
        if len(words) > 1 and words[1].isdigit():
            cells[words[0]] += int(words[1])
    for (_dataset, year, span), number in totals.items():
        if year:
            assert cells[str(year)] == number
        elif not span:
            assert cells["date not stated"] == number
    assert sum(cells.values()) == sum(totals.values())


@pytest.mark.keeps_memory
def test_the_times_in_memory_follow_each_change(seeded, client, data, summary):
    """Guards against a picture of yesterday: a date that changes, and a transfer that goes."""
    line = transfer(delivered="1987")
    before = data("years", "supplier=test-testland")["rows"]
    assert [(row["year"], row["transfers"]) for row in before] == [(1987, 1)]
    actions.put(model=Transfer, public_id=line.public_id, values={"delivered": "1988/1990"}, reason=REASON)
    after = data("years", "supplier=test-testland")["rows"]
    assert [(row["year"], row["span"]) for row in after] == [(None, "1988/1990")]
    line.refresh_from_db()
    actions.withdraw(record=line, reason=REASON)
    assert data("years", "supplier=test-testland")["rows"] == []
    assert len(columns()) == Transfer.objects.published().count()


def test_pages_of_records_draw_what_their_tables_count(registers, db, read, data):
    """Guards against a picture on the page of a country that counts what the page does not."""
    page = read("/countries/myanmar/")
    assert "Received by Myanmar, by year" in page.text
    address = "/explore/years/?recipient=myanmar&arms=true&government=true&government=unknown"
    assert (address, "A page of its own, to change the question") in page.links
    count = Transfer.objects.published().filter(recipient__public_id="myanmar").arms_to_states().count()
    assert data("years", address.partition("?")[2])["transfers"] == count
    for address in ("/relations/russia/myanmar/", "/companies/rosoboronexport/", "/equipment/su-30/"):
        assert "How many transfers there are by the year of delivery" in read(address).text


# By party, by category, from whom to whom


@pytest.mark.parametrize("query", QUESTIONS)
@pytest.mark.parametrize(
    ("name", "facet"), [("suppliers", "supplier"), ("recipients", "recipient"), ("categories", "category")]
)
def test_the_numbers_by_value_are_those_of_the_facets(name, facet, query, registers, db, client, data):
    """Guards against bars that tell other numbers than their lists. Who asks for a value gets that one alone."""
    found: Counter[str] = Counter()
    for row in data(name, query)["rows"]:
        found[row[facet]] += row["transfers"]
    facets = client.get(f"/api/v1/transfers/facets/?{query}").json()["facets"][facet]
    told = {row["value"]: row["count"] for row in facets}
    assert found == (told if f"{facet}=" not in query else {value: told[value] for value in found})


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_flows_are_those_of_the_list(query, registers, db, client, data):
    found: Counter[tuple] = Counter()
    for row in data("flows", query)["rows"]:
        found[row["supplier"], row["recipient"]] += row["transfers"]
    assert sum(found.values()) == data("flows", query)["transfers"]
    for (supplier, recipient), number in found.most_common(5):
        if "supplier=" not in query and "recipient=" not in query:
            address = f"/api/v1/transfers/?{query}&supplier={supplier}&recipient={recipient}"
            assert client.get(address).json()["count"] == number


def test_flows_fold_either_side_and_lose_nothing(registers, db):
    """Guards against transfers between small countries that no ribbon tells of."""
    question = asked(QueryDict(""))
    assert not question.problems
    for whole, few in zip(flows(question, 1000, 5), flows(question, 3, 5), strict=True):
        assert sum(row.number for row in few.rows) == sum(row.number for row in whole.rows)
        for side in ("suppliers", "recipients"):
            rows, folded = getattr(whole, side), getattr(few, side)
            assert sum(row.number for row in folded) == sum(row.number for row in rows)
            assert len([row for row in folded if row.is_known and not row.folded]) <= 4
            assert sum(row.folded or 1 for row in folded) == len(rows)
        assert [row.number for row in few.first] == sorted((row.number for row in whole.rows), reverse=True)[:5]
        assert few.pairs == len(whole.rows)


def test_a_former_state_stands_for_itself(registers, db, data):
    """Guards against lines of the Soviet Union under the name of Russia."""
    values = {row["supplier"] for row in data("suppliers", "dataset=sipri-16")["rows"]}
    assert {"soviet-union", "russia"} <= values


# Every picture


@pytest.mark.parametrize("name", [name for name in NAMES if name != "network"])
def test_a_picture_says_what_it_shows_where_from_and_what_is_left_out(name, registers, db, read):
    query = "recipient=myanmar&year_from=2015&year_to=2022" + BESIDE.get(name, "")
    page = read(f"/explore/{name}/?{query}")
    assert "to Myanmar, 2015 to 2022: " in page.text
    assert str(next(one for one in PICTURES if one.name == name).say) in page.text
    assert "transfers without a date are left out by the years that were asked for." in page.text
    assert page.link("Two articles on the arms trade of Myanmar") == "/datasets/articles/"
    assert page.link("The transfers, each with its sources") == f"/transfers/?{query}"
    for extension in ("csv", "json", "svg", "png"):
        assert page.link(extension.upper()) == f"/explore/{name}.{extension}?{query}"
    assert f"http://testserver/explore/{name}/?{query}" in page.text
    assert '<img src="http://testserver/explore/' in page.text
    assert page.meta["robots"] == "noindex, follow"


@pytest.mark.parametrize(
    ("years", "dates", "number"),
    [
        ("year_from=2021", ("2021", "2020/2021", "2021-02/..", "../2019"), 1),
        ("year_to=2020", ("2021", "2020/2021", "2021-02/..", "../2019"), 1),
        ("year_from=2020&year_to=2021", ("2021", "2020/2021", "2021-02/..", "../2030", ""), 2),
        ("", ("2021", "2020/2021", "2021-02/.."), 0),
    ],
)
def test_a_picture_says_how_many_may_lie_outside_of_the_years(years, dates, number, empty, data):
    """Guards against “up to February 2021” being taken for after the coup."""
    for place, date in enumerate(dates):
        transfer(f"T{place}", **({"delivered": date} if date else {}))
    told = data("suppliers", years)
    assert re.findall(r"^\d+", "\n".join(told["notes"]), re.MULTILINE) == ([str(number)] if number else [])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("suplier=russia", "Unknown parameter. Did you mean supplier?"),
        ("supplier=nowhereland", "supplier"),
        ("year_from=2020&year_to=2010", "The first year is after the last."),
        ("format=json", "Pages are HTML"),
    ],
)
def test_what_is_not_understood_is_refused_in_a_sentence(name, query, words, seeded, client, read):
    assert words in read(f"/explore/{name}/?{query}", status=400).text
    for extension in ("csv", "json", "svg"):
        answer = client.get(f"/explore/{name}.{extension}?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert words in answer.content.decode()


@pytest.mark.parametrize("name", OF_ANY)
def test_the_files_are_what_they_say(name, registers, db, client, data):
    answer = client.get(f"/explore/{name}.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    told = data(name, "")
    assert rows[0] == told["columns"]
    assert len(rows) - 1 == len(told["rows"]) > 10
    assert sum(int(row[-1]) for row in rows[1:]) == sum(row["transfers"] for row in told["rows"])
    assert {one["id"] for one in told["datasets"]} == {"articles", "sipri-16", "sipri-17"}
    assert f"http://testserver/explore/{name}/. Credit also the original sources: " in told["cite"]
    answer = client.get(f"/explore/{name}.svg?recipient=myanmar")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    drawing = ElementTree.fromstring(answer.content)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    # Under our own policy a file that is opened alone takes no style.
    assert not [one for one in drawing.iter() if one.tag.endswith("style") or "style" in one.attrib]
    assert client.get(f"/explore/{name}.gif").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_comes_as_pixels_too(name, seeded, client):
    """Guards papers and posts that take no SVG: twice as large as the SVG, in the fonts of the pages."""
    query = "recipient=myanmar&evidence=documented" + BESIDE.get(name, "")
    answer = client.get(f"/explore/{name}.png?{query}")
    assert answer["Content-Type"] == "image/png"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.content.startswith(b"\x89PNG\r\n")
    sheet = ElementTree.fromstring(client.get(f"/explore/{name}.svg?{query}").content)
    width, height = (int.from_bytes(answer.content[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (2 * int(sheet.get("width", 0)), 2 * int(sheet.get("height", 0)))
    assert len(answer.content) > 20_000, "it has words"


def test_fonts_of_pixels_are_those_of_the_pages():
    """Guards against fonts that stay behind when the vendored ones are renewed."""
    for file, vendored in zip(FILES, VENDORED.values(), strict=True):
        assert Path(file).read_bytes() == plain(vendored)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_answers_is_said_so(name, seeded, read):
    query = "supplier=india&supplier=myanmar" if name == "compare" else "supplier=myanmar"
    if name == "network":
        query = "around=sergei-shoigu"
    page = read(f"/explore/{name}/?recipient=myanmar&evidence=corroborated&{query}")
    assert "Nothing that is recorded answers all" in page.text
    assert "<figure" not in page.html


def test_they_need_as_many_queries_for_twenty_transfers_as_for_one(middle, queries):
    """
    1 the data version, 2 the record that is asked for, 3 the columns of transfers, which tests read anew, 4 the names
    of datasets. By party also: 5 the names of countries. By year also: 5 and 6 the times of deliveries and others. On a
    map, of a country: each way the record, datasets and names, and the codes of countries.
    """
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        needed.append({name: queries(f"/explore/{name}/?country=hubland") for name in OF_ANY})
    assert needed == [{"years": 6, "suppliers": 5, "recipients": 5, "categories": 4, "flows": 5, "map": 10}] * 2


def test_the_list_draws_each_of_them_small(registers, db, read, client):
    """Guards readers who do not know what a Sankey is; and against small drawings that show other numbers."""
    page = read("/explore/")
    assert page.html.count("<figure") == len(NAMES)
    assert "Drawn small beside each: Two articles on the arms trade of Myanmar" in page.text
    told = json.loads(client.get("/explore/suppliers.json?dataset=articles").content)
    numbers = Counter(row["supplier"] for row in told["rows"] for _each in range(row["transfers"]))
    assert f"Russia {numbers['russia']};" in page.html


def test_the_list_needs_as_many_queries_for_twenty_transfers_as_for_one(middle, queries):
    """
    1 the data version, 2 the columns of transfers, 3 and 4 the times of deliveries and others, then for each of the
    pictures of numbers 5 to 9 the names of datasets, and for three of them 10 to 12 the names of countries; 13 to 33
    what stands on a line of time, as test_timeline lists it; 34 to 40 those that are compared, and datasets thrice;
    41 to 43 datasets, names and codes of a map; 44 to 59 a network, as test_network lists it, and whom to offer it of.
    """
    needed = []
    for last in (3, 20):
        crowd(middle, 1 if last == 3 else 4, last)
        needed.append(queries("/explore/"))
    assert needed == [59, 59]


def test_nothing_that_is_recorded_makes_no_small_drawing(empty, read):
    assert "<figure" not in read("/explore/").html


def test_all_pictures_are_offered(seeded, read):
    page = read("/explore/")
    assert {f"/explore/{name}/" for name in NAMES} <= {href for href, _words in page.links}
    assert read("/").link("Explore") == "/explore/"


def test_words_of_a_question_stay_words(seeded, client):
    """Guards the code that other sites embed, and the file, against markup in a question."""
    query = "q=%22%3E%3Cscript%3E"
    assert b"<script>" not in client.get(f"/explore/years/?{query}").content.replace(b"<script ", b"")
    ElementTree.fromstring(client.get(f"/explore/years.svg?{query}").content)


# How much there is of it


def test_of_many_datasets_those_with_most_are_drawn_and_the_others_offered(registers, db, read, data, monkeypatch):
    """Guards against pages of megabytes, and against datasets that go unsaid."""
    monkeypatch.setattr(drawn, "DATASETS", 2)
    page = read("/explore/years/")
    assert page.html.count('class="broad"') == 2
    assert "One more dataset, with fewer transfers, is drawn alone:" in page.text
    (alone,) = {href for href, _words in page.links if href.startswith("/explore/years/?dataset=")}
    numbers = Counter[str]()
    for row in data("years", "")["rows"]:
        numbers[row["dataset"]] += row["transfers"]
    assert alone == f"/explore/years/?dataset={min(numbers, key=lambda dataset: numbers[dataset])}"
    assert read(alone).html.count('class="broad"') == 1


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_heavy_on_the_wire(name, registers, db, client):
    """Guards the readers of slow lines: 100 kB for a page with its drawings as SVG."""
    query = "country=myanmar" + BESIDE.get(name, "")
    assert len(gzip.compress(client.get(f"/explore/{name}/?{query}").content)) < 100_000
