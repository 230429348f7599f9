"""Releases on the site: listed with sizes and hashes, handed out whole and in parts, the newest at one address."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from armsdb.exporters.releases import Release, make
from armsdb.models import Transfer


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """One release of the seed, which the tests only read."""
    with django_db_blocker.unblock():
        yield make(tmp_path_factory.mktemp("releases"), site="http://localhost").release


@pytest.fixture
def newest(db: None, made: Release, settings: Any) -> Release:
    settings.RELEASES_DIR = made.folder.parent
    return made


def ask(address: str, **headers: str) -> Any:
    return Client(headers={"host": "localhost", **headers}).get(address)


def address(release: Release, name: str) -> str:
    return f"/data/releases/{release.name}/{name}"


def body(answer: Any) -> bytes:
    return answer.getvalue() if answer.streaming else answer.content


def test_the_page_of_data_lists_releases_and_a_page_its_files(newest: Release) -> None:
    listed = ask("/data/").content.decode()
    assert f'href="/data/releases/{newest.name}/"' in listed
    assert "/data/latest/csv/transfers.csv" in listed
    page = ask(f"/data/releases/{newest.name}/").content.decode()
    assert all(digest in page and address(newest, name) in page for name, digest in newest.sums.items())
    assert "Cite as" in page


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("csv/transfers.csv", "text/csv; charset=utf-8"),
        ("jsonl/transfers.jsonl", "application/jsonl; charset=utf-8"),
        ("parquet/transfers.parquet", "application/vnd.apache.parquet"),
        ("armsdb.sqlite", "application/vnd.sqlite3"),
        ("datapackage.json", "application/json"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("apply.py", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_comes_whole_with_its_type_and_hash(newest: Release, name: str, media_type: str) -> None:
    answer = ask(address(newest, name), accept_encoding="gzip")
    content = body(answer)
    assert content == (newest.folder / name).read_bytes()
    assert answer["Content-Type"] == media_type
    assert answer["Content-Length"] == str(len(content))
    assert answer["Accept-Ranges"] == "bytes"
    assert "immutable" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    if name != "SHA256SUMS":
        assert answer["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
        assert ask(address(newest, name), if_none_match=answer["ETag"]).status_code == 304


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=100-", 100, -1),
        ("bytes=-7", -7, -1),
        ("bytes=5-999999999", 5, -1),
    ],
)
def test_a_part_is_what_stands_there(newest: Release, asked: str, first: int, last: int) -> None:
    whole = (newest.folder / "armsdb.sqlite").read_bytes()
    answer = ask(address(newest, "armsdb.sqlite"), range=asked, accept_encoding="gzip")
    wanted = whole[first:] if last == -1 else whole[first : last + 1]
    begin = first % len(whole)
    assert (answer.status_code, body(answer)) == (206, wanted)
    assert answer["Content-Range"] == f"bytes {begin}-{begin + len(wanted) - 1}/{len(whole)}"
    assert answer["Content-Length"] == str(len(wanted))


def test_parts_that_are_none(newest: Release) -> None:
    """Beyond the end is refused; several parts, other units and a part of another file give all of it."""
    where = address(newest, "csv/people.csv")
    whole = (newest.folder / "csv/people.csv").read_bytes()
    for asked in ("bytes=99999999-", "bytes=-0", "bytes=9-3"):
        beyond = ask(where, range=asked)
        assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(whole)}")
    for asked in ("bytes=0-1,5-6", "rows=1-2", "bytes=", "bytes=a-b"):
        assert body(ask(where, range=asked)) == whole
    tag = f'"{newest.sums["csv/people.csv"]}"'
    assert body(ask(where, range="bytes=0-1", if_range=tag)) == whole[:2]
    assert body(ask(where, range="bytes=0-1", if_range='"another"')) == whole


def test_head_tells_the_length_alone(newest: Release) -> None:
    answer: Any = Client(headers={"host": "localhost"}).head(address(newest, "csv/people.csv"))
    assert answer["Content-Length"] == str((newest.folder / "csv/people.csv").stat().st_size)
    assert body(answer) == b""


@pytest.mark.parametrize(
    "name", ["../secret-key", "csv/../../secret-key", "%2e%2e/secret-key", "csv", "csv/", "nothing.csv", "/etc/passwd"]
)
def test_nothing_but_the_files_of_a_release_is_handed_out(newest: Release, name: str) -> None:
    (newest.folder.parent / "secret-key").write_text("secret")
    assert ask(address(newest, name)).status_code in (301, 404)
    (newest.folder.parent / "secret-key").unlink()


def test_the_newest_is_at_an_address_that_stays(newest: Release) -> None:
    answer = ask("/data/latest/csv/transfers.csv")
    assert (answer.status_code, answer["Location"]) == (302, address(newest, "csv/transfers.csv"))
    assert answer["Cache-Control"] == "no-cache"
    assert ask("/data/latest/")["Location"] == f"/data/releases/{newest.name}/"
    assert ask("/data/releases/2001-01-01/").status_code == 404


def test_a_site_without_releases_says_so(db: None, settings: Any, tmp_path: Path) -> None:
    settings.RELEASES_DIR = tmp_path / "none"
    assert "has no release yet" in ask("/data/").content.decode()
    assert ask("/data/latest/").status_code == 404


def test_the_size_is_told_before_the_click(db: None) -> None:
    """The whole seed, and a list of more rows than are tried."""
    page = ask("/data/transfers/").content.decode()
    length = len(body(ask("/api/v1/transfers/?format=csv")))
    assert Transfer.objects.published().count() == 62
    assert f"about {length / 1024:.1f}" in page.replace("\xa0", " ")
