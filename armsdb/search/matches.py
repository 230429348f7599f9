"""Why an entry answers a query: by which name, or in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from armsdb.lib import names
from armsdb.models import Dataset, SearchName, Source

from .words import Asked

#: How well an entry answers, best first.
WHOLE_NAME, WHOLE_OTHER_NAME, IN_NAME, IN_OTHER_NAME, IN_TEXT, FACT_IN_NAME, FACT_IN_TEXT = range(1, 8)
#: Those that one of its names gives.
BY_NAME = (WHOLE_NAME, WHOLE_OTHER_NAME, IN_NAME, IN_OTHER_NAME)

#: Characters of a snippet, and how many of them may stand before the word that was found.
SNIPPET = 200
BEFORE = 60
#: What may stand beside a word in a sentence.
MARKS = ".,;:!?()[]“”‘’\"'"


@dataclass(frozen=True)
class Match:
    """Why: by "name", by "other-name" (which, and its AliasKind where it has one) or by "text"; words to show.

    By "like" where a word is only like one of the query: `name` is that name, or the words of the text that are.
    """

    matched: str
    name: str | None
    kind: str | None
    snippet: str


def matches_of(entries: Sequence[Any], asked: Asked) -> dict[int, Match]:
    """Why each of these entries, with their tiers, answers, by its key; one query at most, for the names."""
    several = [entry.pk for entry in entries if entry.tier in BY_NAME]
    called: dict[int, list[SearchName]] = {}
    for row in SearchName.objects.whole().filter(entry__in=several):
        called.setdefault(row.entry_id, []).append(row)
    return {entry.pk: _match(entry, called.get(entry.pk, []), asked) for entry in entries}


def _match(entry: Any, called: list[SearchName], asked: Asked) -> Match:
    lines = entry.readable.split("\n")
    if entry.tier in (IN_TEXT, FACT_IN_TEXT):
        best = max(lines, key=lambda line: len(asked.found_in(line)))
        why, like = ("like", _like_words(best, asked) or None) if asked.likes else ("text", None)
        return Match(why, like, None, clip(best, asked))
    name, kind = _best_name(called, asked) if called else (entry.name, "")
    why = "like" if asked.likes else "other-name" if kind else "name"
    if asked.likes and (entry.is_fact or entry.type in (Source.TYPE, Dataset.TYPE)):
        name = _like_words(name, asked) or name  # of a title the words that are like say more than all of it
    return Match(why, name, kind if kind and kind != SearchName.CODE else None, clip(lines[0]))


def _like_words(line: str, asked: Asked) -> str:
    """The words of a line that are like words of the query, as they are written there."""
    likes = {like for _word, known in asked.likes for like in known}
    found = (word.strip(MARKS) for word in line.split() if likes & {names.key(word), *names.parts(word)})
    return " ".join(dict.fromkeys(found))


def _best_name(called: list[SearchName], asked: Asked) -> tuple[str, str]:
    """The name that answers best, and its kind: a whole one, as written if possible; else the one with most words."""

    def fitness(row: SearchName) -> tuple[bool, bool, int, bool, bool]:
        whole, as_written = row.key in asked.keys, row.name.casefold() == asked.text.casefold()
        return whole, as_written, len(asked.found_in(row.name)), not row.kind, row.kind != SearchName.CODE

    best = max(called, key=fitness)
    return best.name, best.kind


def clip(line: str, asked: Asked | None = None) -> str:
    """The part of a line around the first word asked for, or its beginning; cut between words."""
    if len(line) <= SNIPPET:
        return line
    start = _first_place(line, asked) if asked else 0
    start = line.rfind(" ", 0, max(start - BEFORE, 0) + 1) + 1
    piece = line[start : start + SNIPPET]
    if start + SNIPPET < len(line):
        piece = (piece[: piece.rfind(" ")] if " " in piece else piece) + " …"
    return ("… " if start else "") + piece


def _first_place(line: str, asked: Asked) -> int:
    """Where the first of the words asked for begins, or the first word of a phrase; 0 where none stands alone."""
    firsts = Asked(tuple((phrase[0],) for phrase in asked.wanted), (), "", likes=asked.likes)
    place = 0
    for word in line.split(" "):
        if firsts.found_in(word):
            return place
        place += len(word) + 1
    return 0
