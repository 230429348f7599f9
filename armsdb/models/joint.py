"""Sanctions of several imposers that are told as one: their records differ in who imposed them alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.lib.dates import VagueDate

from .sanctions import Sanction


@dataclass
class Joint:
    """Two records or more, by the names of their imposers; lists and drawings take it in the place of a fact."""

    records: list[Sanction]

    @property
    def name(self) -> str:
        """What was imposed, and by whom."""
        *others, last = [_imposers(record) for record in self.records]
        names = {"kind": capfirst(self.get_kind_display()), "others": ", ".join(others), "last": last}
        return _("%(kind)s by %(others)s and %(last)s") % names

    @property
    def each(self) -> list[tuple[str, Sanction]]:
        """Each record, and what its imposers are called."""
        return [(_imposers(record), record) for record in self.records]

    @property
    def targets(self) -> list[str]:
        """At whom it is aimed, as all of the records say: those who are named, then the words for the rest."""
        named = [row.entity.in_sentence for row in self.records[0].target_rows.all()]
        return [words for words in (*named, self.records[0].targets_as_stated) if words]

    @property
    def comment(self) -> str:
        """What all of the records say beyond this; where they differ, each says it at its own place."""
        comments = {record.comment for record in self.records}
        return comments.pop() if len(comments) == 1 else ""

    @property
    def updated(self) -> datetime:
        return max(record.updated for record in self.records)

    # What is the same in all of the records.

    @property
    def citations(self) -> Any:
        return self.records[0].citations

    @property
    def evidence(self) -> str:
        return self.records[0].evidence

    @property
    def imposed(self) -> VagueDate | None:
        return self.main_date

    @property
    def main_date(self) -> VagueDate | None:
        return self.records[0].main_date

    def get_kind_display(self) -> str:
        return str(self.records[0].get_kind_display())


def joined(sanctions: Iterable[Sanction]) -> list[Sanction | Joint]:
    """Sanctions in their order, those that differ in the imposer alone as one at the place of the first.

    They come with their parties and published citations fetched; this makes no query.
    """
    groups: dict[Any, list[Sanction]] = {}
    for sanction in sanctions:
        groups.setdefault(_but_for_imposers(sanction), []).append(sanction)
    return [Joint(sorted(group, key=_imposers)) if len(group) > 1 else group[0] for group in groups.values()]


def _but_for_imposers(sanction: Sanction) -> Any:
    """What two records share that are told as one; a record of unnamed imposers or targets shares it with no other."""
    targets = frozenset((row.entity.TYPE, row.entity.pk) for row in sanction.target_rows.all())
    if not sanction.imposer_rows.all() or not (targets or sanction.targets_as_stated):
        return sanction.pk
    passages = frozenset(
        (one.source_id, one.locator, one.stance, one.basis, one.voice, one.interested)
        for one in sanction.citations.all()
    )
    values = (sanction.kind, sanction.programme, sanction.targets_as_stated, sanction.evidence)
    dates = tuple((date.edtf, date.text) if date else None for date in (sanction.imposed, sanction.ended))
    return targets, passages, values, dates


def _imposers(sanction: Sanction) -> str:
    return ", ".join(row.entity.in_sentence for row in sanction.imposer_rows.all())
