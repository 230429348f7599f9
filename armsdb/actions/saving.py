"""How a row is saved, whoever changes it: checked, with its history, and with what follows from it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from armsdb import search
from armsdb.lib import read_only
from armsdb.lib.dates import DateError
from armsdb.lib.numbers import NumberError
from armsdb.lib.text import storable
from armsdb.models import DataVersion, Record, RecordMove, as_made, run_of
from armsdb.models.data_versions import OF_ALL
from armsdb.models.values import ValueGroup

#: What verbs of their own set: publish, withdraw, merge, rename, regrade.
NOT_ASSIGNED = {
    "public_id",
    "state",
    "state_reason",
    "merged_into",
    "created",
    "updated",
    "evidence",
    "evidence_reason",
}


def assign(row: models.Model, values: Mapping[str, Any]) -> None:
    """Set columns and groups of columns, telling what cannot be read beside the field that it is for."""
    for name, value in values.items():
        try:
            setattr(row, name, _read(row, name, value))
        except (DateError, NumberError) as error:
            raise ValidationError({name: [str(error)]}) from error
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error


def _read(row: models.Model, name: str, value: Any) -> Any:
    """A value as the field keeps it, so that what is the same compares as the same; none becomes its default."""
    if isinstance(getattr(type(row), name, None), ValueGroup):
        return value
    try:
        field: Any = row._meta.get_field(name)
    except FieldDoesNotExist:
        field = None
    if field is None or not field.concrete or name in NOT_ASSIGNED:
        told = {"kind": row._meta.verbose_name, "field": name}
        raise ValidationError(_("A %(kind)s has no field “%(field)s” to be written.") % told)
    if value is None and not field.null:
        return field.get_default()
    return value if field.is_relation else field.to_python(value)


def row_values(row: models.Model) -> dict[str, Any]:
    """The columns of a row as they would be stored, but for its times."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in {"id", "created", "updated"}
    }


def save_row(row: models.Model, *, user: Any, reason: str) -> None:
    """Check a row against its fields and constraints, and save it with who and why in its history."""
    row.full_clean(validate_constraints=False)
    _refuse_unstorable(row)
    try:
        with transaction.atomic():
            store_row(row, user=user, reason=reason)
    except IntegrityError:
        row.validate_unique()  # somebody else was first
        row.validate_constraints()  # says in plain words which one; asking before every save costs a query each
        raise


def _refuse_unstorable(row: models.Model) -> None:
    """Refuse characters that PostgreSQL or UTF-8 cannot keep, beside the field that they are in."""
    for name, value in row_values(row).items():
        if not all(map(storable, _texts(value))):
            raise refusal(_("The text holds a character that cannot be stored."), name)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, also inside lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in (*value, *(value.values() if isinstance(value, dict) else ())):
            yield from _texts(item)


def store_row(row: models.Model, *, user: Any, reason: str) -> None:
    """Save a row whose changed columns an action itself has set, with who and why in its history."""
    if isinstance(row, Record):
        row.updated = timezone.now()
    _keep_as_made(row)
    _sign(row, user, reason)
    row.save()


def delete_row(row: models.Model, *, user: Any, reason: str) -> None:
    """Delete a row that is part of a record, leaving it in the history."""
    _keep_as_made(row)
    _sign(row, user, reason)
    row.delete()


def _keep_as_made(row: Any) -> None:
    """Let the history of a row that an import made begin with what the import wrote, before it changes."""
    run = run_of(row) if row.pk else None
    if run is not None and not type(row).history.filter(id=row.pk).exists():
        as_made(type(row)._base_manager.get(pk=row.pk), run).save()


def _sign(row: Any, user: Any, reason: str) -> None:
    """Say who changes a row, why and when; what is gathered into one run happens at one moment."""
    row._history_user, row._change_reason = user, reason
    row._history_date = _moment.get() or timezone.now()


_moment: ContextVar[datetime | None] = ContextVar("when what is gathered now happens", default=None)
_waiting: ContextVar[dict[tuple[str, int], Record] | None] = ContextVar(
    "records waiting to be made known", default=None
)
_moved: ContextVar[set[str] | None] = ContextVar("kinds whose data version waits to be moved", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Make many writes in one transaction one change, and bring index and data version up to date once, at its end."""
    if read_only.is_on():
        raise refusal(read_only.SENTENCE)
    token, moment, moved = _waiting.set({}), _moment.set(timezone.now()), _moved.set(set())
    try:
        with transaction.atomic():
            yield
            records = list((_waiting.get() or {}).values())
            _waiting.set(None)
            make_known(records)
    finally:
        _waiting.reset(token)
        _moment.reset(moment)
        _moved.reset(moved)


@contextmanager
def rehearsed() -> Iterator[None]:
    """Do it and take it back: nothing of it stays, and nothing of it is made known, whatever it is gathered into."""
    token, moved = _waiting.set({}), _moved.set(set())
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _waiting.reset(token)
        _moved.reset(moved)


def make_known(records: Iterable[Record]) -> None:
    """Bring the index and the public data version up to what these records now are."""
    records = list(records)
    waiting = _waiting.get()
    if waiting is not None:
        waiting |= {(record.TYPE, record.pk): record for record in records}
        return
    search.index(records)
    many = _moved.get() or set()
    for kind in sorted({record.TYPE for record in records} | many):
        number, moment = _move_data_version(kind)
        keys = None if kind in many else [one.pk for one in records if kind == one.TYPE]
        _tell_moves(number, moment, kind, keys)


def move_with(*kinds: type[Record]) -> None:
    """Let the data version of these kinds follow at the end of what is gathered: readers see new rows of them."""
    moved = _moved.get()
    assert moved is not None, "rows in bulk are written within `gathered`"
    moved |= {kind.TYPE for kind in kinds}


def _tell_moves(number: int, moment: datetime, kind: str, keys: Sequence[int] | None) -> None:
    """Tell which records moved with a data version: to who keeps them in memory, and to who keeps a copy elsewhere."""
    told: Sequence[int | None] = [None] if keys is None or len(keys) > RecordMove.MOST else keys
    RecordMove.objects.filter(number__lt=number - RecordMove.KEPT).delete()
    RecordMove.objects.bulk_create(RecordMove(number=number, moment=moment, type=kind, record_id=key) for key in told)


def _move_data_version(kind: str) -> tuple[int, datetime]:
    DataVersion.objects.get_or_create(type=OF_ALL, defaults={"number": 0, "changed": timezone.now()})
    DataVersion.objects.filter(type=OF_ALL).update(number=F("number") + 1)
    now = timezone.now()  # when it is our turn: of two versions the later one never has the earlier moment
    DataVersion.objects.filter(type=OF_ALL).update(changed=now)
    number = DataVersion.objects.get(type=OF_ALL).number
    DataVersion.objects.update_or_create(type=kind, defaults={"number": number, "changed": now})
    return number, now


class RowRefused(ValidationError):
    """A refusal of one row of a record: its part, and its place among those given (a citation: its number)."""

    def __init__(self, error: ValidationError, part: str, row: int) -> None:
        super().__init__(error.message_dict if hasattr(error, "error_dict") else error)
        self.part = part
        self.row = row


@contextmanager
def in_row(part: str, row: int) -> Iterator[None]:
    """Say which row of which part is refused."""
    try:
        yield
    except ValidationError as error:
        raise RowRefused(error, part, row) from error


def refusal(message: Any, field: str | None = None) -> ValidationError:
    """A refusal in the form that desk and importers show: the sentence beside the field that it is about."""
    return ValidationError({field or NON_FIELD_ERRORS: [message]})
