"""What a query may have been meant for: words of names that are like its own, found by their pieces."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import connection

from armsdb.lib.likeness import Wanted, nearest
from armsdb.models import SearchName

from .words import Asked

#: The most known words that are looked for in place of one, the nearest first.
MOST = 12
_NAMES = SearchName._meta.db_table


def likened(asked: Asked) -> Iterator[Asked]:
    """A query with the known words that are like its own: those with one typing error, then those with two.

    One query of the database, asked only when the first is wanted; nothing comes where no word is like another.
    """
    near = _near(asked)
    tried: tuple = ()
    for errors in (1, 2):
        likes = [(word, tuple(one for off, one in found if off <= errors)[:MOST]) for word, found in near.items()]
        with_likes = tuple((word, known) for word, known in likes if known)
        if with_likes != tried:
            tried = with_likes
            yield replace(asked, likes=with_likes)


def _near(asked: Asked) -> dict[str, list[tuple[int, str]]]:
    """For each word that may be mistyped the known words within reach, the nearest first, with how far they are.

    A query of one word that is a known one is not mistyped: it is not there.
    """
    words = asked.mistakable
    known = _known(Wanted.of(words)) if words else []
    if len(asked.wanted) == 1 and asked.wanted[0] in {(one,) for one in known}:
        return {}
    return {word: nearest(word, known) for word in words}


def _known(wanted: Wanted) -> list[str]:
    """The words of names that have one of these pieces: each index is read at a few places, and no table."""
    pieces = {"head": wanted.heads, "middle": wanted.middles, "tail": wanted.tails}
    one = "SELECT word FROM {table} WHERE word > '' AND {column} IN ({places})"
    asked = {column: sorted(values) for column, values in pieces.items() if values}
    sql = " UNION ".join(
        one.format(table=_NAMES, column=column, places=", ".join(["%s"] * len(values)))
        for column, values in asked.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for values in asked.values() for value in values])
        return [word for (word,) in cursor.fetchall()]
