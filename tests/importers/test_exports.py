"""What `manage.py export` writes, an empty database takes in, and it is the same again."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from armsdb import actions
from armsdb.exporters.whole import FORMS
from armsdb.lib.vocab import State, Terms
from armsdb.models import Country, Dataset, Transfer
from tests import factories
from tests.api.asking import COLLECTIONS
from tests.emptying import comes_back, empty, exported


def public_files() -> dict[str, bytes]:
    """What readers get of every list, in both formats."""
    client = Client(headers={"host": "localhost"})
    asked = [f"/api/v1/{collection}/?format={word}" for collection in COLLECTIONS for word in ("csv", "jsonl")]
    return {address: client.get(address).getvalue() for address in asked}


@pytest.mark.parametrize("form", FORMS)
def test_the_seed_comes_back_as_it_was(seeded: None, tmp_path: Path, form: str) -> None:
    """Guards all that readers and the desk see: bytes of the export and of the public files, history, index, rules."""
    before = public_files()
    comes_back(tmp_path, form)
    assert public_files() == before
    assert list(actions.differences()) == []
    connection.check_constraints()
    assert Client().get("/search/?q=Burma").content.count(b"Myanmar") > 1


@pytest.mark.parametrize("form", FORMS)
def test_odd_texts_come_back_and_are_inert(seeded: None, tmp_path: Path, form: str) -> None:
    odd = '=1+1,"é"\r\n\'-2\t😀'
    Transfer.objects.filter(public_id="articles-t44").update(comment=odd, state=State.DRAFT)
    Country.objects.filter(public_id="russia").update(summary="'" + odd)
    if form == "csv":
        rows = csv.DictReader(exported(tmp_path / "read", form)["transfer.csv"].decode().splitlines(keepends=True))
        assert [row["comment"] for row in rows if row["public_id"] == "articles-t44"] == ["'" + odd]
    comes_back(tmp_path, form)
    assert Transfer.objects.get(public_id="articles-t44").comment == odd
    assert Country.objects.get(public_id="russia").summary == "'" + odd
    factories.transfer("T9")  # the next key of each table is free


def test_the_manifest_says_that_it_is_not_for_passing_on(seeded: None, tmp_path: Path) -> None:
    Dataset.objects.filter(public_id="articles").update(terms=Terms.QUOTE)
    manifest = json.loads(exported(tmp_path / "out", "csv")["manifest.json"])
    assert manifest["warning"].startswith("Not for passing on")
    assert [one["id"] for one in manifest["not_for_passing_on"]] == ["articles"]
    assert manifest["files"]["transfer.csv"]["rows"] == Transfer.objects.count()


def test_it_names_no_account(seeded: None, tmp_path: Path, django_user_model: Any) -> None:
    django_user_model.objects.create_user("zzsomebody")
    for body in exported(tmp_path / "out", "jsonl").values():
        assert b"zzsomebody" not in body
        assert b"history_user" not in body


def spoil_bytes(folder: Path) -> str:
    (folder / "country.csv").write_bytes((folder / "country.csv").read_bytes()[:-9])
    return "country.csv is not as the manifest tells"


def lose_manifest(folder: Path) -> str:
    (folder / "manifest.json").unlink()
    return "the export is not whole"


def lose_table(folder: Path) -> str:
    told = json.loads((folder / "manifest.json").read_bytes())
    del told["files"]["person.csv"]
    (folder / "manifest.json").write_text(json.dumps(told))
    return "has no file of person"


@pytest.mark.parametrize("spoil", [spoil_bytes, lose_manifest, lose_table])
def test_what_is_not_whole_is_refused(spoil: Any, seeded: None, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    exported(folder, "csv")
    said = spoil(folder)
    empty()
    with pytest.raises(CommandError, match=said):
        call_command("load_export", str(folder))
    assert not Country.objects.exists()


def test_nothing_is_written_over(seeded: None, tmp_path: Path) -> None:
    exported(tmp_path / "out", "csv")
    with pytest.raises(CommandError, match="is there already"):
        call_command("export", str(tmp_path / "out"))
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("load_export", str(tmp_path / "out"))
