"""A relation in brief: what went each way and how sure it is, sums, companies, denials, what is not known.

Every sentence is made by rule from the rows of the page, so it says no more than they do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.lib.vocab import Grade, Stance, Status
from armsdb.models import Citation, Fact, Source, Transfer

#: How many things of one grade, and companies, are named before the rest is counted.
NAMED, COMPANIES = 24, 6

#: How far lines went, in the order in which that is told.
STAGES: tuple[tuple[Any, set[str]], ...] = (
    (gettext_lazy("Delivered"), {Status.DELIVERED}),
    (gettext_lazy("In delivery"), {Status.IN_DELIVERY}),
    (gettext_lazy("Ordered"), {Status.ORDERED}),
    (gettext_lazy("Halted or cancelled"), {Status.HALTED, Status.CANCELLED}),
    (gettext_lazy("Talks only"), {Status.NEGOTIATED}),
    (gettext_lazy("How far it went is not told"), {Status.UNKNOWN}),
)


@dataclass(frozen=True)
class Thing:
    """What went, and the lines that tell of it by this name."""

    name: str
    lines: list[Transfer]

    @property
    def is_many(self) -> bool:
        return len(self.lines) > 1


@dataclass(frozen=True)
class Group:
    """Lines that went equally far and are equally sure: the newest things, how many lines are of others, and where."""

    grade: str
    things: list[Thing]
    more: int
    url: str

    @property
    def count(self) -> int:
        return self.more + sum(len(thing.lines) for thing in self.things)


@dataclass(frozen=True)
class Denial:
    """Who denies or questions which fact, and where; and who says it, where anybody does."""

    fact: Fact
    citation: Citation
    claim: Citation | None


def brief_of(page: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of the block, from what the page of a relation shows."""
    ways = [_way(direction) for direction in page["directions"]]
    lines = [line for direction in page["directions"] for line in (*direction["dated"], *direction["undated"])]
    facts = [*lines, *page["numbers"], *page["words"], *page["visits"], *page["statements"]]
    return {
        "ways": ways,
        "sums": [figure for figure in page["numbers"] if figure.value and figure.period],
        "companies": [part["company"] for part in page["companies"][:COMPANIES]],
        "more_companies": len(page["companies"][COMPANIES:]),
        "denials": list(_denials(facts)),
    }


def _way(direction: Mapping[str, Any]) -> dict[str, Any]:
    """What went one way, by how far it went and how sure that is."""
    told = direction["told"]
    lines = [*direction["dated"], *direction["undated"]]
    stages = [
        {"label": label, "reading": reading, "count": sum(group.count for group in groups), "groups": groups}
        for label, statuses in STAGES
        for reading in (False, True)
        if (groups := _groups([line for line in lines if _is_at(line, statuses, reading)], direction["url"]))
    ]
    return {
        "title": _("To %(country)s") % {"country": told.recipient.in_sentence},
        "direction": direction,
        "stages": stages,
        "sources": _resting(lines),
    }


def _is_at(line: Transfer, statuses: set[str], reading: bool) -> bool:
    return line.status in statuses and line.stage.is_reading == reading


def _groups(lines: Iterable[Transfer], url: str) -> list[Group]:
    by_grade: dict[str, list[Transfer]] = {}
    for line in lines:
        by_grade.setdefault(line.evidence, []).append(line)
    return [_group(grade, by_grade[grade], url) for grade in Grade.values if grade in by_grade]


def _later(line: Transfer) -> tuple[bool, ...]:
    """What puts a line further back: no date and, of those without one, being no arms, then having no designation."""
    return (False,) if line.dates else (True, not line.counts_as_arms, not line.equipment.type_given)


def _group(grade: str, lines: list[Transfer], url: str) -> Group:
    """The things of a grade, those with the newest lines first, then those without a date.

    A single one more is named rather than counted. The list at the address has all of this stage and grade.
    """
    by_name: dict[str, list[Transfer]] = {}
    for line in sorted(lines, key=_later):
        by_name.setdefault(line.equipment.plain_name, []).append(line)
    things = [Thing(name, told) for name, told in by_name.items()]
    named = len(things) if len(things) <= NAMED + 1 else NAMED
    statuses = "".join(f"&status={status}" for status in sorted({line.status for line in lines}))
    more = sum(len(thing.lines) for thing in things[named:])
    return Group(grade, things[:named], more, f"{url}&evidence={grade}{statuses}")


def _denials(facts: Iterable[Any]) -> Iterable[Denial]:
    """The first passage against each disputed fact, with the first one for it."""
    for fact in facts:
        if fact.evidence == Grade.DISPUTED:
            support = [citation for citation in fact.citations.all() if citation.stance == Stance.SUPPORTS]
            against = [citation for citation in fact.citations.all() if citation.stance != Stance.SUPPORTS]
            yield from (Denial(fact, citation, support[0] if support else None) for citation in against[:1])


def _resting(lines: Iterable[Transfer]) -> list[Source]:
    """The documents that some lines rest on, each once."""
    return list({one.source_id: one.source for line in lines for one in line.citations.all()}.values())
