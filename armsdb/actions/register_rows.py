"""The rows of a register: as a file tells them, as the facts that they make, and as the dataset has them already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.db.models import Model

from armsdb.lib.vocab import State
from armsdb.models import Fact
from armsdb.models.bulk import twin
from armsdb.models.parts import PARTS

from .fingerprints import fingerprint


@dataclass(frozen=True, slots=True)
class Row:
    """What a register tells in one row, as the columns, groups of columns and parts of its kind of fact hold it."""

    key: str
    locator: str
    values: Mapping[str, Any]
    parts: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A row with the fact and the parts that it makes, not saved."""

    row: Row
    fact: Any
    parts: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Known:
    """A row that the dataset has already."""

    pk: int
    public_id: str
    key: str
    fingerprint: str
    state: str


def made(row: Row, bare: Fact) -> Made:
    """The fact and the parts that a row makes, with its fingerprint; `bare` has what all facts of a run have."""
    fact = twin(bare)
    for name, value in row.values.items():
        setattr(fact, name, value)
    parts: dict[str, list[Any]] = {}
    for name, rows in row.parts.items():
        model, _owner = PARTS[type(bare)][name]
        parts[name] = [twin(_bare(model)) for _ in rows]
        for part, values in zip(parts[name], rows, strict=True):
            for column, value in values.items():
                setattr(part, column, value)
    fact.fingerprint = fingerprint(fact, parts)
    return Made(row, fact, parts)


@cache
def _bare(model: type[Model]) -> Model:
    return model()


def numbered(key: str, number: int) -> str:
    """A key with its number: rows that share one are told apart by it."""
    return key if number == 1 else f"{key}-{number}"


def matched(rows: Sequence[Made], known: Sequence[Known]) -> Iterator[tuple[Made, Known | None]]:
    """Each row of a key with the one that is there: one that says the same first, then the others in their order.

    The order of rows in a file changes between editions, and equal rows are different deals.
    """
    left = sorted(known, key=lambda row: row.state != State.PUBLISHED)
    waiting = []
    for one in rows:
        same = next((row for row in left if row.fingerprint == one.fact.fingerprint), None)
        if same is None:
            waiting.append(one)
        else:
            left.remove(same)
            yield one, same
    number = len(known)
    for one in waiting:
        if left:
            yield one, left.pop(0)
            continue
        number += 1
        yield replace(one, row=replace(one.row, key=numbered(one.row.key, number))), None
