"""How far a transfer went: what the record has, beside what its passages tell."""

from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.vocab import Stance, Status


class Stage:
    """How far one transfer went, with its published citations fetched; makes no query then."""

    def __init__(self, transfer: Any) -> None:
        self.status = Status(transfer.status)
        self.supports = [one for one in transfer.citations.all() if one.stance == Stance.SUPPORTS]

    @property
    def is_reading(self) -> bool:
        """Whether the record says how far it went and no passage does: we took it from what they tell."""
        return self.status != Status.UNKNOWN and bool(self.supports) and not self._tell(self.status)

    @property
    def passage(self) -> Any:
        """The first passage that tells it so, else the first that supports the transfer at all."""
        return next(iter([*self._tell(self.status), *self.supports]), None)

    @property
    def otherwise(self) -> list[tuple[Any, str]]:
        """The passages that tell of another stage, and which."""
        others = [one for status in Status if status not in (self.status, Status.UNKNOWN) for one in self._tell(status)]
        return [(one, str(Status(one.reported["status"]).label)) for one in others]

    def __str__(self) -> str:
        if self.status == Status.UNKNOWN:
            return _("how far it went is not told")
        if self.is_reading:
            return _("%(status)s (our reading)") % {"status": self.status.label}
        others = "; ".join(
            _("%(place)s says: %(status)s") % {"status": status, "place": one.locator} for one, status in self.otherwise
        )
        return f"{self.status.label} ({others})" if others else str(self.status.label)

    def _tell(self, status: Status) -> list[Any]:
        return [one for one in self.supports if one.reported.get("status", self.status) == status]
