"""The rows of an entity's names: each whole, and from each of its words on."""

import re
from collections.abc import Iterator

from armsdb.lib import names
from armsdb.lib.likeness import pieces
from armsdb.models import Country, Dataset, Rank, SearchEntry, SearchName, Source
from armsdb.models.bulk import filled

from .contents import Contents

#: The longest key that a row holds.
KEY_LENGTH = 300
#: The words of one name from which it can be begun, and those from which nobody begins, as nobody does from a number.
WORDS = 8
SMALL = {"a", "and", "de", "for", "of", "the"}
_BLANK = SearchName()
#: A hyphen between letters.
COMPOUND = re.compile(r"[^\W\d]-[^\W\d]")


def name_rows_of(entry: SearchEntry, contents: Contents) -> Iterator[SearchName]:
    """A row for each name, whole; a code only where no name has its key; then one from each word on, once."""
    rows: list[SearchName] = []
    keys: set[str] = set()
    for name, kind in contents.names:
        key = names.key(name)[:KEY_LENGTH]
        if key and not (kind == SearchName.CODE and key in keys):
            keys.add(key)
            rows.append(filled(_BLANK, entry_id=entry.pk, key=key, name=name, kind=kind, rank=_rank(entry.type, kind)))
    if entry.type not in (Source.TYPE, Dataset.TYPE):
        rows += _begun_later(entry, [row for row in rows if row.kind != SearchName.CODE])
    yield from rows


def _rank(type_: str, kind: str) -> Rank:
    if kind == SearchName.CODE:
        return Rank.CODE
    if type_ in (Source.TYPE, Dataset.TYPE):
        return Rank.DOCUMENT
    if type_ == Country.TYPE:
        return Rank.COUNTRY_OTHER if kind else Rank.COUNTRY
    return Rank.OTHER if kind else Rank.NAME


def _begun_later(entry: SearchEntry, whole: list[SearchName]) -> Iterator[SearchName]:
    """The rows from the second word of each name on; the first words go to the whole rows themselves."""
    keys, begun = {row.key for row in whole}, set[str]()
    for row in whole:
        words = names.fold(row.name).split()
        _begin(row, words[0], begun)
        for at in range(1, min(len(words), WORDS)):
            key = "".join(words[at:])[:KEY_LENGTH]
            if key not in keys and words[at] not in SMALL and not words[at][0].isdigit():
                keys.add(key)
                made = filled(_BLANK, entry_id=entry.pk, key=key, name=row.name, kind=row.kind, rank=Rank.WORD)
                yield _begin(made, words[at], begun)
        for word in _joined(row.name):
            if word not in begun:
                made = filled(_BLANK, entry_id=entry.pk, key=word, name=row.name, kind=row.kind, rank=Rank.JOINED)
                yield _begin(made, word, begun)


def _joined(name: str) -> Iterator[str]:
    """The compounds of a name without their hyphens: Almaz-Antey can be mistyped as one word."""
    for compound in names.compounds(name) if COMPOUND.search(name) else ():
        joined = "".join(compound)
        if len(compound) > 1 and pieces(joined):
            yield joined


def _begin(row: SearchName, word: str, begun: set[str]) -> SearchName:
    """Say with which word a row begins, where somebody may have mistyped it; once for all names of an entity."""
    if word not in begun and (cut := pieces(word)):
        begun.add(word)
        row.word, row.head, row.middle, row.tail = word, cut.head, cut.middle, cut.tail
    return row
