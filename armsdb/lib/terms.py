"""What is asked in `q`: words that must all match, phrases in quotes, and what a minus excludes."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from armsdb.lib import names

MAX_LENGTH = 500
MAX_WORDS = 32

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
MINUS = "-\N{MINUS SIGN}"
#: A phrase in quotes, or a run without spaces; a quote that is never closed is text.
CHUNK = re.compile(rf'(?P<minus>(?<!\S)[{MINUS}]+)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)|")')


class QueryError(ValueError):
    """A query that is too long; the message is a sentence for people."""


@dataclass(frozen=True)
class Query:
    """What is asked, in folded words: a phrase is a row of words that stand side by side."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; a query that only excludes is empty too."""
        return not self.words and not self.phrases

    @property
    def only_excludes(self) -> bool:
        return self.is_empty and bool(self.excluded)

    def matches(self, text: str) -> bool:
        """Whether a text answers the query: the meaning that every search engine of ours must give it."""
        if self.is_empty:
            return False
        row = names.tokens(text)
        wanted = [(word,) for word in self.words] + list(self.phrases)
        return all(_within(phrase, row) for phrase in wanted) and not any(_within(p, row) for p in self.excluded)


def parse(q: str) -> Query:
    """Read a query; raise QueryError when it is too long, and nothing else whatever the text."""
    if len(q) > MAX_LENGTH:
        raise QueryError(
            _("The search has %(length)d characters; at most %(limit)d are read.")
            % {"length": len(q), "limit": MAX_LENGTH}
        )
    wanted: dict[tuple[str, ...], None] = {}
    excluded: dict[tuple[str, ...], None] = {}
    for found in CHUNK.finditer(q.translate(QUOTES)):
        rows = excluded if found["minus"] else wanted
        if found["phrase"] is not None:
            rows[tuple(names.parts(found["phrase"]))] = None
        else:
            # A compound, as mig-29, is a row of its parts; but a slash stands between things to choose from.
            rows.update(dict.fromkeys(names.compounds((found["word"] or "").replace("/", " "))))
    wanted.pop((), None)
    excluded.pop((), None)
    _check_number(wanted, excluded)
    return Query(
        words=tuple(row[0] for row in wanted if len(row) == 1),
        phrases=tuple(row for row in wanted if len(row) > 1),
        excluded=tuple(excluded),
    )


def _check_number(*groups: dict[tuple[str, ...], None]) -> None:
    if sum(len(row) for rows in groups for row in rows) > MAX_WORDS:
        raise QueryError(_("The search has more than %(limit)d words.") % {"limit": MAX_WORDS})


def _within(phrase: tuple[str, ...], row: list[str]) -> bool:
    return any(tuple(row[at : at + len(phrase)]) == phrase for at in range(len(row) - len(phrase) + 1))
