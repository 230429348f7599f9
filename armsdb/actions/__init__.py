"""Every write of the project: grades, index, data version and history follow each of them.

Verbs take keyword arguments, are atomic, and raise ValidationError with plain sentences when they refuse.
"""

from .beside import keep
from .citations import cite, cite_all
from .discarding import discard
from .distinctions import tell_apart, tell_apart_no_more
from .grading import regrade
from .groups import keep_groups
from .ids import id_from_name, id_of_fact, next_key
from .jobs import job, keep_end, keep_failure
from .leaning import leaning_on
from .making import Maker
from .overlaps import decide_overlap
from .proposals import accept, decline, propose, settle, take_back, take_up
from .records import PARTS, Outcome, merge, publish, put, rename, withdraw
from .register_rows import Row
from .registers import Edition, RegisterRun, TakenBack, importing, keep_unwritten, register_run
from .restoring import NotEmpty, restore
from .saving import RowRefused, gathered
from .soundness import differences
from .tokens import give_token, revoke_token
from .transfers import keep_overlaps, keep_overlaps_of
from .undoing import undo

__all__ = [
    "PARTS",
    "Edition",
    "Maker",
    "NotEmpty",
    "Outcome",
    "RegisterRun",
    "Row",
    "RowRefused",
    "TakenBack",
    "accept",
    "cite",
    "cite_all",
    "decide_overlap",
    "decline",
    "differences",
    "discard",
    "gathered",
    "give_token",
    "id_from_name",
    "id_of_fact",
    "importing",
    "job",
    "keep",
    "keep_end",
    "keep_failure",
    "keep_groups",
    "keep_overlaps",
    "keep_overlaps_of",
    "keep_unwritten",
    "leaning_on",
    "merge",
    "next_key",
    "propose",
    "publish",
    "put",
    "register_run",
    "regrade",
    "rename",
    "restore",
    "revoke_token",
    "settle",
    "take_back",
    "take_up",
    "tell_apart",
    "tell_apart_no_more",
    "undo",
    "withdraw",
]
