"""The programs that files are meant for open them: `make outside` installs these, apart from ArmsDB, and runs this."""

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from armsdb.exporters.releases import Release, make

pytestmark = [pytest.mark.outside, pytest.mark.django_db]
LISTS = {
    "graphml": ["transfers"],
    "gexf": ["transfers"],
    "jsonld": ["transfers"],
    "xlsx": ["transfers"],
    "ftm": ["countries", "organisations", "people", "transfers", "sanctions", "ownerships", "roles", "events"],
}


@pytest.fixture(scope="module")
def release(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the seed, and files of lists beside its own."""
    with django_db_blocker.unblock():
        made = make(tmp_path_factory.mktemp("releases"), site="http://localhost").release
        lists = made.folder / "lists"
        lists.mkdir()
        for word, collections in LISTS.items():
            for collection in collections:
                answer: Any = Client(headers={"host": "localhost"}).get(f"/api/v1/{collection}/?format={word}")
                extension = "ftm.jsonl" if word == "ftm" else word
                (lists / f"{collection}.{extension}").write_bytes(answer.getvalue())
    return made


def read_by(program: str, release: Release) -> Any:
    """What a program finds in a release."""
    python = os.environ.get("ARMSDB_OUTSIDE")
    if not python:
        pytest.fail("ARMSDB_OUTSIDE has to name the Python that has the programs: make outside does")
    command: list[str | Path] = [python, Path(__file__).with_name("reading.py"), program, release.folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.stderr.startswith("not installed"):
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("program", ["pandas", "duckdb"])
def test_tables_have_their_rows_in_every_form(release: Release, program: str) -> None:
    assert read_by(program, release) == {name: [rows] * 3 for name, rows in release.rows().items()}


def test_frictionless_finds_the_data_package_valid(release: Release) -> None:
    """Types, keys, hashes, lengths and required cells of every table."""
    assert read_by("frictionless", release) == {"valid": True, "errors": []}


def test_datasette_serves_the_database(release: Release) -> None:
    told = read_by("datasette", release)
    assert told == {"rows": release.rows(), "supplier": "myanmar", "leads": True, "notes": True}


def test_networkx_reads_both_graphs_alike(release: Release) -> None:
    graphml, gexf = read_by("networkx", release)
    assert graphml == gexf
    assert graphml[1] >= release.rows()["transfers"]


def test_linked_data_is_sound_rdf(release: Release) -> None:
    """No word is lost on the way, every claim has an address, and so has all that it names."""
    told = read_by("pyld", release)
    assert told["types"]["Claim"] == release.rows()["transfers"]
    assert told["types"]["Country"] > 5
    assert told["triples"] > 20 * release.rows()["transfers"]
    assert told["blank"] == 0


def test_followthemoney_takes_every_statement(release: Release) -> None:
    told = read_by("followthemoney", release)
    assert told["problems"] == []
    assert told["schemata"]["EconomicActivity"] == release.rows()["transfers"]
    assert told["schemata"]["Territory"] == release.rows()["countries"]


def test_libreoffice_opens_the_workbook(release: Release, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    book = release.folder / "lists/transfers.xlsx"
    command: list[str | Path] = [office, home, "--headless", "--convert-to", "csv", "--outdir", tmp_path, book]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with (tmp_path / "transfers.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == release.rows()["transfers"] + 1
