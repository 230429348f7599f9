"""What a query names: countries by any of their names."""

from dataclasses import dataclass

from armsdb.lib import names, terms
from armsdb.models import Country, SearchName

#: The most words of a query that are taken for one name.
NAME_WORDS = 6


@dataclass(frozen=True)
class Named:
    """A country that a query names: its row, the name that stands there, and the kind of a name that is not its own."""

    record_id: int
    name: str
    kind: str


def countries_named(q: str) -> list[Named]:
    """The countries that a query names by a name of theirs, each once; one query, none for fewer than two words.

    The longest names win, so that South Korea is not Korea; what names several countries names none. Codes of two or
    three letters are too often words of English. Raise terms.QueryError, a sentence, for a query that is too long.
    """
    words = names.parts(q)
    if len(words) < 2 or terms.parse(q).excluded:
        return []
    runs = [(at, end) for at in range(len(words)) for end in range(at + 1, min(at + NAME_WORDS, len(words)) + 1)]
    keys = {"".join(words[at:end]) for at, end in runs}
    rows: dict[str, list[SearchName]] = {}
    told = SearchName.objects.whole().filter(entry__type=Country.TYPE, key__in=keys).exclude(kind=SearchName.CODE)
    for row in told.select_related("entry"):
        rows.setdefault(row.key, []).append(row)
    found: dict[int, Named] = {}
    taken: set[int] = set()
    for at, end in sorted(runs, key=lambda run: (run[0] - run[1], run[0])):
        named = rows.get("".join(words[at:end]), [])
        if named and len({row.entry_id for row in named}) == 1 and not taken & set(range(at, end)):
            taken |= set(range(at, end))
            best = min(named, key=lambda row: bool(row.kind))
            found.setdefault(best.entry.record_id, Named(best.entry.record_id, best.name, best.kind))
    return list(found.values())
