"""Write tests/article_runs.txt, by which the tests see whether words of the articles were copied.

    python tests/make_article_runs.py FOLDER

FOLDER holds article-a-2022.txt and article-b-2024.txt. The articles may not be passed on, so the repository keeps only
hashes: of each run of nine words in a row, its words in lower case, without accents and punctuation and with one space
between them, the first 16 hexadecimal digits of the SHA-256, sorted, one a line. Paragraph numbers such as [A1] are no
words. Run it again when an article or the rule changes; test_article_runs.py compares the file with the articles where
ARMSDB_ARTICLES names their folder.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

ARTICLES = ("article-a-2022.txt", "article-b-2024.txt")
RUNS = Path(__file__).with_name("article_runs.txt")
LENGTH = 9
DIGITS = 16

PARAGRAPH_NUMBER = re.compile(r"^\[[AB]\d+\]", re.MULTILINE)
APOSTROPHES = re.compile(r"['’ʼ]")
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Take the words of a text, bare: “Myanmar’s matériel” is myanmars, materiel."""
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return WORD.findall(APOSTROPHES.sub("", plain))


def hashed_runs(text: str) -> dict[str, str]:
    """Hash each run of nine words of a text; give the runs by their hashes."""
    found = words(text)
    runs = (" ".join(found[start : start + LENGTH]) for start in range(len(found) - LENGTH + 1))
    return {sha256(run.encode()).hexdigest()[:DIGITS]: run for run in runs}


def runs_of_articles(folder: Path) -> set[str]:
    """Hash the runs of both articles, each by itself."""
    texts = ((folder / name).read_text(encoding="utf-8") for name in ARTICLES)
    return {run for text in texts for run in hashed_runs(PARAGRAPH_NUMBER.sub("", text))}


def main(arguments: Iterable[str]) -> None:
    (folder,) = arguments
    RUNS.write_text("".join(f"{run}\n" for run in sorted(runs_of_articles(Path(folder)))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
