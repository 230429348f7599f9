"""Many rows of a register that a new edition tells otherwise: changed in bulk, with the history of every one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from armsdb import search
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import State
from armsdb.models import Citation, ImportRun, Source, as_made, run_of, version_of
from armsdb.models.bulk import delete, insert, take_ids, update
from armsdb.models.parts import PARTS

from .fingerprints import part_names, parts_of, told, told_of_part
from .leaning import refuse_while_leaned_on
from .register_rows import Known, Made
from .saving import move_with


class Changes:
    """The changes of one run; each row goes to what the edition says of it, or stays as somebody made it."""

    def __init__(self, *, run: ImportRun, source: Source, user: Any) -> None:
        self.run = run
        self.source = source
        self.user = user
        self._when = timezone.now()

    def make(self, pairs: Sequence[tuple[Known, Made]]) -> int:
        """Change those of these rows that differ; return how many.

        What somebody took back stays so; what an import withdrew is shown again.
        """
        if not pairs:
            return 0
        kind: Any = type(pairs[0][1].fact)
        rows = kind._default_manager.select_related("import_run").prefetch_related(*part_names(kind), "citations")
        stored = rows.in_bulk([known.pk for known, _one in pairs])
        taken_back = self._taken_back(kind, [known.pk for known, _one in pairs if known.state == State.WITHDRAWN])
        changing = []
        for known, one in pairs:
            fact = stored[known.pk]
            shown_again = known.state == State.WITHDRAWN and fact.pk not in taken_back
            same = known.fingerprint == one.fact.fingerprint or told(fact, parts_of(fact)) == told(one.fact, one.parts)
            if fact.pk not in taken_back and (shown_again or not same):
                changing.append((fact, one))
        self._change([fact for fact, _one in changing], dict(changing))
        return len(changing)

    @staticmethod
    def _taken_back(kind: Any, withdrawn: list[int]) -> set[int]:
        """Those of the withdrawn rows that an account withdrew: that was somebody's decision."""
        by = dict(kind.history.filter(id__in=withdrawn).order_by("history_id").values_list("id", "history_user"))
        return {pk for pk, account in by.items() if account is not None}

    def _change(self, facts: Sequence[Any], wanted: dict[Any, Made]) -> None:
        if not facts:
            return
        self._begin_histories(facts)
        for name, (model, owner) in PARTS.get(type(facts[0]), {}).items():
            self._change_parts(name, model, owner, wanted)
        moved = {citation: wanted[fact].row for fact in facts for citation in self._moved(fact, wanted[fact])}
        self._begin_histories(list(moved))
        for citation, row in moved.items():
            citation.locator, citation.updated = row.locator, self._when
        for fact, one in wanted.items():
            for column, value in one.row.values.items():
                setattr(fact, column, value)
            fact.fingerprint, fact.state, fact.state_reason = one.fact.fingerprint, State.PUBLISHED, ""
            fact.derive()
            fact.updated = self._when
        for rows in (facts, list(moved)):
            update(rows)
            self._tell(rows, "~")
        search.index(facts)
        move_with(type(facts[0]), Citation)

    def withdraw(self, facts: Sequence[Any], reason: str) -> None:
        """Withdraw published facts, of which readers are told the reason."""
        for fact in facts:
            refuse_while_leaned_on(fact)
        self._set(facts, state=State.WITHDRAWN, state_reason=reason)

    def end(self, facts: Sequence[Any], when: VagueDate) -> None:
        """Say when facts had ended; an edition that tells of one again differs from it."""
        self._set(facts, ended=when, fingerprint="")

    def _set(self, facts: Sequence[Any], **values: Any) -> None:
        self._begin_histories(facts)
        for fact in facts:
            for column, value in values.items():
                setattr(fact, column, value)
            fact.updated = self._when
        update(facts)
        self._tell(facts, "~")
        search.index(facts)
        move_with(type(facts[0]), Citation)

    def _moved(self, fact: Any, one: Made) -> Iterable[Citation]:
        """The passage of a fact in its register, where the new edition has it at another place."""
        for citation in fact.citations.all():
            own = citation.public_id == f"{fact.public_id}-c1" and citation.source_id == self.source.pk
            if own and citation.locator != one.row.locator:
                yield citation

    def _change_parts(self, name: str, model: Any, owner: str, wanted: dict[Any, Made]) -> None:
        """Take away the rows of a part that the edition does not tell, and add those that are new in it."""
        gone: list[Any] = []
        new: list[Any] = []
        for fact, one in wanted.items():
            there = [(told_of_part(row, owner), row) for row in parts_of(fact)[name]]
            for row in one.parts.get(name, ()):
                says = told_of_part(row, owner)
                same = next((pair for pair in there if pair[0] == says), None)
                if same is not None:
                    there.remove(same)
                else:
                    setattr(row, f"{owner}_id", fact.pk)
                    new.append(row)
            if name in one.parts:
                gone += [row for _says, row in there]
        self._begin_histories(gone)
        delete(gone)
        self._tell(gone, "-")
        if new:
            for row, pk in zip(new, take_ids(model, len(new)), strict=True):
                row.pk = pk
            insert(new)
            self._tell(new, "+")

    def _begin_histories(self, rows: Sequence[Any]) -> None:
        """Let the history of rows that an import made begin with what it wrote; they are as they are stored."""
        if rows:
            table: Any = type(rows[0])
            have = set(table.history.filter(id__in=[row.pk for row in rows]).values_list("id", flat=True))
            made_by = [(row, run_of(row)) for row in rows if row.pk not in have]
            insert([as_made(row, run) for row, run in made_by if run is not None])

    def _tell(self, rows: Sequence[Any], what: str) -> None:
        told_by = {"when": self._when, "reason": self.run.reason, "user": self.user}
        insert([version_of(row, what, **told_by) for row in rows])
