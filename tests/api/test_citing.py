"""Documents, and records, as things to cite: with the original sources, the data version and its day."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from django.test import Client

from armsdb.exporters import CITERS
from armsdb.lib.vocab import State
from armsdb.models import Citation, Organisation, Source, Transfer
from armsdb.models.data_versions import OF_ALL, versions

from .asking import COLLECTIONS, Api


@pytest.fixture
def api(seeded: None, client: Client) -> Api:
    return Api(client)


def text(api: Api, address: str) -> str:
    answer = api.ask(address)
    assert answer.status_code == 200, answer.content
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def test_a_list_of_documents_is_a_list_of_references(api: Api) -> None:
    listed = [row["id"] for row in api.json("sources/?kind=news-article&page_size=500")["results"]]
    question = "sources/?kind=news-article&format="
    assert [one.key for one in bibtexparser.parse_string(text(api, f"{question}bibtex")).entries] == listed
    assert [one["id"] for one in rispy.loads(text(api, f"{question}ris"))] == listed
    assert [one["id"] for one in json.loads(text(api, f"{question}csl"))] == listed
    assert json.loads(text(api, f"{question}csl&manifest=1"))["rows"] == len(listed)
    assert json.loads(text(api, "sources/?q=nothingofthekind&format=csl")) == []


def test_other_lists_have_no_such_format(api: Api) -> None:
    problem = api.problem("transfers/?format=bibtex", 400)
    assert problem["errors"][0]["parameter"] == "format"


def test_a_document_is_cited_as_itself(api: Api) -> None:
    (told,) = json.loads(text(api, "sources/article-a/?format=csl"))
    assert (told["id"], told["type"], told["publisher"]) == ("article-a", "article-newspaper", "Al Jazeera")
    assert told["issued"] == {"date-parts": [[2022, 3]]}


def test_a_fact_is_cited_with_what_it_was_drawn_from(api: Api) -> None:
    ours, *drawn_from = json.loads(text(api, "transfers/articles-t44/?format=csl"))
    number, when = versions()[OF_ALL]
    record = api.json("transfers/articles-t44/")
    assert (ours["id"], ours["publisher"], ours["URL"]) == ("armsdb-articles-t44", "ArmsDB", record["page"])
    assert ours["version"] == str(number)
    assert ours["issued"]["date-parts"] == [[when.year, when.month, when.day]]
    cited = {one["source"]["id"] for one in record["citations"]}
    assert {one["id"] for one in drawn_from} == cited | {"dataset-articles"}
    for one in drawn_from:
        assert one["title"].removesuffix(", " + one.get("version", "")) in ours["note"]


@pytest.mark.parametrize("word", CITERS)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_kind_of_record_can_be_cited(api: Api, collection: str, word: str) -> None:
    first = api.json(f"{collection}/?page_size=1")["results"][0]["id"]
    answer = api.ask(f"{collection}/{first}/?format={word}")
    assert answer["Content-Type"].startswith(CITERS[word].media_type)
    assert first in answer.content.decode()
    problem = api.problem(f"{collection}/{first}/?format={word}&fields=id", 400)
    assert problem["errors"][0]["parameter"] == "fields"


def test_citations_tell_nothing_of_drafts(api: Api) -> None:
    """A publisher, a document through which another is known, or a passage that is a draft is not named."""
    line = Transfer.objects.get(public_id="articles-t44")
    source = Source.objects.get(public_id="article-b")
    hidden: Any = Source.objects.create(
        public_id="hidden", name="zzhidden document", kind="analysis", state=State.DRAFT
    )
    publisher = Organisation.objects.create(public_id="zzbody", name="zzhidden body", kind="ngo", state=State.DRAFT)
    Source.objects.filter(pk=source.pk).update(publisher=publisher, via=hidden)
    Citation.objects.create(
        public_id="articles-t44-c99", transfer=line, source=hidden, locator="1", basis="reporting", state=State.DRAFT
    )
    for address in ("transfers/articles-t44/?format=", f"sources/{source.public_id}/?format=", "sources/?format="):
        for word in CITERS:
            assert "zzhidden" not in text(api, address + word)


def test_what_was_withdrawn_or_renamed_answers_as_ever(api: Api) -> None:
    assert api.ask("transfers/nothing/?format=ris").status_code == 404
