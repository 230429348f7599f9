"""Citations: what programs that manage references read in them is what was there."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy

from armsdb.exporters import CITERS
from armsdb.exporters.works import Work
from armsdb.lib import dates

HOSTILE = "50% of {all} & \\more\\ #1_$ ~ ^\nnext"
WORK = Work(
    id="a-report",
    kind="article-newspaper",
    title="Sights for “Т-72”",
    authors=("Ana María Ñ.", "Agence X and Y"),
    publisher="The Daily",
    issued=dates.parse("2022-12-03"),
    url="https://example.org/a?b=1%20&c={d}",
    archived="https://archive.example.org/1",
    language="en",
    version="7",
    note="A note.",
)


def bibtex(*works: Work) -> list[dict[str, Any]]:
    library = bibtexparser.parse_string(CITERS["bibtex"].write(works))
    assert not library.failed_blocks
    return [
        {name: one.value for name, one in entry.fields_dict.items()} | {"key": entry.key} for entry in library.entries
    ]


def ris(*works: Work) -> list[dict[str, Any]]:
    return list(rispy.loads(CITERS["ris"].write(works)))


def test_bibtex_is_read_as_it_was_meant() -> None:
    (read,) = bibtex(WORK)
    assert read["key"] == "a-report"
    assert read["title"] == "{Sights for “Т-72”}"
    assert read["author"] == "{Ana María Ñ.} and {Agence X and Y}"
    assert (read["year"], read["date"], read["journal"]) == ("2022", "2022-12-03", "The Daily")
    assert read["url"] == "https://example.org/a?b=1%20&c=%7Bd%7D"


def test_ris_is_read_as_it_was_meant() -> None:
    (read,) = ris(WORK)
    assert (read["type_of_reference"], read["title"], read["id"]) == ("NEWS", "Sights for “Т-72”", "a-report")
    assert read["authors"] == ["Ana María Ñ.", "Agence X and Y"]
    assert (read["year"], read["date"], read["urls"]) == ("2022", "2022/12/03/", [WORK.url])


def test_csl_has_the_names_of_its_schema() -> None:
    (read,) = json.loads(CITERS["csl"].write([WORK]))
    assert (read["id"], read["type"], read["container-title"]) == ("a-report", "article-newspaper", "The Daily")
    assert read["issued"] == {"date-parts": [[2022, 12, 3]]}
    assert read["author"][1] == {"literal": "Agence X and Y"}


@pytest.mark.parametrize("word", CITERS)
def test_no_text_breaks_an_entry(word: str) -> None:
    """Guards entries that come after one whose title has signs of the format."""
    other = Work(id="other", kind="document", title="ER  - \nTY  - NEWS", note=HOSTILE)
    works = [Work(id="hostile", kind="report", title=HOSTILE, publisher=HOSTILE, authors=(HOSTILE,)), other, WORK]
    if word == "csl":
        titles = [one["title"] for one in json.loads(CITERS[word].write(works))]
        assert titles == [" ".join(HOSTILE.split()), "ER - TY - NEWS", WORK.title]
    elif word == "ris":
        titles = [one["title"] for one in ris(*works)]
        assert titles == [" ".join(HOSTILE.split()), "ER - TY - NEWS", WORK.title]
    else:
        assert [one["key"] for one in bibtex(*works)] == ["hostile", "other", "a-report"]
        assert bibtex(*works)[0]["title"].startswith(
            r"{50\% of \textbraceleft{}all\textbraceright{} \& \textbackslash{}more"
        )


@pytest.mark.parametrize(
    ("edtf", "year", "parts"),
    [("2022", "2022", [2022]), ("2022-05", "2022", [2022, 5]), ("2021/2022", None, None), ("2022~", "2022", [2022])],
)
def test_no_date_is_made_more_certain_than_it_is(edtf: str, year: str | None, parts: list[int] | None) -> None:
    work = Work(id="x", kind="document", title="X", issued=dates.parse(edtf))
    assert bibtex(work)[0].get("year") == ris(work)[0].get("year") == year
    issued = json.loads(CITERS["csl"].write([work]))[0]["issued"]
    assert issued.get("date-parts") == ([parts] if parts else None)
    assert issued.get("circa", False) == ("~" in edtf)
    assert parts or issued["literal"]
