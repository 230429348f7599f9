"""Every recipe of docs/recipes/ does what it says, in each language, against a running site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.serving import ROOT, Site

pytestmark = pytest.mark.contract
RECIPES = ROOT / "docs" / "recipes"
#: What each prints, in whatever language.
SAYS = {
    "ask-again": ["304"],
    "changes": ["known until"],
    "company": ["articles-t09", "reported"],
    "country-years": ["2019", "India", "Myanmar"],
    "disputed": ["denies: Article B, on arms between Russia and Myanmar, B53"],
    "evidence": ["Tank sights", "reported: Reported by", "supports", "B51", "articles-t44-c2"],
    "match-names": [
        "organisation:rosoboronexport",
        "organisation:uralvagonzavod",
        "organisation:almaz-antey",
    ],
    "mirror": ["datasets 1", "equipment 35"],
    "table": ["ArmsDB-Rows: 29", "id", "name"],
    "two-countries": ["Russia to Myanmar: 29 transfers", "Myanmar to Russia: 6 transfers, 0 without a date"],
}
LANGUAGES = {"sh": "sh", "py": sys.executable, "mjs": "node", "R": "Rscript"}


def test_each_recipe_is_there_in_every_language():
    assert {path.stem for path in RECIPES.iterdir()} - {"README"} == set(SAYS)
    for language in LANGUAGES:
        assert {path.stem for path in RECIPES.glob(f"*.{language}")} == set(SAYS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAYS)
def test_a_recipe_says_what_it_should(site: Site, tmp_path: Path, name: str, language: str):
    program = LANGUAGES[language]
    if language == "R" and shutil.which(program) is None:
        pytest.skip("R is not installed")
    said = subprocess.run(
        [program, RECIPES / f"{name}.{language}"],
        cwd=tmp_path,
        env=os.environ | {"ARMSDB_URL": site.url},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert said.returncode == 0, said.stderr
    for words in SAYS[name]:
        assert words in said.stdout, said.stdout


def test_a_recipe_for_changes_goes_on_from_where_it_was(site: Site, tmp_path: Path):
    """The second run asks with the cursor of the first, in another language."""
    kept = tmp_path / "cursor"
    environment = os.environ | {"ARMSDB_URL": site.url, "CURSOR_FILE": str(kept)}
    subprocess.run(["sh", RECIPES / "changes.sh"], env=environment, check=True, capture_output=True)
    first = kept.read_text().strip()
    kept.write_text(str(int(first.partition("-")[0]) - 1))
    said = subprocess.run(
        [sys.executable, RECIPES / "changes.py"], env=environment, check=True, capture_output=True, text=True
    )
    assert kept.read_text().strip() == first
    assert "published\t" in said.stdout or "many\t" in said.stdout
