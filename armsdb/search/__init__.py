"""Find: the index and its two engines, full text of SQLite (FTS5) and of PostgreSQL (tsvector), behind one front.

Both find the same: folded words (`lib.names`), asked as `lib.terms` reads them. Nobody else knows the engines.
"""

from .finding import Hit, Results, by_relevance, matching, search
from .indexing import index, index_new, rebuild
from .naming import Named, countries_named, names_like
from .soundness import differences
from .suggesting import Suggestion, suggest

__all__ = [
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
    "names_like",
    "rebuild",
    "search",
    "suggest",
]
