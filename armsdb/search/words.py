"""Words as the index holds them and as a query asks for them: the same rule for both engines.

The index is a row of folded words. Between two texts stands a break, so that no phrase runs from one into the next.
After the texts come the joined forms of their compounds and the whole names without spaces ("almazantey"), each with a
mark before it: they answer whole words only, so that "tanks" does not find "Tank sights".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from armsdb.lib import names, terms

#: Stands between two texts. A letter for both engines, and in no folded text: that is Latin.
BREAK = "ж"
#: The letters of a word that count; engines have limits of their own, and no name needs more.
WORD_LENGTH = 60
#: The words of one text that count: PostgreSQL keeps no positions beyond 16,383.
TEXT_WORDS = 10_000
NAMES_WORDS = 2_000
#: A word of so many letters also finds the longer words that begin with it: tank finds tanks.
PREFIX_LETTERS = 4


def is_prefix(word: str) -> bool:
    """Whether a word asked for also finds longer ones."""
    return len(word) >= PREFIX_LETTERS and word.isalpha()


def joined_form(word: str) -> str:
    """A joined word as the index holds it; the mark keeps prefixes off, and PostgreSQL from reading 1e9a as 1e9, a."""
    return (BREAK + word)[:WORD_LENGTH]


def index_words(texts: Iterable[str], limit: int, *, whole: Iterable[str] = ()) -> str:
    """The words that the index holds of these texts, at most `limit`; of those in `whole` also without spaces."""
    row: list[str] = []
    joined: dict[str, None] = {}
    for text in texts:
        cut, joins = _of_text(text)
        row += [*cut, BREAK]
        joined.update(dict.fromkeys(joins))
    joined.update(dict.fromkeys(filter(None, map(_whole, whole))))
    for word in joined:
        row += [word, BREAK]
    return " ".join(row[:limit])


@lru_cache(maxsize=8192)
def _of_text(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts of a text, and the joined forms of its compounds; the names of parties come again and again."""
    cut, joins = names.cut_and_joined(text)
    return tuple(part[:WORD_LENGTH] for part in cut), tuple(map(joined_form, joins))


@lru_cache(maxsize=8192)
def _whole(text: str) -> str:
    key = names.key(text)
    return joined_form(key) if key else ""


@dataclass(frozen=True)
class Asked:
    """A query as the engines put it: all of `wanted`, or `key` as one word; and nothing of `excluded`.

    `text` is the query as it was written.
    """

    wanted: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...]
    key: str
    text: str = ""

    @classmethod
    def parse(cls, q: str) -> Self:
        """Read a query; raise terms.QueryError, a sentence, when it is too long."""
        query = terms.parse(q)
        wanted = [*((word,) for word in query.words), *query.phrases]
        key = "" if query.excluded else names.key(q)
        return cls(tuple(map(_cut, wanted)), tuple(map(_cut, query.excluded)), key, q.strip())

    @property
    def is_empty(self) -> bool:
        """Whether there is no word to look for; one that only excludes has none."""
        return not self.wanted

    @property
    def joined(self) -> str:
        """The whole query as one word: "ural vagon zavod" finds Uralvagonzavod; empty where that adds nothing."""
        return "" if not self.key or self.wanted == ((self.key,),) else joined_form(self.key)

    def found_in(self, text: str) -> set[int]:
        """Which of the wanted words and phrases stand in a text, by their places."""
        cut, joins = names.cut_and_joined(text)
        row = [part[:WORD_LENGTH] for part in cut]
        joined = {joined_form(word) for word in [*joins, names.key(text)]}
        return {place for place, phrase in enumerate(self.wanted) if _stands_in(phrase, row, joined)}


def _cut(phrase: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word[:WORD_LENGTH] for word in phrase)


def _stands_in(phrase: tuple[str, ...], row: list[str], joined: set[str]) -> bool:
    if len(phrase) > 1:
        return any(tuple(row[at : at + len(phrase)]) == phrase for at in range(len(row) - len(phrase) + 1))
    (word,) = phrase
    return word in row or joined_form(word) in joined or (is_prefix(word) and any(w.startswith(word) for w in row))
