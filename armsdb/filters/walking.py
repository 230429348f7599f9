"""Walking a list from row to row: what comes after a row in the order of the list, whatever changes meanwhile.

A cursor holds the order, the public id of the row that was last, and what it was ordered by when it was read.
"""

import base64
import binascii
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from armsdb.lib.text import storable
from armsdb.lib.vocab import State
from armsdb.models.addresses import kept

from .answers import Answer
from .base import StrictFilterSet


class CursorError(ValueError):
    """A cursor that cannot be walked on from, with a sentence that says why."""


class Walk:
    """The rows of an understood question that come after a cursor; an empty cursor begins."""

    def __init__(self, question: StrictFilterSet, cursor: str) -> None:
        self.question = question
        if question.ordering == "relevance":
            raise CursorError(_("There is no walking in the order of relevance; name another with ordering."))
        name = question.ordering.removeprefix("-")
        self._columns = [*question.ORDERINGS[name], "id"]
        self._last = self._read(cursor) if cursor else None

    def page(self, answer: Answer, size: int) -> tuple[list[int], str]:
        """The keys of the next rows, so many at most, and the cursor behind them; it is empty where the list ends."""
        found = answer[: size + 1] if self._last is None else answer.after(self._last, size + 1)
        kept_rows = found[:size]
        return kept_rows, self._written(answer, kept_rows[-1]) if len(found) > size else ""

    def _written(self, answer: Answer, key: int) -> str:
        """The cursor behind the row with this key."""
        public_id = self._model._default_manager.values_list("public_id", flat=True).get(pk=key)
        told = [self.question.ordering, public_id, *map(_as_json, answer.ordered_by(key))]
        return base64.urlsafe_b64encode(json.dumps(told).encode("ascii")).decode("ascii").rstrip("=")

    def _read(self, cursor: str) -> list[Any]:
        """What the row that was last was ordered by, its key in the database included; raise CursorError."""
        try:
            told = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
            ordering, public_id, *values = told
            fields = [self._model._meta.get_field(column) for column in self._columns[:-1]]
            read = [_as_stored(field, value) for field, value in zip(fields, values, strict=True)]
            last = self._found(public_id) if isinstance(public_id, str) and storable(public_id) else None
        except (ValueError, TypeError, OverflowError, binascii.Error, ValidationError, RecursionError) as error:
            raise CursorError(_("It is no cursor: begin with an empty one, and follow next.")) from error
        if ordering != self.question.ordering:
            raise CursorError(_("The cursor belongs to another order; keep the question as it was, and follow next."))
        if last is None:
            raise CursorError(_("The cursor is of a row that is not there; begin with an empty one."))
        return [*read, last]

    def _found(self, public_id: str) -> int | None:
        """The key of the row with this id, or that had it once; None where there is none: nobody is told of a draft."""
        rows = self._model._default_manager.filter(public_id=public_id).order_by().values_list("pk", "state")
        for key, state in rows:
            return key if state != State.DRAFT else None
        renamed = kept(self._model, public_id)
        return renamed.pk if renamed is not None and renamed.state != State.DRAFT else None

    @property
    def _model(self) -> Any:
        model: type[Model] = self.question.queryset.model
        return model


def _as_stored(field: Any, value: Any) -> Any:
    """A value of a cursor as the database can be asked for it; ValueError where no row can have it."""
    read = field.to_python(value)
    if (read is None and not field.null) or (isinstance(read, str) and not storable(read)):
        raise ValueError(f"no row has this {field.name}")
    return read.astimezone(UTC) if isinstance(read, datetime) else read


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
