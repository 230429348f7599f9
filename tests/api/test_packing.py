"""Answers come packed as their client takes them, and are the same ones."""

import gzip

import brotli
import pytest

from .asking import Api, body

PATH = "transfers/?page_size=50"


@pytest.mark.parametrize(
    ("takes", "packing"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("BR", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, br;q=0.000, x", "gzip"),
        ("gzip, brx", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_an_answer_is_packed_as_its_client_takes_it(api: Api, takes: str, packing: str | None):
    plain = api.ask(PATH)
    answer = api.ask(PATH, **{"Accept-Encoding": takes})
    assert answer.get("Content-Encoding") == packing
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[packing]
    assert unpack(answer.content) == plain.content
    assert int(answer["Content-Length"] if packing else len(answer.content)) == len(answer.content)
    assert answer["ETag"] == plain["ETag"]
    assert "Accept-Encoding" in answer["Vary"]
    again = api.ask(PATH, **{"Accept-Encoding": takes, "If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again.get("Content-Encoding")) == (304, b"", None)


def test_a_list_is_smaller_than_with_gzip_and_small(api: Api):
    by_brotli, by_gzip = (api.ask(PATH, **{"Accept-Encoding": takes}).content for takes in ("br", "gzip"))
    assert len(by_brotli) < len(by_gzip) < 60_000


def test_files_on_their_way_and_pages_are_left_to_gzip(api: Api):
    file = api.ask("transfers/?format=csv", **{"Accept-Encoding": "br, gzip"})
    assert file.streaming
    assert file.get("Content-Encoding") != "br"
    assert body(file)  # to its end: else it holds a place
    page = api.client.get("/transfers/", headers={"Accept-Encoding": "br, gzip"})
    assert page["Content-Encoding"] == "gzip"
