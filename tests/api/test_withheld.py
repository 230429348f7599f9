"""What may not be passed on is in no file, and each file says how many rows it lacks."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from armsdb import actions
from armsdb.exporters import EXPORTERS
from tests import factories
from tests.importers.reading import kept_while
from tests.unpacking import unpacked

from .asking import COLLECTIONS, FACTS, Api, body, file

#: A word that only rows have which may not be passed on.
WORD = "zzwithheld"


@pytest.fixture(scope="module")
def withheld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A fact of each kind in a dataset that may not be passed on, full of a word, beside open ones that name them."""
    with kept_while(django_db_blocker):
        yield planted()


def planted() -> Any:
    closed = factories.dataset("Closed", terms="closed", licence="All rights reserved")
    told: dict[str, Any] = {"dataset": closed, "comment": WORD}
    cited = [{"note": WORD, "locator": "7"}, {"attributed_to": WORD, "locator": "8"}]
    line = factories.transfer("T1", supplier_as_stated=WORD, citations=cited, **told)
    for number, make in enumerate((factories.figure, factories.sanction, factories.event), start=2):
        make(f"K{number}", name=f"The {WORD}", statement=WORD, citations=cited, **told)
    factories.ownership("K5", citations=cited, **told)
    factories.role("K6", title=WORD, citations=cited, **told)
    back = factories.transfer("T7", returns=line)
    actions.keep_overlaps(among=[line, back], pairs=[(line, back)], reason="May be one.")
    return closed


@pytest.mark.parametrize("word", EXPORTERS)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_may_not_be_passed_on_is_in_no_file(withheld: Any, api: Api, word: str, collection: str) -> None:
    tables = ["rows", "citations"] if collection in FACTS else ["rows"]
    for table in tables:
        response = api.ask(f"{collection}/?format={word}&table={table}")
        told = unpacked(EXPORTERS[word].media_type, body(response))
        assert WORD not in told
        assert "test-t1" not in told  # the open line that returns it says so only on its page
        if collection in FACTS:
            assert "licence=1" in response["ArmsDB-Left-Out"]
            manifest = api.json(f"{collection}/?format={word}&table={table}&manifest=1")
            assert [(one["name"], one["rows"]) for one in manifest["withheld"]] == [("Closed", 1)]
            assert WORD not in json.dumps(manifest)


def test_the_same_word_is_found_once_the_dataset_is_open(withheld: Any, api: Api) -> None:
    """Guards the test above: the word would be seen."""
    actions.put(model=type(withheld), public_id=withheld.public_id, values={"terms": "open"}, reason="Opened.")
    for collection in (*FACTS, "citations", "sources"):
        assert WORD.encode() in file(api, f"{collection}/?format=jsonl"), collection
    for collection in (*FACTS, "citations"):
        for word in ("csv", "xlsx", "parquet"):
            assert WORD in unpacked(EXPORTERS[word].media_type, file(api, f"{collection}/?format={word}")), collection


def test_a_walk_tells_no_more_than_a_file(withheld: Any, api: Api) -> None:
    for collection in ("transfers", "sources"):
        told = json.dumps(api.json(f"{collection}/?cursor=&page_size=500"))
        assert WORD not in told
        assert "test-t1" not in told
