"""The engine on SQLite: an FTS5 index over the entries, kept in step by triggers (migration 0002)."""

from django.db import DatabaseError, connection, transaction

from .words import Asked, is_prefix, joined_form

TABLE = "armsdb_searchentry_fts"
#: Sorts by code point, as PostgreSQL's does.
COLLATION = "BINARY"
#: The order of the index on keys.
BY_KEY = "key"


def condition(entry: str, asked: Asked, *, in_names: bool) -> tuple[str, list[str]]:
    """The condition, as SQL and its parameters, under which the entry of this id column answers."""
    return f"({entry} IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s))", [_match(asked, in_names)]  # noqa: S608


def _match(asked: Asked, in_names: bool) -> str:
    """The query in FTS5's syntax; every word is in quotes, so that none is an operator."""
    wanted = " AND ".join(_any(ways) for ways in asked.wanted_ways)
    if asked.joined:
        wanted = " OR ".join([f"({wanted})", *(f'"{word}"' for word in asked.joined)])
    if in_names:
        return f"names : ({wanted})"
    if asked.excluded:
        return f"({wanted}) NOT ({' OR '.join(_any([phrase]) for phrase in asked.excluded)})"
    return wanted


def _any(ways: list[tuple[str, ...]]) -> str:
    """Any of some ways to look for a word or a phrase; longer words that begin so answer to the first way alone."""
    found = [form for place, way in enumerate(ways) for form in _forms(way, begins=place == 0)]
    return f"({' OR '.join(found)})" if len(found) > 1 else found[0]


def _forms(words: tuple[str, ...], *, begins: bool) -> list[str]:
    if len(words) > 1:
        return [f'"{" ".join(words)}"']
    (word,) = words
    return [f'"{word}"{" *" if begins and is_prefix(word) else ""}', f'"{joined_form(word)}"']


def begins(column: str, key: str) -> tuple[str, list[str]]:
    """The condition under which a column of folded keys begins with one; the index serves it and the order BY_KEY."""
    return f"{column} >= %s AND {column} < %s", [key, key + "{"]  # "{" comes after every letter of a key


def refresh() -> None:
    """Make the full-text index anew from the entries."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")  # noqa: S608


def is_whole() -> bool:
    """Whether the full-text index agrees with the entries."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    except DatabaseError:
        return False
    return True
