"""Every write of the project: grades, index, data version and history follow each of them.

Verbs take keyword arguments, are atomic, and raise ValidationError with plain sentences when they refuse.
"""

from .citations import cite, cite_all
from .grading import regrade
from .ids import id_from_name, id_of_fact, next_key
from .leaning import leaning_on
from .records import PARTS, Outcome, merge, publish, put, rename, withdraw
from .saving import RowRefused, gathered
from .transfers import keep_overlaps, keep_overlaps_of

__all__ = [
    "PARTS",
    "Outcome",
    "RowRefused",
    "cite",
    "cite_all",
    "gathered",
    "id_from_name",
    "id_of_fact",
    "keep_overlaps",
    "keep_overlaps_of",
    "leaning_on",
    "merge",
    "next_key",
    "publish",
    "put",
    "regrade",
    "rename",
    "withdraw",
]
