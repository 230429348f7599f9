"""No sentence of the articles stands in the repository: no run of nine of their words (make_article_runs.py)."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from .make_article_runs import DIGITS, RUNS, hashed_runs, runs_of_articles

ROOT = Path(settings.BASE_DIR)
ROOMS = ("armsdb", "docs", "static", "templates", "tests")
TEXTS = {".css", ".html", ".js", ".md", ".py", ".svg", ".txt", ".yaml", ".yml"}
#: Texts that others wrote, and the hashes themselves.
NOT_OURS = ("vendor/", "LICENSE", RUNS.name)


@pytest.fixture(scope="module")
def forbidden() -> set[str]:
    """The kept hashes, and those of the articles themselves where ARMSDB_ARTICLES names their folder."""
    kept = set(RUNS.read_text(encoding="utf-8").split())
    folder = os.environ.get("ARMSDB_ARTICLES")
    return kept | runs_of_articles(Path(folder)) if folder else kept


def copied(files: list[Path], forbidden: set[str]) -> dict[str, list[str]]:
    """The runs of each file that stand in an article."""
    found = {}
    for path in files:
        runs = hashed_runs(path.read_text(encoding="utf-8"))
        if taken := sorted(run for hashed, run in runs.items() if hashed in forbidden):
            found[str(path.relative_to(ROOT))] = taken
    return found


def texts_in(folder: Path) -> list[Path]:
    """The files of a folder that hold our words."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix in TEXTS)
    return [path for path in found if not any(name in path.as_posix() for name in NOT_OURS)]


def test_the_seed_copies_no_run_of_the_articles(forbidden):
    files = texts_in(ROOT / "fixtures")
    assert len(files) >= 13, "The files of the seed are not where this test looks."
    assert copied(files, forbidden) == {}


def test_pages_code_and_documents_copy_no_run_of_the_articles(forbidden):
    files = [path for room in ROOMS for path in texts_in(ROOT / room)] + sorted(ROOT.glob("*.md"))
    assert files
    assert copied(files, forbidden) == {}


def test_the_kept_runs_are_those_of_the_script(forbidden):
    """Sorted, each once, all of one form, and enough for two articles; and no run of the articles is missing."""
    kept = RUNS.read_text(encoding="utf-8").splitlines()
    assert kept == sorted(set(kept))
    assert all(re.fullmatch(f"[0-9a-f]{{{DIGITS}}}", run) for run in kept)
    assert len(kept) > 4000
    assert forbidden == set(kept), "Run tests/make_article_runs.py."


def test_a_copied_sentence_would_be_seen(tmp_path):
    """Case, punctuation, accents and line ends make no difference; eight words are no run."""
    sentence = "Nine words, that’s “all” it takes to be - caught."
    assert len(hashed_runs(sentence)) == 1
    assert hashed_runs(sentence) == hashed_runs("nine WORDS thats\n  all ít takes to be caught")
    assert hashed_runs("eight words are not enough to be caught") == {}
