"""The seed as it is written: where every statement comes from, what is left as vague as it is told, what is derived."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "fixtures"
FACTS = ("transfers", "figures", "sanctions", "events", "ownerships", "roles")
ENTITIES = ("countries", "organisations", "people", "equipment")
DATES = {"ordered", "delivered", "talked", "period", "imposed", "ended", "date"}
NUMBERS = {"value", "number", "quantity_ordered", "quantity_delivered", "count", "share"}

#: How many numbers the checklist has under each letter.
CHECKLIST = {"T": 62, "F": 24, "S": 7, "O": 1, "E": 42}

#: The hedged numbers: about (low = high, approximate), at least (low alone), words (no number).
HEDGED = {
    "about": ["F01 number", "F08 value", "F09 value", "F10 value", "F19 number"],
    "at least": ["F02 number", "F03 number", "F07 number", "F15 value", "F16 number", "F18 number", "T44 value"],
    "words": [
        *("F17 number", "F24 number", "T44 quantity_delivered", "T52 quantity_delivered", "T53 quantity_delivered"),
        *(f"{key} quantity_delivered" for key in ("T08", "T09", "T31", "T32", "T33")),
    ],
}
#: The numbers that are told without a hedge.
EXACT = [
    *("F04 number", "F05 number", "F06 number", "F12 value", "F13 value", "F14 value", "E14 count", "T48 value"),
]

#: Where only an interested party says it: a campaigner who asks for measures, or a party to a conflict.
INTERESTED = {
    *("T03 A28", "T04 A28", "T11 A30", "T46 B52", "T46 B53", "T57 A28", "F04 A17", "E44 A28"),
    *("E20 A22", "E21 A26", "R09 A22"),  # the official media of Myanmar, under its military
}

#: The places from which something is derived: which dollar, which Sunday, which company a garbled name means.
READINGS = [
    *("T01 A7", "T02 A46", "T02 A47", "T02 A50", "T03 A28", "T04 A28", "T08 A21", "T09 A21", "T10 A29", "T11 A30"),
    *(f"T{number} A9" for number in (12, 13, 14)),
    *(f"T{number} A11" for number in (15, 16)),
    *(f"T{number} A12" for number in range(17, 23)),
    *("T25 A38", "T26 A40", "T27 B1", "T27 B53", "T28 B1", "T28 B53", "T29 B1", "T30 B1", "T31 B1", "T31 B54"),
    *("T32 B14", "T33 B14", "T33 B15", "T35 B15", "T36 B15", "T37 B15", "T38 B15", "T39 B16", "T40 B16", "T41 B16"),
    *("T42 B16", "T44 B50", "T44 B51", "T45 B51", "T46 B52", "T47 B53", "T47 B54", "T48 B49", "T49 B37", "T50 B37"),
    *("T51 B37", "T53 B48", "T53 B49", "T53 B52", "T54 B49", "T55 A29", "T56 A29", "T57 A24", "T58 A34", "T58 A38"),
    *("T59 B19", "T60 B31", "T61 B46", "T61 B48", "T62 A6"),
    *("F01 A2", "F01 A10", "F02 A19", "F03 A41", "F07 A24", "F07 A27", "F08 A46", "F09 A46", "F10 A46", "F11 A13"),
    *("F12 B16", "F12 B17", "F13 B47", "F14 B47", "F15 B16", "F17 B23", "F22 A11", "F23 B47", "F27 A18"),
    *("S01 A3", "S02 A3", "S03 A3", "S04 B13", "S06 A48", "S07 A47", "O01 A27"),
    *("E01 B10", "E03 B11", "E08 B33", "E11 A2", "E12 B35", "E12 B36", "E13 A2", "E13 A5", "E13 A7", "E13 A10"),
    *("E15 B37", "E16 B37", "E17 A21", "E18 A5", "E19 A9", "E20 A22", "E21 A26", "E23 A5", "E23 A7", "E24 A17"),
    *("E25 B49", "E26 B49", "E28 B52", "E31 A11", "E32 B19", "E33 A8", "E33 B43", "E34 A17", "E34 A48", "E36 A3"),
    *("E38 A18", "E38 B33", "E39 A19", "E39 B33", "E40 B1", "E41 B27", "E43 A36", "E44 A28", "E46 B20"),
    *("R03 B35", "R03 B37", "R09 A22", "R10 A27", "R11 A6", "R14 A44", "R17 B13", "R18 B13", "R19 B10", "R20 B10"),
    *("R21 B10", "R22 B10", "R24 B11", "R24 B23", "R26 A18"),
]


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return rows


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, Any]]:
    """Every fact by its key."""
    return {row["id"].removeprefix("articles-").upper(): row for name in FACTS for row in _read(name)}


@pytest.fixture(scope="module")
def readme() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def _passages(facts: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each citation, with its place as “T44 B51” and with its fact."""
    for key, fact in facts.items():
        for citation in fact.get("citations") or []:
            yield f"{key} {citation.get('locator')}", fact, citation


def _value(facts: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """The number that a name such as “T44 value” means."""
    key, field = name.split()
    value: dict[str, Any] = facts[key][field]
    return value


def _places(text: str) -> set[str]:
    """The paragraphs that a text names, A44–A51 as eight of them."""
    found = re.finditer(r"\b([AB])(\d+)(?:–[AB]?(\d+))?", text)
    return {f"{one[1]}{number}" for one in found for number in range(int(one[2]), int(one[3] or one[2]) + 1)}


def _places_of_articles() -> dict[str, set[str]]:
    """The paragraphs that each of the two articles has."""
    return {
        row["id"]: {f"{row['locator_prefix']}{number}" for number in range(1, row["locator_count"] + 1)}
        for row in _read("sources")
        if row.get("locator_count")
    }


# --- complete


def test_every_number_of_the_checklist_is_there_or_excused(facts, readme):
    """A fact of the checklist that is left out stands with its reason in the table of what is left out."""
    numbers = {f"{letter}{number:02}" for letter, last in CHECKLIST.items() for number in range(1, last + 1)}
    excused = set(re.findall(r"^\| ([TFSOE]\d\d) \|", readme.partition("## Left out")[2], re.MULTILINE))
    assert numbers - facts.keys() == excused


def test_the_readme_says_where_every_fact_is(facts, readme):
    """The table of the README covers all keys, and no other."""
    rows = re.findall(r"^\| ([A-Z])(\d\d)(?:–[A-Z](\d\d))? \| (\w+)\.yaml", readme, re.MULTILINE)
    told = {
        f"{letter}{number:02}": name
        for letter, first, last, name in rows
        for number in range(int(first), int(last or first) + 1)
    }
    assert told == {row["id"].removeprefix("articles-").upper(): name for name in FACTS for row in _read(name)}


def test_every_paragraph_is_cited_or_excused(facts, readme):
    """Nothing of an article is passed over in silence."""
    cited = {citation["locator"] for _, _, citation in _passages(facts)}
    excused = _places(readme.partition("## Left out")[2])
    assert set().union(*_places_of_articles().values()) - cited - excused == set()


# --- where it comes from


def test_every_fact_has_a_citation_with_a_place(facts):
    assert [key for key, fact in facts.items() if not fact.get("citations")] == []
    assert [place for place, _, citation in _passages(facts) if not citation.get("locator")] == []


def test_every_place_exists_in_its_article(facts):
    """Of citations and of other names alike: A is 51 paragraphs long, B 54."""
    articles = _places_of_articles()
    assert {name: len(places) for name, places in articles.items()} == {"article-a": 51, "article-b": 54}
    aliases = [
        alias for name in ENTITIES for row in _read(name) for alias in row.get("aliases", []) if "locator" in alias
    ]
    cited = [citation for _, _, citation in _passages(facts)]
    assert [one for one in [*cited, *aliases] if one["locator"] not in articles[one["source"]]] == []


def test_a_fact_cites_a_place_once_and_numbers_its_citations(facts):
    """The number of a citation is a promise: one each, from 1 on."""
    for key, fact in facts.items():
        assert [citation["n"] for citation in fact["citations"]] == list(range(1, len(fact["citations"]) + 1)), key
        assert len({citation["locator"] for citation in fact["citations"]}) == len(fact["citations"]), key


def test_every_value_has_a_place_that_speaks_of_it(facts):
    """Null in `reported` says that a place is silent; then another place of the fact has to have the value."""
    silent = [
        f"{key} {field}"
        for key, fact in facts.items()
        for field in fact.keys() - {"id", "citations", "comment", "may_overlap", "returns"}
        if all(citation.get("reported", {}).get(field, True) in (None, []) for citation in fact["citations"])
    ]
    assert silent == []


def test_documents_that_were_not_read_are_quoted_through_the_one_that_was(facts):
    """What a citation quotes is known through the article that it cites."""
    via = {row["id"]: row.get("via") for row in _read("sources")}
    quoting = [(place, citation) for place, _, citation in _passages(facts) if citation.get("quotes")]
    assert [place for place, citation in quoting if via[citation["quotes"]] != citation["source"]] == []


def test_nikkei_is_the_teller_of_the_return_from_india_alone(facts):
    """The returns from Myanmar have no teller but the author."""
    quoting = {place for place, _, citation in _passages(facts) if citation.get("quotes") == "nikkei-2023"}
    assert quoting == {"T48 B49", "T54 B49", "E30 B49"}


def test_interested_parties_are_marked_and_nobody_else(facts):
    marked = {place for place, _, citation in _passages(facts) if citation.get("interested")}
    assert marked == INTERESTED


# --- as vague as it is told


@pytest.mark.parametrize("name", HEDGED["about"])
def test_a_number_told_as_about_is_approximate(facts, name):
    value = _value(facts, name)
    assert (value["low"], value["approximate"]) == (value["high"], True)


@pytest.mark.parametrize("name", HEDGED["at least"])
def test_a_number_told_as_at_least_is_open(facts, name):
    value = _value(facts, name)
    assert value["low"] > 0
    assert value.get("high") is None


@pytest.mark.parametrize("name", HEDGED["words"])
def test_an_amount_told_in_words_has_no_number(facts, name):
    value = _value(facts, name)
    assert (value.get("low"), value.get("high"), value["approximate"]) == (None, None, True)
    assert value["text"]


def test_every_number_of_the_seed_is_known_to_this_test(facts):
    """A number that comes in later is told to be hedged or not; those told exactly are no vaguer than told."""
    there = {f"{key} {field}" for key, fact in facts.items() for field in fact.keys() & NUMBERS}
    assert there == set(EXACT).union(*HEDGED.values())
    for name in EXACT:
        value = _value(facts, name)
        assert value["low"] == value["high"], name
        assert not value.get("approximate"), name


def test_the_coup_keeps_its_month_and_the_day_that_one_place_gives(facts):
    coup = facts["E11"]
    reported = {citation["locator"]: citation.get("reported", {}) for citation in coup["citations"]}
    assert coup["date"]["edtf"] == "2021-02"
    assert [place for place, told in reported.items() if told.get("date") == "2021-02-02"] == ["B47"]


def test_lines_that_are_told_without_a_time_have_none(facts):
    undated = [1, 2, 3, 4, 5, 6, 7, 23, 24, 25, 26, 34, 38, 42, 43, 45, 52, 54, 55, 56, 57, 58, 60, 62]
    found = [key for key, fact in facts.items() if key.startswith("T") and not fact.keys() & DATES]
    assert sorted(found) == [f"T{number:02}" for number in undated]


# --- derived


def test_every_derived_value_is_marked_as_a_reading(facts):
    """A line of the note of the place that it is taken from begins with “Reading:” and goes on."""
    reading = re.compile(r"^Reading: \S", re.MULTILINE)
    marked = {place for place, _, citation in _passages(facts) if reading.search(citation.get("note", ""))}
    assert set(READINGS) - marked == set()


def test_a_place_that_dates_a_fact_otherwise_says_so_in_its_note(facts):
    """`reported` alone is for machines; a reader is told why the dates differ."""
    unexplained = [
        place
        for place, fact, citation in _passages(facts)
        for field, told in citation.get("reported", {}).items()
        if field in DATES and told != (fact.get(field) or {}).get("edtf") and not citation.get("note")
    ]
    assert unexplained == []


# --- nothing invented


def test_there_are_no_identifiers_but_iso_codes():
    """No Wikidata, LEI, INN or web address in any record, no source with an address that no article gives."""
    codes = {"alpha_2", "alpha_3", "alpha_4"}
    for name in (*FACTS, *ENTITIES, "datasets", "sources"):
        text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
        assert not re.search(r"https?:|www\.|wikidata|\bLEI\b|\bINN\b|\bQ\d{2,}\b|\b[0-9A-Z]{18}\d\d\b", text), name
        keys = set().union(*_read(name))
        assert not keys & {"identifiers", "url", "archived_url", "wikidata", "lei", "inn"}, name
        assert not keys & codes or name == "countries", name


def test_rostec_owns_no_more_than_the_articles_say():
    assert [(row["parent"], row["child"]) for row in _read("ownerships")] == [("rostec", "rosoboronexport")]
