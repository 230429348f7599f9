"""What somebody may be about to type: names that begin so, or that have a word which does."""

from dataclasses import dataclass

from django.db import connection

from armsdb.lib import names
from armsdb.lib.vocab import COMPANY_KINDS
from armsdb.models import Organisation, Rank, SearchEntry, SearchName

from . import postgresql, sqlite

#: The most suggestions; and how many rows of each rank are read for them, since one record may have several.
MOST = 10
_READ = 20
#: The ranks that are suggested by their beginnings, best first.
_BEGUN = (Rank.COUNTRY, Rank.COUNTRY_OTHER, Rank.NAME, Rank.OTHER, Rank.DOCUMENT, Rank.WORD)
_NAMES, _ENTRIES, _BODIES = (model._meta.db_table for model in (SearchName, SearchEntry, Organisation))


@dataclass(frozen=True)
class Suggestion:
    """A record that may be meant: its name, and the name that was begun, with the kind that an other name has.

    Companies have addresses of their own.
    """

    type: str
    record_id: int
    public_id: str
    name: str
    matched: str
    matched_name: str
    matched_kind: str | None
    is_company: bool


def suggest(q: str) -> list[Suggestion]:
    """The records that may be meant, best first: whole names, then what begins so, by rank and alphabet; one query.

    Of each rank a few rows are read, at the place in the index where they begin: the time does not grow with the names.
    """
    key = names.key(q)
    if not key:
        return []
    found: dict[tuple[str, int], Suggestion] = {}
    for _whole, _rank, _key, type_, record_id, public_id, name, matched, kind, body in sorted(_rows(key)):
        other, why = None if kind in ("", SearchName.CODE) else kind, "other-name" if kind else "name"
        told = Suggestion(type_, record_id, public_id, name, why, matched, other, body in COMPANY_KINDS)
        found.setdefault((type_, record_id), told)
    return list(found.values())[:MOST]


def _rows(key: str) -> list[tuple]:
    """The first rows of each rank, each with whether it is less than a whole name that was typed."""
    engine = sqlite if connection.vendor == "sqlite" else postgresql
    begun, bounds = engine.begins("key", key)
    columns = "entry_id, rank, key, name, kind"
    rows = f"SELECT {columns} FROM {_NAMES} WHERE rank = %s AND"  # noqa: S608
    first = f"SELECT * FROM ({rows} {begun} ORDER BY {engine.BY_KEY} LIMIT {_READ}) AS begun"  # noqa: S608
    found = " UNION ALL ".join([*[first] * len(_BEGUN), f"{rows} key = %s"])
    sql = (
        "SELECT CASE WHEN found.key = %s AND found.rank < %s THEN 0 ELSE 1 END, found.rank, found.key, entry.type, "  # noqa: S608
        "entry.record_id, entry.public_id, entry.name, found.name, found.kind, COALESCE(body.kind, '') "
        f"FROM ({found}) AS found JOIN {_ENTRIES} AS entry ON entry.id = found.entry_id "
        f"LEFT JOIN {_BODIES} AS body ON entry.type = '{Organisation.TYPE}' AND body.id = entry.record_id"
    )
    begun_so = [value for rank in _BEGUN for value in (int(rank), *bounds)]
    parameters = [key, int(Rank.WORD), *begun_so, int(Rank.CODE), key]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
