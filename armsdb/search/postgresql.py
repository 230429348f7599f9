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
    wanted = " & ".join(_any(ways, weight) for ways in asked.wanted_ways)
    if asked.joined:
        wanted = " | ".join([f"({wanted})", *(_word(word, weight) for word in asked.joined)])
    if asked.excluded and not in_names:
        return f"({wanted}) & !({' | '.join(_any([phrase], weight) for phrase in asked.excluded)})"
    return wanted


def _any(ways: list[tuple[str, ...]], weight: str) -> str:
    """Any of some ways to look for a word or a phrase; longer words that begin so answer to the first way alone."""
    found = [form for place, way in enumerate(ways) for form in _forms(way, weight, begins=place == 0)]
    return f"({' | '.join(found)})" if len(found) > 1 else found[0]


def _forms(words: tuple[str, ...], weight: str, *, begins: bool) -> list[str]:
    if len(words) > 1:
        return [f"({' <-> '.join(_word(word, weight) for word in words)})"]
    (word,) = words
    return [_word(word, ("*" if begins and is_prefix(word) else "") + weight), _word(joined_form(word), weight)]


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
