"""What readers see otherwise than before: by following it a copy stays right."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from armsdb.filters import Problem
from armsdb.lib.vocab import State
from armsdb.models import CITABLE, Citation, Fact, FormerId, Record, RecordMove
from armsdb.models.data_versions import OF_ALL
from armsdb.models.memory import now, view

from .base import ApiView, refuse, unknown_parameters
from .deprecations import Deprecation
from .downloads import withheld_in
from .errors import BadQuestion, Gone
from .pages import site
from .parameters import parameter
from .references import KINDS, TYPES, ReferenceShape, collection_path, record_path
from .shapes import Shape

#: Changes of one answer; all of one data version stand in one.
MOST = 1_000
MANY = "many"
#: Numbers alone, as cursors were; with them nobody notices that a backup was put back.
PLAIN_CURSORS = Deprecation(since=datetime(2026, 12, 1, tzinfo=UTC), until=datetime(2027, 12, 1, tzinfo=UTC))
_CURSOR = re.compile(r"([0-9]{1,18})(?:-([0-9a-f]{1,16}))?", re.ASCII)
#: What has become of a record, as the API calls it.
STATES = [
    (State.PUBLISHED, _("it is at its address: fetch it and keep it in place of what you have")),
    (State.WITHDRAWN, _("it was taken back, with the reason: drop it")),
    (State.MERGED, _("it is part of another now: drop it")),
    (MANY, _("many of its kind changed at once: walk their list, and drop what is not in it")),
]
_BY_TYPE = {kind.TYPE: kind for kind in KINDS}


@dataclass(frozen=True)
class Cursor:
    """A data version with a mark of the moment when it came, by which a restored backup is noticed.

    Cursors from before there were marks have none, as has a version whose moment is not known.
    """

    number: int
    mark: str = ""

    @classmethod
    def of(cls, number: int, moment: datetime | None) -> Self:
        return cls(number, _mark(moment))

    @classmethod
    def read(cls, text: str) -> Self:
        if not (found := _CURSOR.fullmatch(text)):
            raise BadQuestion([Problem("since", _now("This is the cursor of no answer that was given here."))])
        return cls(int(found[1]), found[2] or "")

    def __str__(self) -> str:
        return f"{self.number}-{self.mark}" if self.mark else str(self.number)

    @property
    def is_plain(self) -> bool:
        """Whether it is a number alone, which tells nothing of a restored backup; before the first version all are."""
        return not self.mark and self.number > 0

    def is_of_another(self, moment: datetime | None) -> bool:
        """Whether this version came at another moment than the one of the same number."""
        return bool(self.mark and moment) and self.mark != _mark(moment)


def _mark(moment: datetime | None) -> str:
    """A moment in hexadecimal milliseconds; the database gives UTC with its zone or without."""
    return f"{int(moment.replace(tzinfo=UTC).timestamp() * 1000):x}" if moment else ""


class ChangeShape(Shape):
    """What has become of one record."""

    version = serializers.CharField(help_text=_("The data version with which it changed last."))
    type = serializers.ChoiceField(choices=TYPES, help_text=_("What kind of record it is."))
    id = serializers.CharField(allow_null=True, help_text=_("Its public id; null where many of the kind changed."))
    state = serializers.ChoiceField(choices=STATES, help_text=_("What it is now."))
    url = serializers.URLField(help_text=_("Its address in this API, or that of the list of its kind."))
    former = serializers.ListField(
        child=serializers.CharField(), help_text=_("Ids that it had before: drop what you have under them.")
    )
    into = ReferenceShape(allow_null=True, help_text=_("The record that it was merged into."))
    reason = serializers.CharField(allow_null=True, help_text=_("Why it was withdrawn."))


class ChangesMetaShape(Shape):
    """As of when the answer is."""

    data_version = serializers.CharField(help_text=_("The data version now."))
    left_out = serializers.DictField(
        child=serializers.IntegerField(),
        help_text=_("How many changed records are not told, and why: `licence`, those that may not be passed on."),
    )


class ChangesShape(Shape):
    """Changes in the order in which they were made."""

    cursor = serializers.CharField(help_text=_("What to ask `since` the next time."))
    next = serializers.URLField(allow_null=True, help_text=_("The address of those that follow; null where none do."))
    meta = ChangesMetaShape(help_text=_("What the answer is."))
    results = ChangeShape(many=True, help_text=_("Each record that changed, once, at its last change."))


class ChangesView(ApiView):
    """What was published, changed, renamed, withdrawn or merged, in order, each at least once.

    Without `since` nothing is told but the cursor of now: take it before you walk the lists, and follow it afterwards.
    A change of a record is also told of those that name it. What follows from other records is told with those alone:
    counts, lists of what refers to a record, and the names of passages, made of their fact and their document.
    """

    shape = ChangesShape
    goes = True  # a cursor may be of a past that is not known any more
    parameters = (
        parameter(
            "since",
            _("The `cursor` of the answer before: only what changed since is told. A number alone is deprecated."),
            {"type": "string", "pattern": "^[0-9]{1,18}(-[0-9a-f]{1,16})?$"},
            "0",
        ),
    )

    def get(self, request: Request) -> Response:
        refuse(unknown_parameters(request, ("since", "format")), ("since", "format"))
        version, changed = now().versions.get(OF_ALL, (0, None))
        since = Cursor.read(request.query_params["since"]) if "since" in request.query_params else None
        if since is not None:
            _refuse_other_past(since, version, changed)
            self.deprecated = PLAIN_CURSORS if since.is_plain else None
        start = since or Cursor.of(version, changed)
        moves = RecordMove.objects.since(start.number, MOST)
        cursor = Cursor.of(moves[-1].number, moves[-1].moment) if moves else start
        told, withheld = _told(moves, site(request))
        following = f"{site(request)}{request.path}?since={cursor}" if cursor.number < version else None
        return Response(
            {
                "cursor": str(cursor),
                "next": following,
                "meta": {"data_version": str(version), "left_out": {"licence": withheld}},
                "results": told,
            }
        )


def _refuse_other_past(since: Cursor, version: int, changed: Any) -> None:
    """Refuse a cursor with 410 where what followed it is not known, or where it was given by another past than ours."""
    if since.number > version and not since.mark:
        raise BadQuestion([Problem("since", _now("This is the cursor of no answer that was given here."))])
    known = {version: changed} if since.number == version else RecordMove.objects.moments(since.number)
    if since.number <= version and not known:
        raise Gone(_now("So far back changes are not known any more: make the copy anew, from the lists or the files."))
    if since.number > version or since.is_of_another(known.get(since.number)):
        raise Gone(
            _now("The site was put back to an earlier state since: make the copy anew, from the lists or the files.")
        )


def _told(moves: Sequence[RecordMove], here: str) -> tuple[list[dict[str, Any]], int]:
    """What has become of the records that moved, each told once, and how many may not be passed on.

    One query a kind, and one for former ids.
    """
    last = {(move.type, move.record_id): move for move in moves}
    types = {kind for kind, _key in last}
    records = {kind: _records(kind, [key for each, key in last if each == kind and key]) for kind in types}
    former: dict[tuple[str, str], list[str]] = {}
    current = {record.public_id for found in records.values() for record in found.values()}
    for row in FormerId.objects.filter(type__in=types, current__in=current):
        former.setdefault((row.type, row.current), []).append(row.former)
    told, withheld = [], withheld_in(view())
    left_out = 0
    for move in sorted(last.values(), key=lambda move: (move.number, move.pk)):
        record = records[move.type].get(move.record_id or 0)
        if move.record_id is None:
            told.append(_change(move, MANY, here + collection_path(_BY_TYPE[move.type].COLLECTION)))
        elif record is not None and _is_of(record, withheld):
            left_out += 1
        elif record is not None and record.state != State.DRAFT:
            told.append(_of_record(move, here, record, former.get((move.type, record.public_id), [])))
    return told, left_out


def _is_of(record: Any, datasets: Collection[int]) -> bool:
    """Whether it is a published fact of these datasets, or a passage on one."""
    fact = record.fact if isinstance(record, Citation) else record
    return record.state == State.PUBLISHED and isinstance(fact, Fact) and fact.dataset_id in datasets


def _records(kind: str, keys: list[int]) -> dict[int, Any]:
    """The records of a kind with these keys, in whatever state, with what tells of it."""
    model = _BY_TYPE[kind]
    joined = ("merged_into", *(CITABLE if model is Citation else ()))
    return dict(model._default_manager.select_related(*joined).in_bulk(keys)) if keys else {}


def _of_record(move: RecordMove, here: str, record: Any, former: list[str]) -> dict[str, Any]:
    state, owner = record.state, record
    if isinstance(record, Citation) and state == State.PUBLISHED and not record.fact.is_published:
        state, owner = State.WITHDRAWN, record.fact  # a passage is gone with its fact, and for the same reason
    into: Record | None = record.merged_into if state == State.MERGED else None
    shape = ReferenceShape.ready({"site": here})
    return _change(move, state, here + record_path(record)) | {
        "id": record.public_id,
        "former": sorted(former),
        "into": shape.to_representation(into) if into else None,
        "reason": (owner.state_reason or None) if state == State.WITHDRAWN else None,
    }


def _change(move: RecordMove, state: str, url: str) -> dict[str, Any]:
    change = {"version": str(move.number), "type": move.type, "id": None, "state": str(state), "url": url}
    return change | {"former": [], "into": None, "reason": None}
