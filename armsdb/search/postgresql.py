"""The engine on PostgreSQL: a stored tsvector column of the entries under a GIN index (migration 0002)."""

from .words import Asked, is_prefix, joined_form

COLUMN = "document"
#: Sorts by code point, as SQLite's does.
COLLATION = "C"
#: The order of the index on keys, whatever the language of the database.
BY_KEY = "key USING ~<~"


def condition(entries: str, asked: Asked, *, in_names: bool) -> tuple[str, list[str]]:
    """The condition, as SQL and its parameters, under which a row of this table of entries answers."""
    return f"({entries}.{COLUMN} @@ %s::tsquery)", [_tsquery(asked, in_names)]


def _tsquery(asked: Asked, in_names: bool) -> str:
    """The query in PostgreSQL's syntax; every word is in quotes. Words of names have the weight A."""
    weight = "A" if in_names else ""
    wanted = " & ".join(_phrase(phrase, weight) for phrase in asked.wanted)
    if asked.joined:
        wanted = f"({wanted}) | {_word(asked.joined, weight)}"
    if asked.excluded and not in_names:
        return f"({wanted}) & !({' | '.join(_phrase(phrase, weight) for phrase in asked.excluded)})"
    return wanted


def _phrase(words: tuple[str, ...], weight: str) -> str:
    if len(words) > 1:
        return f"({' <-> '.join(_word(word, weight) for word in words)})"
    (word,) = words
    return f"({_word(word, ('*' if is_prefix(word) else '') + weight)} | {_word(joined_form(word), weight)})"


def _word(word: str, marks: str) -> str:
    return f"'{word}'" + (f":{marks}" if marks else "")


def begins(column: str, key: str) -> tuple[str, list[str]]:
    """The condition under which a column of folded keys begins with one; the index serves it and the order BY_KEY."""
    return f"{column} LIKE %s", [f"{key}%"]


def refresh() -> None:
    """Nothing to do: the column follows its row by itself."""


def is_whole() -> bool:
    """Always: the column follows its row by itself."""
    return True
