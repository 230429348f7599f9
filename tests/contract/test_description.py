"""The description of the API is true of a running site, and programs can be made of it."""

import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser.serving import ROOT, Site

pytestmark = pytest.mark.contract
TOOLS = Path(sys.executable).parent
#: Cases that are drawn for an operation, besides those at the bounds of every parameter.
EXAMPLES = os.environ.get("CONTRACT_EXAMPLES", "5")
TYPESCRIPT = ("openapi-typescript@7.13.0", "typescript@5.9.3")


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """What a program says that has to end well."""
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-20_000:]
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def description(site: Site, tmp_path_factory: Any) -> Path:
    """The description as the site tells it."""
    path: Path = tmp_path_factory.mktemp("description") / "openapi.json"
    path.write_text(httpx.get(f"{site.url}/api/v1/schema/", timeout=60).raise_for_status().text)
    return path


def test_schemathesis_finds_nothing(of_each_engine: Site, tmp_path: Path):
    """All its checks, by examples, bounds, chance and links: every answer is as described, whatever is asked."""
    said = run(
        TOOLS / "schemathesis",
        *("run", f"{of_each_engine.url}/api/v1/schema/", "--checks", "all", "--max-examples", EXAMPLES, "--seed", "1"),
        *("--workers", "2", "--continue-on-failure", "--generation-database", "none", "--request-timeout", "60"),
        *("--no-color", "--wait-for-schema", "60"),
    )
    assert re.search(r"Tested: (\d+)", said), said
    assert "0 generated" not in said


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def test_a_generated_client_of_python_asks_and_is_answered(site: Site, description: Path, tmp_path: Path):
    """Made without a warning; its models read what the site answers: lists, a record, an error."""
    made = tmp_path / "armsdb_client"
    said = run(
        TOOLS / "openapi-python-client",
        *("generate", "--path", description, "--meta", "none", "--fail-on-warning", "--output-path", made),
    )
    assert "WARNING" not in said.upper()
    with importable(tmp_path), importlib.import_module("armsdb_client").Client(base_url=site.url) as client:
        asked = importlib.import_module("armsdb_client.api.transfers.transfers_list")
        of_one = importlib.import_module("armsdb_client.api.transfers.transfers_retrieve")
        found = asked.sync(client=client, supplier=["myanmar"], recipient=["russia"])
        assert found.count == len(found.results) == 6
        record = of_one.sync("articles-t44", client=client)
        assert (record.id, record.supplier.name, record.quantity_delivered.text) == (
            "articles-t44",
            "Myanmar",
            "thousands",
        )
        assert [passage.stance.value for passage in record.citations] == ["supports"] * 2
        problem = of_one.sync("nobody", client=client)
        assert (problem.status, type(problem).__name__) == (404, "Problem")


def test_types_of_typescript_are_made_and_are_sound(description: Path, tmp_path: Path):
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: no types of TypeScript are made")
    run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", tmp_path, *TYPESCRIPT)
    binaries = tmp_path / "node_modules" / ".bin"
    said = run(binaries / "openapi-typescript", description, "--output", tmp_path / "armsdb.ts")
    assert "warn" not in said.lower()
    run(binaries / "tsc", "--strict", "--noEmit", "--skipLibCheck", "false", tmp_path / "armsdb.ts")
