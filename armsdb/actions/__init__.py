"""Every write of the project: grades, index, data version and history follow each of them.

Verbs take keyword arguments, are atomic, and raise ValidationError with plain sentences when they refuse.
"""

from .citations import cite, cite_all
from .grading import regrade
from .groups import keep_groups
from .proposals import accept, decline, propose, settle, take_back, take_up
from .records import PARTS, Outcome, merge, publish, put, rename, withdraw
from .saving import gathered
from .transfers import keep_overlaps

__all__ = [
    "PARTS",
    "Outcome",
    "accept",
    "cite",
    "cite_all",
    "decline",
    "gathered",
    "keep_groups",
    "keep_overlaps",
    "merge",
    "propose",
    "publish",
    "put",
    "regrade",
    "rename",
    "settle",
    "take_back",
    "take_up",
    "withdraw",
]
