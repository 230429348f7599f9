"""Find: the index and its two engines, full text of SQLite (FTS5) and of PostgreSQL (tsvector), behind one front.

Both find the same: folded words (`lib.names`), asked as `lib.terms` reads them. Nobody else knows the engines.
"""

from .finding import Hit, Results, by_relevance, matching, search
from .indexing import index, index_new, rebuild
from .soundness import differences

__all__ = ["Hit", "Results", "by_relevance", "differences", "index", "index_new", "matching", "rebuild", "search"]
