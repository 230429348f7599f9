"""Side by side: each has the numbers of its own question; one, six, the unknown and the repeated are refused."""

import json
from collections import Counter

import pytest

from .crowds import crowd

PAIR = "supplier=russia&supplier=china"


@pytest.fixture
def data(client):
    def found(address):
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)["rows"]

    return found


@pytest.mark.parametrize(
    ("name", "values", "more"),
    [
        ("supplier", ["russia", "china", "soviet-union"], ""),
        ("recipient", ["myanmar", "russia"], "&year_from=2010"),
        ("country", ["burma", "RU", "in"], "&evidence=reported&evidence=disputed"),
        ("company", ["rosoboronexport", "tactical-missiles-corporation"], ""),
    ],
)
def test_each_has_the_numbers_of_its_own_question(name, values, more, registers, db, data):
    """Guards against a picture that counts what its list does not."""
    together = data(f"/explore/compare.json?{'&'.join(f'{name}={value}' for value in values)}{more}")
    found: Counter[tuple] = Counter()
    for row in together:
        found[row["compared"], row["dataset"], row["year"], row["span"]] += row["transfers"]
    alone: Counter[tuple] = Counter()
    ids = list(dict.fromkeys(row["compared"] for row in together))
    for value in ids:
        for row in data(f"/explore/years.json?{name}={value}{more}"):
            alone[value, row["dataset"], row["year"], row["span"]] += row["transfers"]
    assert found == alone
    assert len(ids) >= 2


def test_the_table_has_a_column_for_each_and_says_how_many_are_not_disputed(seeded, read):
    page = read("/explore/compare/?supplier=russia&supplier=myanmar")
    assert ">Russia</th>" in page.html
    assert "Myanmar, without disputed ones" in page.text
    assert "all on the same years and one scale" in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("supplier=russia", "Only one is named: two to five are compared."),
        ("company=rosoboronexport&year_from=2010", "Only one is named"),
        (
            "&".join(f"country={code}" for code in ("ru", "cn", "mm", "in", "ua", "kp")),
            "Two to five are compared, not 6.",
        ),
        (f"{PAIR}&supplier=nowhereland", "There is no country “nowhereland”."),
        ("supplier=myanmar&supplier=burma", "Myanmar is named more than once."),
        (f"{PAIR}&recipient=myanmar&recipient=india", "Only one field may have several values here"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(query, words, seeded, read, client):
    assert words in read(f"/explore/compare/?{query}", status=400).text
    answer = client.get(f"/explore/compare.csv?{query}")
    assert (answer.status_code, words in answer.content.decode()) == (400, True)


def test_without_a_question_some_are_offered(seeded, read):
    page = read("/explore/compare/")
    offered = [href for href, _words in page.links if href.startswith("/explore/compare/?")]
    assert len(offered) == 2
    for address in offered:
        assert "<figure" in read(address).html


def test_it_needs_as_many_queries_for_twenty_transfers_as_for_one(middle, queries):
    """
    1 the data version, 2 and 3 the two that are named, 4 the columns, 5 and 6 the times of deliveries and others,
    7 and 8 the datasets of each; tests remember nothing between two parts of one answer but the records named.
    """
    needed = []
    for last in (2, 20):
        crowd(middle, 1 if last == 2 else 3, last)
        needed.append(queries("/explore/compare/?country=hubland&country=crowd-1-state"))
    assert needed == [8, 8]
