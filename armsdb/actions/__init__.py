"""Every write of the project: grades, index, data version and history follow each of them.

Verbs take keyword arguments, are atomic, and raise ValidationError with plain sentences when they refuse.
"""

from .citations import cite, cite_all
from .grading import regrade
from .records import PARTS, Outcome, merge, publish, put, rename, withdraw
from .saving import gathered
from .soundness import differences
from .transfers import keep_overlaps
from .undoing import undo

__all__ = [
    "PARTS",
    "Outcome",
    "cite",
    "cite_all",
    "differences",
    "gathered",
    "keep_overlaps",
    "merge",
    "publish",
    "put",
    "regrade",
    "rename",
    "undo",
    "withdraw",
]
