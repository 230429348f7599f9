"""Find: the index and its two engines, full text of SQLite (FTS5) and of PostgreSQL (tsvector), behind one front.

Both find the same: folded words (`lib.names`), asked as `lib.terms` reads them. Nobody else knows the engines.
"""

from .finding import Hit, Results, by_relevance, matching, search, understood
from .indexing import index, index_new, rebuild
from .naming import Named, countries_named
from .soundness import differences
from .suggesting import Suggestion, suggest
from .words import Asked

__all__ = [
    "Asked",
    "Hit",
    "Named",
    "Results",
    "Suggestion",
    "by_relevance",
    "countries_named",
    "differences",
    "index",
    "index_new",
    "matching",
    "rebuild",
    "search",
    "suggest",
    "understood",
]
