"""Every list as a file: all rows under its question, as its description says, none that may not be passed on."""

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from armsdb.api import files, streams
from armsdb.api.transfers import TransferViewSet
from armsdb.exporters import CITERS, EXPORTERS, FTM, GRAPHS, Table
from armsdb.lib import places
from armsdb.lib.vocab import State, Verdict
from armsdb.models import Delivery, Person, Transfer, TransferOverlap
from tests import factories

from .asking import COLLECTIONS, FACTS, Api, body, file
from .builders import copies
from .test_schema import OPERATIONS, SCHEMA

#: The module, whose name that of a function hides.
TABLES = sys.modules[Table.__module__]


def rows(api: Api, address: str) -> list[dict[str, str]]:
    """The rows of a list as CSV."""
    separator = "&" if "?" in address else "?"
    return list(
        csv.DictReader(io.StringIO(file(api, f"{address}{separator}format=csv").decode(), newline=""), strict=True)
    )


def lines(api: Api, address: str) -> list[Any]:
    separator = "&" if "?" in address else "?"
    return [json.loads(line) for line in file(api, f"{address}{separator}format=jsonl").splitlines()]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_file_has_the_rows_of_the_list_in_its_order(api: Api, collection: str) -> None:
    listed = api.json(f"{collection}/?page_size=500")["results"]
    assert [row["id"] for row in rows(api, f"{collection}/")] == [row["id"] for row in listed]
    assert lines(api, f"{collection}/") == listed


@pytest.mark.parametrize("fields", ["", "&fields=id,citations,deliveries,tiv"])
def test_transfers_made_by_column_are_those_that_are_shaped(
    api: Api, fields: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards the quick way, of everything that a line of a register can have and the seed has not."""
    line, other = Transfer.objects.get(public_id="articles-t44"), Transfer.objects.get(public_id="articles-t01")
    first, second = copies(line, 2, tiv_unit="0.35", tiv_delivered="12.5", returns=other, value_low="0.5")
    for date, tiv in (("2017", "7.25"), ("2015", None), (None, None)):
        delivery = Delivery(transfer=first, tiv=tiv)
        delivery.date, delivery.quantity = date, {"low": 2, "approximate": True}
        delivery.save()
    TransferOverlap.objects.create(first=first, second=second)
    TransferOverlap.objects.create(first=other, second=second, verdict=Verdict.DIFFERENT)
    first.citations.update(state=State.DRAFT)
    second.comment = 'He said “é”, "b", C:\\d\nand no more\t\x7f\u2028'
    second.save()
    second.citations.update(attributed_to_person=Person.objects.first(), reported={"value": None, "date": "é"})
    question = f"transfers/?format=jsonl{fields}"
    by_column = file(api, question)
    monkeypatch.setattr(TransferViewSet, "maker", None)
    assert by_column == file(api, question)
    assert b'"tiv":"7.25"' in by_column


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_columns_are_those_that_are_described(api: Api, collection: str) -> None:
    content = OPERATIONS[f"/api/v1/{collection}/"]["responses"]["200"]["content"]
    reference = content["text/csv"]["schema"]["contentSchema"]["items"]["$ref"]
    described = SCHEMA["components"]["schemas"][reference.rpartition("/")[2]]["properties"]
    header = file(api, f"{collection}/?format=csv").partition(b"\r\n")[0].decode()
    assert header.split(",") == list(described)
    formats = next(one for one in OPERATIONS[f"/api/v1/{collection}/"]["parameters"] if one["name"] == "format")
    assert formats["schema"]["enum"] == [
        "json",
        *EXPORTERS,
        *(CITERS if collection == "sources" else ()),
        *(GRAPHS if collection in ("transfers", "ownerships", "roles") else ()),
        *(FTM if collection not in ("equipment", "figures", "sources", "citations", "datasets") else ()),
    ]


def test_filters_order_and_fields_hold_and_pages_do_not(api: Api) -> None:
    question = "transfers/?supplier=russia&year_from=2015&ordering=name&page=1&page_size=2"
    wanted = api.ids("transfers/?supplier=russia&year_from=2015&ordering=name&page_size=500")
    assert [row["id"] for row in rows(api, question)] == wanted
    assert len(wanted) > 2
    picked = rows(api, f"{question}&fields=id,value")
    assert list(picked[0]) == ["id", "value_low", "value_high", "value_approximate", "value_currency", "value_basis",
                               "value_text"]  # fmt: skip
    assert lines(api, f"{question}&fields=id")[0] == {"id": wanted[0]}


@pytest.mark.parametrize("ordering", ["date", "-date", "value", "-delivered", "updated", "relevance&q=sights"])
def test_every_order_is_that_of_the_list(api: Api, ordering: str) -> None:
    wanted = api.ids(f"transfers/?ordering={ordering}&page_size=500")
    assert [row["id"] for row in rows(api, f"transfers/?ordering={ordering}")] == wanted


def test_a_line_says_what_the_api_says(api: Api) -> None:
    """Guards each form of a value: exact, about, at least, open dates, references, companies."""
    told = {row["id"]: row for row in rows(api, "transfers/")}
    for record in api.rows("transfers/?page_size=500"):
        row = told[record["id"]]
        for name in ("ordered", "delivered", "talked"):
            date = record[name] or dict.fromkeys(("edtf", "earliest", "latest", "text"))
            assert [row[f"{name}_{part}"] for part in date] == [date[part] or "" for part in date]
        for name in ("quantity_ordered", "quantity_delivered", "value"):
            number = record[name] or {}
            for part, value in number.items():
                wanted = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                assert row[f"{name}_{part}"] == wanted
            assert number or not any(row[f"{name}_{part}"] for part in ("low", "high", "approximate", "text"))
        for name in ("supplier", "recipient", "supplier_organisation", "equipment", "dataset", "returns"):
            assert row[name] == (record[name]["id"] if record[name] else "")
        assert row["companies"] == "; ".join(f"{one['role']}: {one['company']['id']}" for one in record["companies"])
        assert row["may_overlap"] == "; ".join(one["id"] for one in record["may_overlap"])
        assert (row["page"], row["updated"], row["key"]) == (record["page"], record["updated"], record["key"])


@pytest.mark.parametrize("collection", FACTS)
def test_the_passages_of_the_rows_are_a_second_file(api: Api, collection: str) -> None:
    facts = api.rows(f"{collection}/?page_size=500")
    wanted = [citation["id"] for fact in facts for citation in fact["citations"]]
    assert [row["id"] for row in rows(api, f"{collection}/?table=citations")] == wanted
    assert lines(api, f"{collection}/?table=citations") == [one for fact in facts for one in fact["citations"]]


def test_a_question_without_an_answer_is_a_header(api: Api) -> None:
    empty = file(api, "transfers/?supplier=north-korea&recipient=canada&format=csv")
    assert empty.count(b"\r\n") == 1
    assert file(api, "transfers/?supplier=north-korea&recipient=canada&format=jsonl") == b""


@pytest.mark.parametrize("word", EXPORTERS)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("suplier=russia", "suplier"),
        ("year_from=abc", "year_from"),
        ("supplier=nowhere", "supplier"),
        ("ordering=password", "ordering"),
        ("page=0", "page"),
        ("cursor=", "cursor"),
        ("fields=shoe", "fields"),
        ("table=shoes", "table"),
        ("manifest=yes", "manifest"),
    ],
)
def test_a_question_that_is_not_understood_is_refused(api: Api, word: str, query: str, parameter: str) -> None:
    problem = api.problem(f"transfers/?{query}&format={word}", 400)
    assert parameter in {error["parameter"] for error in problem["errors"]}


def test_what_only_files_have_is_refused_elsewhere(api: Api) -> None:
    for query in ("table=citations", "manifest=1"):
        assert "Only files" in api.problem(f"transfers/?{query}", 400)["errors"][0]["detail"]
    assert "csv" in api.problem("transfers/?format=docx", 400)["errors"][0]["detail"]
    assert "rows" in api.problem("countries/?table=citations&format=csv", 400)["errors"][0]["detail"]
    assert "supplier" in api.problem("transfers/?fields=citations&format=csv", 400)["errors"][0]["detail"]
    api.problem("transfers/articles-t44/?format=csv", 400)


def test_accept_names_the_format_as_well(api: Api) -> None:
    response = api.ask("countries/", Accept="text/csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert body(response).startswith(b"id,name,")


def test_text_that_would_be_computed_is_inert_and_newlines_stay(api: Api) -> None:
    comment = '=cmd|"/c calc"!A1\nand, more'
    factories.transfer("T1", comment=comment)
    (row,) = rows(api, "transfers/?dataset=test-tests")
    assert row["comment"] == f"'{comment}"
    assert lines(api, "transfers/?dataset=test-tests")[0]["comment"] == comment


# What is told of a file


@pytest.mark.parametrize("word", EXPORTERS)
def test_the_manifest_proves_that_a_file_is_whole(api: Api, word: str) -> None:
    response = api.ask(f"transfers/?supplier=russia&format={word}")
    address = response["Link"].partition("<")[2].partition(">")[0].partition("/api/v1/")[2]
    whole, manifest = body(response), api.json(address)
    assert manifest["sha256"] == hashlib.sha256(whole).hexdigest()
    assert (manifest["bytes"], manifest["rows"]) == (len(whole), api.json("transfers/?supplier=russia")["count"])
    assert response["ArmsDB-Rows"] == str(manifest["rows"])
    assert manifest["file"] in response["Content-Disposition"]
    assert manifest["data_version"] == response["ArmsDB-Data-Version"]
    assert manifest["address"].endswith(f"/api/v1/transfers/?supplier=russia&format={word}")
    assert manifest["datasets"][0]["credit"].startswith("Two articles on the arms trade of Myanmar")
    assert manifest["withheld"] == []
    assert manifest["cite"] == (
        f"ArmsDB, “Transfers from Russia”, data version {manifest['data_version']}, {manifest['address']}"
    )


def test_head_tells_the_same_without_the_file(api: Api) -> None:
    told, asked = api.ask("transfers/?format=csv", "HEAD"), api.ask("transfers/?format=csv")
    body(asked)
    for name in ("Content-Type", "Content-Disposition", "Link", "ArmsDB-Rows", "ArmsDB-Left-Out"):
        assert told[name] == asked[name]
    assert body(told) == b""
    assert "Content-Length" not in told


# One moment


@pytest.fixture
def shared(seeded: None, tmp_path: Path) -> Iterator[Any]:
    """Requests use a way into the database that is in no transaction; this is another one, to write by.

    On SQLite both lead to a copy in a file, where who reads and who writes are kept apart as on a site.
    """
    original = connections["default"]
    asking = original.copy()
    if original.vendor == "sqlite":
        path = tmp_path / "copy.sqlite3"
        with original.copy().cursor() as cursor:
            cursor.execute(f"VACUUM INTO '{path}'")
        asking.settings_dict = {**original.settings_dict, "NAME": str(path)}
    connections["default"] = asking
    writing = asking.copy()
    yield writing
    connections["default"] = original
    writing.close()
    asking.close()


@pytest.mark.parametrize("word", ["csv", "jsonl"])
def test_all_of_a_file_is_as_of_one_moment(shared: Any, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written while a file is on its way is not in it, whichever part it would be in; and it is not held up."""
    monkeypatch.setattr(Table, "PART", 5)
    monkeypatch.setattr(files, "OBJECTS", 5)
    api = Api(Client())
    whole = file(api, f"transfers/?format={word}")
    response = api.ask(f"transfers/?format={word}")
    pieces = iter(response)
    first = next(pieces)
    with shared.cursor() as cursor:
        cursor.execute("SELECT id, comment FROM armsdb_transfer")
        kept = cursor.fetchall()
        try:
            cursor.execute("UPDATE armsdb_transfer SET comment = 'Written meanwhile', state = 'draft'")
            assert first + b"".join(pieces) == whole
            response.close()
        finally:
            cursor.executemany(
                "UPDATE armsdb_transfer SET comment = %s, state = 'published' WHERE id = %s",
                [(comment, key) for key, comment in kept],
            )
    assert file(api, f"transfers/?format={word}") == whole


# How it is made


@pytest.mark.parametrize("word", EXPORTERS)
def test_a_file_takes_as_many_queries_at_20_rows_as_at_1(api: Api, word: str) -> None:
    line = Transfer.objects.get(public_id="articles-t44")
    question = f"transfers/?equipment=tank-sights&supplier=myanmar&format={word}"
    file(api, question)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            file(api, question)
        return len(captured)

    before = queries()
    copies(line, 20)
    assert queries() == before


def leave(response: Any) -> None:
    """Leave as a reader does; what the end of a request does to connections is kept from that of the test."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def test_no_more_are_on_their_way_than_there_are_places(api: Api) -> None:
    """A file that is not read to its end holds its place until its reader leaves."""
    held = [api.ask("transfers/?format=csv") for _place in range(places.AT_ONCE)]
    problem = api.ask("transfers/?format=csv")
    assert (problem.status_code, problem["Retry-After"]) == (503, "20")
    leave(held[0])
    body(api.ask("transfers/?format=csv"))
    leave(held[1])
    api.problem("transfers/?suplier=x&format=csv", 400)
    assert len([body(api.ask("transfers/?format=csv")) for _time in range(3)]) == 3


def test_what_a_database_that_died_left_is_not_what_the_manifest_tells(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documented check: whatever reached the reader has another length, and another hash."""
    told = api.json("transfers/?format=csv&manifest=1")
    response = api.ask("transfers/?format=csv")
    reads = iter([TABLES.read, TABLES.read])

    def read(*arguments: Any) -> Any:
        try:
            return next(reads)(*arguments)
        except StopIteration:
            raise OperationalError("server closed the connection unexpectedly") from None

    monkeypatch.setattr(Table, "PART", 20)
    monkeypatch.setattr(TABLES, "read", read)
    pieces: list[bytes] = []
    with pytest.raises(OperationalError):
        pieces.extend(response.streaming_content)
    response.close()
    got = b"".join(pieces)
    assert 40 < got.count(b"\r\n") < told["rows"]
    assert len(got) < told["bytes"]
    assert hashlib.sha256(got).hexdigest() != told["sha256"]


def test_a_file_that_cannot_be_finished_breaks_off(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is raised reaches the server, which then does not end the transfer; and the place is free again."""
    response = api.ask("transfers/?format=csv")
    monkeypatch.setattr(streams, "LONGEST", -1)
    late = api.ask("transfers/?format=csv")
    assert body(response)
    with pytest.raises(TimeoutError):
        body(late)
    monkeypatch.setattr(streams, "LONGEST", 600)
    assert file(api, "transfers/?format=csv")
