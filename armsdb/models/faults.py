"""What kept a database from answering: it is away, it takes no writes now, or the question took too long."""

from enum import Enum

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

#: Seconds after which one may ask again.
RETRY_AFTER = 5


class Fault(Enum):
    """Why there is no answer, as a sentence for whoever asked."""

    AWAY = _("The database does not answer now; please ask again later.")
    READ_ONLY = _("Nothing can be written now: the database takes no changes. Try again later.")
    TOO_LONG = _("The answer took too long and was given up; ask for less, or again later.")


#: States of SQL: a question that was cancelled, or waited too long for a lock; a transaction that may only read.
_TOO_LONG, _READ_ONLY = {"57014", "55P03"}, {"25006"}


def fault_of(error: BaseException | None) -> Fault | None:
    """What an error tells; None where it is no fault of the database but one of ours."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    state = getattr(error.__cause__, "pgcode", None)
    words = str(error)
    if state in _TOO_LONG or words == "interrupted":
        return Fault.TOO_LONG
    if state in _READ_ONLY or "readonly database" in words:
        return Fault.READ_ONLY
    return Fault.AWAY if isinstance(error, OperationalError | InterfaceError) else None
