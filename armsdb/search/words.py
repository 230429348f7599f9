"""Words as the index holds them and as a query asks for them: the same rule for both engines.

The index is a row of folded words. Between two texts stands a break, so that no phrase runs from one into the next.
After the texts come the joined forms of their compounds and the whole names without spaces ("almazantey"), each with a
mark before it: they answer whole words only, so that "tanks" does not find "Tank sights".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, islice, product
from typing import Self

from armsdb.lib import names, terms
from armsdb.lib.likeness import can_be_mistyped

#: Stands between two texts. A letter for both engines, and in no folded text: that is Latin.
BREAK = "ж"
#: The letters of a word that count; engines have limits of their own, and no name needs more.
WORD_LENGTH = 60
#: The words of one text that count: PostgreSQL keeps no positions beyond 16,383.
TEXT_WORDS = 10_000
NAMES_WORDS = 2_000
#: A word of so many letters also finds the longer words that begin with it: tank finds tanks.
PREFIX_LETTERS = 4
#: The most words of a query that may be mistyped, and the most ways in which one phrase is looked for.
MISTAKABLE, WAYS = 8, 60


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

    `text` is the query as it was written; `likes` has known words that are as good as a word of it, the nearest first.
    """

    wanted: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...]
    key: str
    text: str = ""
    likes: tuple[tuple[str, tuple[str, ...]], ...] = ()

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
    def joined(self) -> list[str]:
        """The whole query as one word: "ural vagon zavod" finds Uralvagonzavod; empty where that adds nothing."""
        if not self.key or self.wanted == ((self.key,),):
            return []
        return [joined_form(self.key), *(form for like in self._like(self.key) for form in (like, joined_form(like)))]

    @property
    def mistakable(self) -> list[str]:
        """The words in which somebody may have mistyped, and the whole query as one."""
        words = [word for phrase in self.wanted for word in phrase]
        return list(
            islice(filter(can_be_mistyped, dict.fromkeys([*words, *([self.key] if self.joined else [])])), MISTAKABLE)
        )

    @cached_property
    def wanted_ways(self) -> list[list[tuple[str, ...]]]:
        """For each word or phrase that is wanted, how it is looked for."""
        return [self._ways(phrase) for phrase in self.wanted]

    def _ways(self, phrase: tuple[str, ...]) -> list[tuple[str, ...]]:
        """How a word or phrase is looked for: as it is asked for, then with words that are like its own, few first."""
        return list(islice(self._all_ways(phrase), WAYS))

    def _all_ways(self, phrase: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        places = [place for place, word in enumerate(phrase) if self._like(word)]
        for number in range(len(places) + 1):
            for mistyped in combinations(places, number):
                for words in product(*(self._like(phrase[place]) for place in mistyped)):
                    meant = dict(zip(mistyped, words, strict=True))
                    yield tuple(meant.get(place, word) for place, word in enumerate(phrase))

    @cached_property
    def keys(self) -> list[str]:
        """The keys of whole names that answer: that of the query, and those with words that are like its own."""
        if not self.key:
            return []
        spelt = ("".join(way) for way in self._ways(tuple(names.parts(self.text))) if self.likes)
        return list(dict.fromkeys([self.key, *spelt, *self._like(self.key)]))

    def _like(self, word: str) -> tuple[str, ...]:
        return self._likes.get(word, ())

    @cached_property
    def _likes(self) -> dict[str, tuple[str, ...]]:
        return dict(self.likes)

    def found_in(self, text: str) -> set[int]:
        """Which of the wanted words and phrases stand in a text, by their places."""
        cut, joins = names.cut_and_joined(text)
        row = [part[:WORD_LENGTH] for part in cut]
        joined = {joined_form(word) for word in [*joins, names.key(text)]}
        return {
            place
            for place, ways in enumerate(self.wanted_ways)
            if any(_stands_in(way, row, joined, as_asked=at == 0) for at, way in enumerate(ways))
        }


def _cut(phrase: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word[:WORD_LENGTH] for word in phrase)


def _stands_in(phrase: tuple[str, ...], row: list[str], joined: set[str], *, as_asked: bool) -> bool:
    if len(phrase) > 1:
        return any(tuple(row[at : at + len(phrase)]) == phrase for at in range(len(row) - len(phrase) + 1))
    (word,) = phrase
    if word in row or joined_form(word) in joined:
        return True
    return as_asked and is_prefix(word) and any(known.startswith(word) for known in row)
