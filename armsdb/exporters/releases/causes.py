"""Why a row of a release is not what it was in the one before.

The rule asks what was written to the record, its parts and its passages since then:

- `source`: an import of a later edition of its dataset wrote to it, or made it.
- `editors`: no import did, and somebody who works on ArmsDB, or the seed, did.
- `processing`: nobody wrote to it. What it names goes by another name, the terms of its dataset are others, or ArmsDB
  works out or writes something differently.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from armsdb.models import CITABLE, Citation, Fact, FormerId, ImportRun
from armsdb.models.saves import tables_of

SOURCE, EDITORS, PROCESSING = "source", "editors", "processing"
#: What is being written while another change moves the data version may bear an earlier time than it.
MEANWHILE = timedelta(minutes=1)


class Causes:
    """What was written since a moment."""

    def __init__(self, since: datetime) -> None:
        self._since = since - MEANWHILE
        runs = ImportRun.objects.filter(version__isnull=False, ended__gt=self._since)
        self._runs = {run.pk: run for run in runs}

    def of(self, kind: Any, ids: Sequence[str]) -> dict[str, str]:
        """Why the rows of a kind with these ids are not what they were."""
        keys = self._keys(kind, ids)
        by_import = set(self._made_by_import(kind, set(keys.values())))
        by_editors: set[int] = set()
        for key, when, reason in self._saves(kind, set(keys.values())):
            (by_import if self._is_import(when, reason) else by_editors).add(key)
        return {
            one: SOURCE if keys.get(one) in by_import else EDITORS if keys.get(one) in by_editors else PROCESSING
            for one in ids
        }

    @staticmethod
    def _keys(kind: Any, ids: Sequence[str]) -> dict[str, int]:
        """The keys of the records that have these ids, or had them."""
        former = dict(FormerId.objects.filter(type=kind.TYPE, former__in=ids).values_list("former", "current"))
        asked = {one: former.get(one, one) for one in ids}
        found = kind._base_manager.filter(public_id__in=set(asked.values())).values_list("public_id", "pk")
        keys = dict(found)
        return {one: keys[current] for one, current in asked.items() if current in keys}

    def _made_by_import(self, kind: Any, keys: Collection[int]) -> Iterator[int]:
        """Rows that an import made: these have no history until they change."""
        paths = [""] if issubclass(kind, Fact) else [f"{fact}__" for fact in CITABLE] if kind is Citation else []
        for path in paths:
            rows = kind._base_manager.filter(**{"pk__in": keys, f"{path}import_run__in": list(self._runs)})
            yield from rows.filter(created__gt=self._since).values_list("pk", flat=True)

    def _saves(self, kind: Any, keys: Collection[int]) -> Iterator[tuple[int, datetime, str]]:
        """What was written: of which record, when, and for which reason."""
        for table in tables_of(kind, keys):
            told = table.versions.filter(history_date__gt=self._since)
            for *owners, when, reason in told.values_list(*table.owners, "history_date", "history_change_reason"):
                yield from ((owner, when, reason or "") for owner in owners if owner in keys)

    def _is_import(self, when: datetime, reason: str) -> bool:
        """Whether a run wrote it: it bears the reason of one, and a time while that went on."""
        return any(
            reason == run.reason and run.started <= when <= run.ended for run in self._runs.values() if run.ended
        )
